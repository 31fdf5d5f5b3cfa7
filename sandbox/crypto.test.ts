import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  buildPayMessage,
  buildRequestMessage,
  buildResponseMessage,
  decryptResource,
  encryptResource,
  flipTag,
  isMessageSignedBy,
  signMessage,
} from "./crypto";
import {
  OFFICIAL_BODY_VECTOR,
  OFFICIAL_MERCHANT_KEY,
  OFFICIAL_PATH_VECTOR,
  OFFICIAL_PAY_VECTOR,
  OFFICIAL_RESPONSE_VECTOR,
} from "./testing/official-vectors";

const officialKey = createPrivateKey({
  key: Buffer.from(OFFICIAL_MERCHANT_KEY, "base64"),
  format: "der",
  type: "pkcs8",
});

describe("Tencent's published vectors", () => {
  it.each([
    ["a request with a body", OFFICIAL_BODY_VECTOR],
    ["a request with an empty body", OFFICIAL_PATH_VECTOR],
  ])("%s gets the printed signature, and it verifies", (_name, { request, signature }) => {
    const message = buildRequestMessage(request);
    expect(signMessage(message, officialKey)).toBe(signature);
    expect(isMessageSignedBy(message, signature, createPublicKey(officialKey))).toBe(true);
  });

  it("paySign of JSAPI is the printed one", () => {
    const { pay, signature } = OFFICIAL_PAY_VECTOR;
    expect(signMessage(buildPayMessage(pay), officialKey)).toBe(signature);
  });

  it("an answer of the real platform verifies with the printed key, and not with a byte more", () => {
    const { timestamp, nonce, body, signature, publicKeyPem } = OFFICIAL_RESPONSE_VECTOR;
    const verify = (text: string) =>
      isMessageSignedBy(buildResponseMessage(timestamp, nonce, text), signature, publicKeyPem);
    expect(verify(body)).toBe(true);
    expect(verify(`${body} `)).toBe(false);
  });
});

describe("messages to sign", () => {
  it("every line ends with a newline, also after an empty body", () => {
    const message = buildRequestMessage({
      method: "GET",
      url: "/v3/certificates",
      timestamp: "1",
      nonce: "n",
      body: "",
    });
    expect(message).toBe("GET\n/v3/certificates\n1\nn\n\n");
    expect(buildResponseMessage("1", "n", "")).toBe("1\nn\n\n");
  });
});

describe("AES-256-GCM resources", () => {
  const key = "0123456789abcdefghijklmnopqrstuv";

  it("a resource opens with its key and its associated data", () => {
    const resource = encryptResource("微互助", "transaction", key);
    expect(resource.nonce).toHaveLength(12);
    expect(decryptResource(resource, key)).toBe("微互助");
  });

  it("a flipped tag, other associated data or another key opens nothing", () => {
    const resource = encryptResource("{}", "transaction", key);
    expect(() => decryptResource(flipTag(resource), key)).toThrow();
    expect(() => decryptResource({ ...resource, associated_data: "refund" }, key)).toThrow();
    expect(() => decryptResource(resource, key.toUpperCase())).toThrow();
  });
});
