import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  answerMessage,
  cashierMessage,
  requestMessage,
  signRsaSha256,
  verifyRsaSha256,
} from "@/lib/wechat/pay/signature";
import { SignedRequests } from "@/lib/wechat/pay/signed-requests";
import {
  ANSWER_VECTOR,
  BODY_VECTOR,
  CASHIER_VECTOR,
  MERCHANT_ID,
  MERCHANT_PRIVATE_KEY_PEM,
  MERCHANT_SERIAL,
  NONCE,
  PATH_VECTOR,
  TIMESTAMP,
} from "@/lib/wechat/testing/official-vectors";

const privateKey = createPrivateKey(MERCHANT_PRIVATE_KEY_PEM);

describe("official vectors (pay.weixin.qq.com/doc/v3/merchant)", () => {
  it.each([
    ["4012365336: a request with a body", BODY_VECTOR],
    ["4012365334: a request without one keeps the last, empty line", PATH_VECTOR],
  ])("%s", (_, vector) => {
    const message = requestMessage({ ...vector, timestamp: TIMESTAMP, nonce: NONCE });
    expect(signRsaSha256(message, privateKey)).toBe(vector.signature);
  });

  it("4012365334: the package under our nonce and clock makes the same Authorization", () => {
    const requests = new SignedRequests(
      {
        appId: "wxd678efh567hg6787",
        mchId: MERCHANT_ID,
        merchantSerial: MERCHANT_SERIAL,
        merchantPrivateKey: privateKey,
        userAgent: "test",
        now: () => new Date(Number(TIMESTAMP) * 1000 + 999),
        newNonce: () => NONCE,
      },
      { get: unused, post: unused, upload: unused },
    );
    const authorization = requests.authorizationForGet(PATH_VECTOR.path);
    expect(authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 [a-z_]+="/);
    const fields = Object.fromEntries(
      authorization
        .slice("WECHATPAY2-SHA256-RSA2048 ".length)
        .split(",")
        .map((field) => /^([a-z_]+)="(.*)"$/.exec(field)?.slice(1) ?? []),
    );
    expect(fields).toEqual({
      mchid: MERCHANT_ID,
      nonce_str: NONCE,
      timestamp: TIMESTAMP,
      serial_no: MERCHANT_SERIAL,
      signature: PATH_VECTOR.signature,
    });
  });

  it("4012365339: the cashier's paySign", () => {
    const message = cashierMessage({
      appId: CASHIER_VECTOR.appId,
      timeStamp: TIMESTAMP,
      nonceStr: NONCE,
      package: `prepay_id=${CASHIER_VECTOR.prepayId}`,
    });
    expect(signRsaSha256(message, privateKey)).toBe(CASHIER_VECTOR.signature);
  });

  it("4013053420: WeChat's signature over an answer holds, and only over these bytes", () => {
    const publicKey = createPublicKey(ANSWER_VECTOR.publicKeyPem);
    const verifyBody = (body: string) =>
      verifyRsaSha256(
        answerMessage({ ...ANSWER_VECTOR, body: Buffer.from(body) }),
        ANSWER_VECTOR.signature,
        publicKey,
      );
    expect(verifyBody(ANSWER_VECTOR.body)).toBe(true);
    expect(verifyBody(ANSWER_VECTOR.body.replace(":", ": "))).toBe(false);
    expect(verifyBody("")).toBe(false);
  });
});

it("a probe, an empty and a garbled signature are simply false, never an exception", () => {
  const publicKey = createPublicKey(ANSWER_VECTOR.publicKeyPem);
  const message = answerMessage({ ...ANSWER_VECTOR, body: Buffer.from(ANSWER_VECTOR.body) });
  for (const signature of [`WECHATPAY/SIGNTEST/${ANSWER_VECTOR.signature}`, "", "你好", "AAAA"]) {
    expect(verifyRsaSha256(message, signature, publicKey)).toBe(false);
  }
});

it("an empty answer is signed over its own empty line (204, wechat.md §1.3)", () => {
  const message = answerMessage({ timestamp: "1", nonce: "n", body: new Uint8Array() });
  expect(message.toString()).toBe("1\nn\n\n");
});

function unused(): Promise<never> {
  return Promise.reject(new Error("no request expected"));
}
