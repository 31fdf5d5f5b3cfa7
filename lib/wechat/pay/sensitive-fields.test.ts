import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { expect, it } from "vitest";
import { encryptSensitiveField } from "./sensitive-fields";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const encryptionKey = { serial: "PUB_KEY_ID_01", key: keys.publicKey };

function decrypt(base64: string, oaepHash: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const cipher = Buffer.from(base64, "base64");
  return privateDecrypt({ key: keys.privateKey, padding, oaepHash }, cipher).toString("utf8");
}

it.each(["张三", "6222021234567890123", "a", "名".repeat(71)])("%s comes back", (plain) => {
  expect(decrypt(encryptSensitiveField(plain, encryptionKey), "sha1")).toBe(plain);
});

it("with SHA-1 and nothing else (wechat.md §1.4)", () => {
  const encrypted = encryptSensitiveField("张三", encryptionKey);
  expect(() => decrypt(encrypted, "sha256")).toThrow();
});

it("the same name twice is not the same cipher text", () => {
  expect(encryptSensitiveField("张三", encryptionKey)).not.toBe(
    encryptSensitiveField("张三", encryptionKey),
  );
});

it.each(["", "a".repeat(215), "名".repeat(72)])(
  "nothing, and more than 214 bytes, is refused",
  (plain) => {
    expect(() => encryptSensitiveField(plain, encryptionKey)).toThrow(RangeError);
  },
);
