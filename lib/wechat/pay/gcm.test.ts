import { describe, expect, it } from "vitest";
import { decryptGcm } from "@/lib/wechat/pay/gcm";
import { GCM_VECTOR } from "@/lib/wechat/testing/official-vectors";
import { API_V3_KEY, encryptGcm } from "@/lib/wechat/testing/peer";

const AMOUNT = '{"amount":{"total":100}}';

function flipBit(base64: string, at: number): string {
  const bytes = Buffer.from(base64, "base64");
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 8;
  return bytes.toString("base64");
}

describe("AEAD_AES_256_GCM (wechat.md §1.5)", () => {
  it("opens the known value of WeChat's Java SDK", () => {
    expect(decryptGcm(GCM_VECTOR, GCM_VECTOR.apiV3Key).toString()).toBe(GCM_VECTOR.plain);
  });

  it.each([undefined, null, ""])("treats %j as no associated data", (associatedData) => {
    const resource = { ...encryptGcm(AMOUNT), associatedData };
    expect(decryptGcm(resource, API_V3_KEY).toString()).toBe(AMOUNT);
  });

  const sealed = {
    ...encryptGcm(AMOUNT, { associatedData: "transaction" }),
    associatedData: "transaction",
  };

  it.each([
    ["a flipped bit of the tag", { ...sealed, ciphertext: flipBit(sealed.ciphertext, -1) }],
    ["a flipped bit of the amount", { ...sealed, ciphertext: flipBit(sealed.ciphertext, 19) }],
    ["other associated data", { ...sealed, associatedData: "refund" }],
    ["absent associated data", { ...sealed, associatedData: null }],
    ["another nonce", { ...sealed, nonce: "61f9c719728b" }],
    ["an empty nonce", { ...sealed, nonce: "" }],
    ["a cipher text shorter than a tag", { ...sealed, ciphertext: "AAAA" }],
    ["no cipher text", { ...sealed, ciphertext: "" }],
  ])("refuses %s", (_, resource) => {
    expect(() => decryptGcm(resource, API_V3_KEY)).toThrow();
  });

  it("refuses another key", () => {
    expect(() => decryptGcm(sealed, API_V3_KEY.toLowerCase())).toThrow();
  });
});
