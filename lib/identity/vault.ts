/**
 * Personal data at rest (R7, PIPL 51): AES-256-GCM per field, and a keyed blind index for the ID
 * number. Keys never reach the database, so a stolen dump is ciphertext; the ID space is small, so
 * the index key is the whole defence of the index and is a key of its own.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

export interface Vault {
  /** `field` names table, column and row; ciphertext moved to another field does not open. */
  seal(plain: string, field: string): string;
  /** @throws Error when the envelope is malformed, was changed or belongs to another field. */
  open(sealed: string, field: string): string;
  /** Equal values, equal index; 64 hex digits. */
  blindIndex(value: string): string;
}

/** Envelope: version.nonce.ciphertext+tag. The version picks the key when keys are rotated. */
const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createVault(keys: { encryptionKeyHex: string; indexKeyHex: string }): Vault {
  const encryptionKey = Buffer.from(keys.encryptionKeyHex, "hex");
  const indexKey = Buffer.from(keys.indexKeyHex, "hex");
  return {
    seal(plain, field) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", encryptionKey, nonce);
      cipher.setAAD(Buffer.from(`${VERSION}|${field}`));
      const sealed = Buffer.concat([
        cipher.update(plain, "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `${VERSION}.${nonce.toString("base64url")}.${sealed.toString("base64url")}`;
    },
    open(sealed, field) {
      const [version, nonceText = "", bodyText = ""] = sealed.split(".");
      if (version !== VERSION) throw new Error("sealed value has an unknown version");
      const body = Buffer.from(bodyText, "base64url");
      const decipher = createDecipheriv(
        "aes-256-gcm",
        encryptionKey,
        Buffer.from(nonceText, "base64url"),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAAD(Buffer.from(`${VERSION}|${field}`));
      decipher.setAuthTag(body.subarray(-TAG_BYTES));
      return Buffer.concat([
        decipher.update(body.subarray(0, -TAG_BYTES)),
        decipher.final(),
      ]).toString("utf8");
    },
    blindIndex(value) {
      return createHmac("sha256", indexKey).update(value.trim().toUpperCase()).digest("hex");
    },
  };
}
