/**
 * Fields that only WeChat may read, names and card numbers (wechat.md §1.4): RSA-OAEP with SHA-1 and
 * MGF1-SHA1, base64. One page of the documentation says SHA-256; WeChat's own SDKs use SHA-1.
 */
import { constants, type KeyObject, publicEncrypt } from "node:crypto";

/** A key of WeChat's and the serial that tells it which of its own to decrypt with. */
export interface EncryptionKey {
  /** `PUB_KEY_ID_…` or 40 hex digits; goes into the request as `Wechatpay-Serial`. */
  serial: string;
  key: KeyObject;
}

/** What OAEP with SHA-1 leaves of a 2048-bit block: 256 − 2 × 20 − 2. */
const PLAIN_BYTES_MAX = 214;

/**
 * Encrypts one field. Twice the same plain text is two different cipher texts.
 *
 * @throws RangeError when it is empty or longer than 214 bytes of UTF-8. The message holds no plain text.
 */
export function encryptSensitiveField(plain: string, { key }: EncryptionKey): string {
  const bytes = Buffer.from(plain, "utf8");
  if (bytes.byteLength < 1 || bytes.byteLength > PLAIN_BYTES_MAX) {
    throw new RangeError(`A sensitive field has 1 to ${PLAIN_BYTES_MAX} bytes`);
  }
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash: "sha1" }, bytes).toString("base64");
}
