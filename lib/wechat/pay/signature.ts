/**
 * The three strings WeChat Pay v3 signs, and RSA over them (wechat.md §1.2, §1.3, §1.7). Every line
 * ends with a line feed, the last one too, and an empty body still has its line.
 */
import { type KeyObject, sign, verify } from "node:crypto";

/** String signed in `Authorization`: five lines. `path` carries the query, exactly as sent. */
export function requestMessage(request: {
  method: string;
  path: string;
  timestamp: string;
  nonce: string;
  body: string;
}): string {
  const { method, path, timestamp, nonce, body } = request;
  return `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
}

/** Bytes WeChat signs on answers and notifications: three lines around the raw body. */
export function answerMessage(answer: {
  timestamp: string;
  nonce: string;
  body: Uint8Array;
}): Buffer {
  return Buffer.concat([
    Buffer.from(`${answer.timestamp}\n${answer.nonce}\n`),
    answer.body,
    Buffer.from("\n"),
  ]);
}

/** String signed for the cashier (paySign): four lines. `signType` is not part of it. */
export function cashierMessage(cashier: {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
}): string {
  return `${cashier.appId}\n${cashier.timeStamp}\n${cashier.nonceStr}\n${cashier.package}\n`;
}

/** SHA256 with RSA, PKCS#1 v1.5, base64 without line breaks. */
export function signRsaSha256(message: string, privateKey: KeyObject): string {
  return sign("RSA-SHA256", Buffer.from(message), privateKey).toString("base64");
}

/** False for any signature that does not hold; a probe (`WECHATPAY/SIGNTEST/…`) is just one of them. */
export function verifyRsaSha256(
  message: Uint8Array,
  signatureBase64: string,
  publicKey: KeyObject,
): boolean {
  return verify("RSA-SHA256", message, publicKey, Buffer.from(signatureBase64, "base64"));
}
