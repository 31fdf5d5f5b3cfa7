/**
 * Decides whether a message is WeChat's: same rule for answers and notifications (wechat.md §1.3).
 * A signature binds time, nonce and body, not the request: callers also compare the numbers inside.
 */
import type { KeyObject } from "node:crypto";
import { answerMessage, verifyRsaSha256 } from "@/lib/wechat/pay/signature";

/** WeChat's own SDKs refuse what is more than five minutes away, in either direction. */
const CLOCK_SKEW_SECONDS_MAX = 300;

export interface SignedHead {
  timestamp: string;
  nonce: string;
  signature: string;
  serial: string;
}

/**
 * Finds the key that a `Wechatpay-Serial` names, or null. May ask WeChat for certificates. The body is
 * for the one message that brings its own keys, the certificate list.
 */
export type FindKey = (serial: string, body: Uint8Array) => Promise<KeyObject | null>;

export type Verdict =
  | { ok: true }
  | { ok: false; reason: "missing_headers" | "stale" | "unknown_serial" | "bad_signature" };

/**
 * Reads the four `Wechatpay-*` headers; null when one is absent or the time is not whole seconds.
 *
 * @param header looks a header up by its lower-case name.
 */
export function readSignedHead(
  header: (name: string) => string | string[] | null | undefined,
): SignedHead | null {
  const text = (name: string) => {
    const value = header(name);
    return typeof value === "string" && value !== "" ? value : null;
  };
  const timestamp = text("wechatpay-timestamp");
  const nonce = text("wechatpay-nonce");
  const signature = text("wechatpay-signature");
  const serial = text("wechatpay-serial");
  if (!timestamp || !nonce || !signature || !serial) return null;
  // Eleven digits of seconds last beyond the year 5000, and stay exact as a number.
  if (!/^\d{1,11}$/.test(timestamp)) return null;
  return { timestamp, nonce, signature, serial };
}

/** The cheap checks come first, so that a forger cannot make us ask for certificates or do RSA. */
export async function verifyMessage(message: {
  head: SignedHead | null;
  body: Uint8Array;
  now: Date;
  findKey: FindKey;
}): Promise<Verdict> {
  const { head, body, now, findKey } = message;
  if (!head) return { ok: false, reason: "missing_headers" };
  const skewSeconds = Math.abs(Math.floor(now.getTime() / 1000) - Number(head.timestamp));
  if (skewSeconds > CLOCK_SKEW_SECONDS_MAX) return { ok: false, reason: "stale" };
  const key = await findKey(head.serial, body);
  if (!key) return { ok: false, reason: "unknown_serial" };
  const holds = verifyRsaSha256(answerMessage({ ...head, body }), head.signature, key);
  return holds ? { ok: true } : { ok: false, reason: "bad_signature" };
}
