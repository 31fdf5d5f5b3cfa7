import { createDecipheriv } from "node:crypto";

/** The encrypted part of a notification or of a platform certificate. */
export interface EncryptedResource {
  /** base64 of cipher text followed by the 16-byte tag. */
  ciphertext: string;
  /** ASCII characters used as raw bytes; WeChat sends 12 of them. */
  nonce: string;
  /** May be empty, null or absent: all three mean no additional data. */
  associatedData?: string | null;
}

/** Tag length of AEAD_AES_256_GCM (RFC 5116 §5.2). */
const TAG_BYTES = 16;

/**
 * Decrypts AEAD_AES_256_GCM and checks its tag (wechat.md §1.5). The npm package's `decipher_gcm`
 * never looks at the tag, so a flipped bit would turn 100 fen into 900 (wechat.md §2 a): not used.
 *
 * @param apiV3Key 32 ASCII characters.
 * @throws Error when key, nonce, additional data, cipher text or tag do not belong together.
 */
export function decryptGcm(resource: EncryptedResource, apiV3Key: string): Buffer {
  const bytes = Buffer.from(resource.ciphertext, "base64");
  if (bytes.byteLength < TAG_BYTES) throw new Error("The cipher text is shorter than its tag");
  const decipher = createDecipheriv(
    "aes-256-gcm",
    Buffer.from(apiV3Key),
    Buffer.from(resource.nonce),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAuthTag(bytes.subarray(bytes.byteLength - TAG_BYTES));
  if (resource.associatedData) decipher.setAAD(Buffer.from(resource.associatedData));
  const plain = decipher.update(bytes.subarray(0, bytes.byteLength - TAG_BYTES));
  return Buffer.concat([plain, decipher.final()]);
}
