import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * `payload.expirySeconds.signature` in base64url. The purpose is signed too, so that a token made
 * for one cookie is worth nothing in another.
 */
export function signToken(
  secretHex: string,
  purpose: string,
  payload: string,
  expiresAt: Date,
): string {
  const body = `${Buffer.from(payload).toString("base64url")}.${Math.floor(expiresAt.getTime() / 1000)}`;
  return `${body}.${signature(secretHex, purpose, body)}`;
}

/** The payload, or null when the token is malformed, forged or expired. */
export function readToken(
  secretHex: string,
  purpose: string,
  token: string,
  now: Date,
): string | null {
  // A session is well under this; longer input is not ours.
  if (token.length > 2_048) return null;
  const end = token.lastIndexOf(".");
  if (end < 0) return null;
  const body = token.slice(0, end);
  const given = Buffer.from(token.slice(end + 1));
  const wanted = Buffer.from(signature(secretHex, purpose, body));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const [payload = "", expiry = ""] = body.split(".");
  // Asked this way round, an end that is no number is in the past.
  if (!(Number(expiry) * 1000 > now.getTime())) return null;
  return Buffer.from(payload, "base64url").toString("utf8");
}

function signature(secretHex: string, purpose: string, body: string): string {
  return createHmac("sha256", Buffer.from(secretHex, "hex"))
    .update(`${purpose}\n${body}`)
    .digest("base64url");
}
