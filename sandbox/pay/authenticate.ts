import { buildRequestMessage, isMessageSignedBy } from "../crypto";
import type { Sandbox } from "../sandbox";
import { PayError, REQUEST_ID_CODE } from "./errors";

/** Families of paths: they word a missing header differently and only some look at User-Agent. */
export type PayFamily = "transactions" | "refund" | "certificates" | "bill" | "transfer";

export interface PayRequest {
  method: string;
  /** Path and query exactly as received. */
  url: string;
  family: PayFamily;
  body: string;
  header(name: string): string | undefined;
}

/** Seconds that the request's clock may be off; checked before the signature (wechat.md §1.2). */
const CLOCK_SKEW_SECONDS_MAX = 300;
const SCHEME = "WECHATPAY2-SHA256-RSA2048";

/** The texts are the service's own; all carry the same code (wechat.md §1.2, the table of 401s). */
const SIGN_ERROR_MESSAGE = {
  malformed: "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
  missingOnTransactions: "签名信息错误，验签失败",
  wrongScheme: "HTTP头Authorization认证类型不正确",
  stale: "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟",
  wrongSerial: "商户证书序列号有误。请使用签名私钥匹配的证书序列号",
  wrongSignature: "签名错误",
} as const;

function createSignError(reason: keyof typeof SIGN_ERROR_MESSAGE): PayError {
  return new PayError(401, "SIGN_ERROR", SIGN_ERROR_MESSAGE[reason], {
    requestIdCode: REQUEST_ID_CODE.signError,
  });
}

/** Certificates and refunds refuse a request without these headers before looking at its signature. */
export function assertUserAgent(request: PayRequest): void {
  if (request.family === "transactions") return;
  if (request.header("user-agent") && request.header("accept")) return;
  throw new PayError(400, "INVALID_REQUEST", "Http头缺少Accept或User-Agent");
}

type Credentials = Record<"mchid" | "nonce_str" | "signature" | "timestamp" | "serial_no", string>;
const CREDENTIAL_NAMES = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"] as const;

/** Five `key="value"` pairs, commas without spaces, any order; null when they are not that. */
function parseCredentials(text: string): Credentials | null {
  const found = new Map<string, string>();
  for (const pair of text.split(",")) {
    const match = /^([a-z_]+)="([^"]*)"$/.exec(pair);
    if (!match?.[1] || found.has(match[1])) return null;
    found.set(match[1], match[2] ?? "");
  }
  if (found.size !== CREDENTIAL_NAMES.length) return null;
  if (!CREDENTIAL_NAMES.every((name) => found.get(name))) return null;
  return Object.fromEntries(found) as Credentials;
}

function readCredentials(request: PayRequest): Credentials {
  const header = request.header("authorization");
  const space = header?.indexOf(" ") ?? -1;
  const scheme = space < 0 ? header : header?.slice(0, space);
  if (!header || !scheme?.startsWith("WECHATPAY2-")) {
    if (request.family === "transactions") throw createSignError("missingOnTransactions");
    throw createSignError(header ? "wrongScheme" : "malformed");
  }
  if (scheme !== SCHEME) throw createSignError("wrongScheme");
  const credentials = parseCredentials(header.slice(space + 1));
  if (!credentials || !/^\d{1,10}$/.test(credentials.timestamp)) throw createSignError("malformed");
  return credentials;
}

/**
 * Checks who is calling, in the service's order: form, clock, merchant, serial, signature.
 * Throws 401 SIGN_ERROR with the text of the first that fails.
 */
export function authenticate(sandbox: Sandbox, request: PayRequest): void {
  const credentials = readCredentials(request);
  const skewSeconds = Math.abs(sandbox.clock.now() / 1000 - Number(credentials.timestamp));
  if (skewSeconds > CLOCK_SKEW_SECONDS_MAX) throw createSignError("stale");
  // An invented merchant number is answered like a wrong signature (probed).
  if (credentials.mchid !== sandbox.keys.mchId) throw createSignError("wrongSignature");
  if (credentials.serial_no.toUpperCase() !== sandbox.keys.merchantSerial) {
    throw createSignError("wrongSerial");
  }
  const message = buildRequestMessage({
    method: request.method,
    url: request.url,
    timestamp: credentials.timestamp,
    nonce: credentials.nonce_str,
    body: request.body,
  });
  if (!isMessageSignedBy(message, credentials.signature, sandbox.keyRing.merchantPublicKey)) {
    throw createSignError("wrongSignature");
  }
}
