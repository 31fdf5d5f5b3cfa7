import {
  constants,
  createCipheriv,
  createDecipheriv,
  createSign,
  createVerify,
  type KeyLike,
  privateDecrypt,
  type RsaPrivateKey,
} from "node:crypto";
import { randomAlphanumeric } from "./random";

/**
 * WeChat Pay v3's cryptography as WeChat does it, written from the documents and not from the
 * app's client: two implementations that agree prove more than one that agrees with itself.
 */

const joinLines = (lines: readonly string[]) => `${lines.join("\n")}\n`;

/** Five lines, each with its newline, the last one too (wechat.md §1.2). */
export function buildRequestMessage(request: {
  method: string;
  /** Path and query exactly as on the wire. */
  url: string;
  timestamp: string;
  nonce: string;
  body: string;
}): string {
  return joinLines([request.method, request.url, request.timestamp, request.nonce, request.body]);
}

/** Three lines; a 204 signs the empty body (wechat.md §1.3). Notifies use the same. */
export function buildResponseMessage(timestamp: string, nonce: string, body: string): string {
  return joinLines([timestamp, nonce, body]);
}

/** The same over bytes that need not be UTF-8. */
export function buildResponseBytes(timestamp: string, nonce: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(joinLines([timestamp, nonce])), body, Buffer.from("\n")]);
}

/** Four lines; `signType` is not among them (wechat.md §1.7). */
export function buildPayMessage(pay: {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
}): string {
  return joinLines([pay.appId, pay.timeStamp, pay.nonceStr, pay.package]);
}

/** SHA-256 with RSA, PKCS#1 v1.5, base64 on one line. */
export function signMessage(message: string | Buffer, privateKey: KeyLike): string {
  const bytes = typeof message === "string" ? Buffer.from(message, "utf8") : message;
  return createSign("RSA-SHA256").update(bytes).sign(privateKey, "base64");
}

export function isMessageSignedBy(
  message: string | Buffer,
  signature: string,
  publicKey: KeyLike,
): boolean {
  const bytes = typeof message === "string" ? Buffer.from(message, "utf8") : message;
  return createVerify("RSA-SHA256").update(bytes).verify(publicKey, signature, "base64");
}

/**
 * A sensitive field: RSA-OAEP with SHA-1, base64 (wechat.md §1.4). Throws when it was encrypted to
 * another key or is something else.
 */
export function decryptField(ciphertext: string, privateKey: KeyLike): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = { key: privateKey, padding, oaepHash: "sha1" } as RsaPrivateKey;
  return privateDecrypt(key, Buffer.from(ciphertext, "base64")).toString("utf8");
}

/** The bytes of the GCM tag, appended to the cipher text. */
const TAG_BYTES = 16;

export interface EncryptedResource {
  algorithm: "AEAD_AES_256_GCM";
  ciphertext: string;
  associated_data: string;
  /** 12 characters. */
  nonce: string;
}

/** AES-256-GCM with the APIv3 key as raw bytes; `ciphertext` is base64(cipher ‖ tag) (§1.5). */
export function encryptResource(
  plainText: string,
  associatedData: string,
  apiV3Key: string,
): EncryptedResource {
  const nonce = randomAlphanumeric(12);
  const cipher = createCipheriv("aes-256-gcm", apiV3Key, nonce);
  cipher.setAAD(Buffer.from(associatedData, "utf8"));
  const bytes = Buffer.concat([
    cipher.update(plainText, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return {
    algorithm: "AEAD_AES_256_GCM",
    ciphertext: bytes.toString("base64"),
    associated_data: associatedData,
    nonce,
  };
}

/** The inverse, with the tag checked: throws when a bit was changed. */
export function decryptResource(
  resource: Pick<EncryptedResource, "ciphertext" | "associated_data" | "nonce">,
  apiV3Key: string,
): string {
  const bytes = Buffer.from(resource.ciphertext, "base64");
  const decipher = createDecipheriv("aes-256-gcm", apiV3Key, resource.nonce);
  decipher.setAAD(Buffer.from(resource.associated_data, "utf8"));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]).toString("utf8");
}

/** The same resource with one bit of its tag flipped; everything else is left as it was. */
export function flipTag(resource: EncryptedResource): EncryptedResource {
  const bytes = Buffer.from(resource.ciphertext, "base64");
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return { ...resource, ciphertext: bytes.toString("base64") };
}
