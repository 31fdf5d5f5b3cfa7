import { buildResponseBytes, signMessage } from "../crypto";
import type { Spoil } from "../faults";
import { randomAlphanumeric } from "../random";
import type { Sandbox, Signer } from "../sandbox";
import { PayError, REQUEST_ID_CODE } from "./errors";
import { findPlatformSigner } from "./platform-certificates";

/** Deliberately wrong signatures begin so; clients must not know it (wechat.md §1.3). */
const SIGNTEST_PREFIX = "WECHATPAY/SIGNTEST/";

function getPlatformSigner(sandbox: Sandbox): Signer {
  const signer = findPlatformSigner(sandbox);
  if (!signer) throw new Error("The newest platform certificate is always valid.");
  return signer;
}

/** The key that this `Wechatpay-Serial` names, for this merchant. Throws 400 PARAM_ERROR. */
export function getNamedSigner(sandbox: Sandbox, serialHeader: string | undefined): Signer {
  const { publicKey } = sandbox.keyRing;
  const { keyMode } = sandbox.state.settings;
  if (serialHeader === publicKey.serial && keyMode !== "certificate") return publicKey;
  const signer =
    serialHeader && keyMode !== "public_key" && findPlatformSigner(sandbox, serialHeader);
  if (signer) return signer;
  throw new PayError(400, "PARAM_ERROR", "平台证书序列号Wechatpay-Serial错误", {
    requestIdCode: REQUEST_ID_CODE.paramError,
  });
}

/**
 * The key for an answer: the one the request's `Wechatpay-Serial` names; without the header the
 * platform certificate, or the public key for a merchant who has no certificate (wechat.md §1.4).
 */
export function selectResponseSigner(sandbox: Sandbox, serialHeader: string | undefined): Signer {
  if (serialHeader) return getNamedSigner(sandbox, serialHeader);
  const { keyMode } = sandbox.state.settings;
  return keyMode === "public_key" ? sandbox.keyRing.publicKey : getPlatformSigner(sandbox);
}

/** The key for a notify: the merchant cannot choose, and while switching both are in use. */
export function selectNotifySigner(sandbox: Sandbox): Signer {
  const { publicKey } = sandbox.keyRing;
  const { keyMode } = sandbox.state.settings;
  if (keyMode === "public_key") return publicKey;
  if (keyMode === "certificate") return getPlatformSigner(sandbox);
  sandbox.state.notifiesSigned += 1;
  return sandbox.state.notifiesSigned % 2 === 1 ? publicKey : getPlatformSigner(sandbox);
}

/** What the signing server's clock says, on the sandbox's time. */
function readSigningClock(sandbox: Sandbox, spoil: Spoil | null): number {
  const nowMs = sandbox.clock.now();
  if (spoil?.kind === "clock_skew") return nowMs + spoil.delayMs;
  return spoil?.kind === "stale_replay" ? nowMs - spoil.delayMs : nowMs;
}

/**
 * The `Wechatpay-*` headers over exactly `body`, on the sandbox's clock, spoiled as `spoil` says.
 * Faults that are not about signatures leave them right.
 */
export function createSignatureHeaders(
  sandbox: Sandbox,
  signer: Signer,
  body: string | Buffer,
  spoil: Spoil | null,
): Record<string, string> {
  if (spoil?.kind === "unsigned_response") return {};
  const timestamp = String(Math.floor(readSigningClock(sandbox, spoil) / 1000));
  const nonce = randomAlphanumeric(32);
  const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
  const message = buildResponseBytes(timestamp, nonce, bytes);
  const isForged = spoil?.kind === "forge";
  const privateKey = isForged ? sandbox.keyRing.getForgerKey() : signer.privateKey;
  const signature = signMessage(message, privateKey);
  return {
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Serial": signer.serial,
    "Wechatpay-Signature": spoilSignature(signature, spoil),
    "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    "Wechatpay-Timestamp": timestamp,
  };
}

function spoilSignature(signature: string, spoil: Spoil | null): string {
  if (spoil?.kind === "signtest") {
    return SIGNTEST_PREFIX + signature.slice(SIGNTEST_PREFIX.length);
  }
  if (spoil?.kind !== "bad_signature") return signature;
  const bytes = Buffer.from(signature, "base64");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString("base64");
}
