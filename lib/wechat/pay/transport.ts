/**
 * Carries the package's requests: right host, exact bytes, the header that asks for public-key
 * signatures, and no 2xx accepted unless WeChat's signature over its raw body holds.
 */
import type { WechatLog } from "@/lib/wechat/config";
import { errorOf, errorOfExchange, hasResult, requestIdOf } from "@/lib/wechat/pay/answer";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { PACKAGE_ORIGIN, type PackageHttp } from "@/lib/wechat/pay/signed-requests";
import { type FindKey, readSignedHead, verifyMessage } from "@/lib/wechat/pay/verification";
import type { Exchange, ExchangeAnswer, ExchangeRequest } from "@/lib/wechat/transport/exchange";

/** A 2xx. */
export interface Answer {
  httpStatus: number;
  requestId: string | null;
  body: Buffer;
}

/** A 2xx whose signature held. */
export type VerifiedAnswer = Answer;

export interface TransportDeps {
  exchange: Exchange;
  findKey: FindKey;
  /** `PUB_KEY_ID_…`, or null to be answered with a platform certificate's signature. */
  publicKeyId: string | null;
  now: () => Date;
  log: WechatLog;
}

/** The package's `IPayRequest` over our exchange; `data` of what it returns is a `VerifiedAnswer`. */
export function createTransport(deps: TransportDeps, signal: AbortSignal): PackageHttp {
  const send = async (
    method: ExchangeRequest["method"],
    url: string,
    headers: Record<string, string>,
    body: Uint8Array | null,
  ) => {
    const path = url.slice(PACKAGE_ORIGIN.length);
    const request = { method, path, headers: headersFor(headers, deps.publicKeyId), body, signal };
    const answer = await exchangeVerified(deps, request);
    // Wrapped, so that the package finds no `prepay_id` here and signs no cashier with its weak nonce.
    return { status: answer.httpStatus, data: answer };
  };
  return {
    get: (url, headers) => send("GET", url, headers, null),
    // The same object serialises to the same text that the package signed.
    post: (url, params, headers) => send("POST", url, headers, Buffer.from(JSON.stringify(params))),
    upload: () => Promise.reject(new Error("Uploads are not supported (wechat.md §2 j)")),
  };
}

/**
 * The package's `IPayRequest` for files, which WeChat does not sign (wechat.md §1.3): whoever reads
 * one compares its hash with the verified answer that announced it.
 */
export function createFileTransport(
  exchange: Exchange,
  bounds: { signal: AbortSignal; answerBytesMax: number },
): PackageHttp {
  const refuse = () => Promise.reject(new Error("Files are only fetched"));
  return {
    async get(url, headers) {
      const answer = await sendOrThrow(exchange, {
        method: "GET",
        path: url.slice(PACKAGE_ORIGIN.length),
        headers: headersFor(headers, null),
        body: null,
        ...bounds,
      });
      return { status: answer.status, data: toAnswer(answer) };
    },
    post: refuse,
    upload: refuse,
  };
}

/**
 * Completes the package's headers. Compression is refused: the signature is over the body as sent,
 * and whether that is before or after compressing is nowhere written.
 */
export function headersFor(
  headers: Record<string, string>,
  publicKeyId: string | null,
): Record<string, string> {
  const complete = { ...headers, "Accept-Encoding": "identity" };
  return publicKeyId === null ? complete : { ...complete, "Wechatpay-Serial": publicKeyId };
}

/**
 * Sends a signed request and returns its verified 2xx.
 *
 * @throws WechatPayError for everything else.
 */
export async function exchangeVerified(
  deps: Pick<TransportDeps, "exchange" | "findKey" | "now" | "log">,
  request: ExchangeRequest,
): Promise<VerifiedAnswer> {
  const answer = await sendOrThrow(deps.exchange, request);
  const verdict = await verifyMessage({
    head: readSignedHead((name) => answer.headers[name]),
    body: answer.body,
    now: deps.now(),
    findKey: deps.findKey,
  }).catch((error) => {
    // The certificates could not be fetched: the answer stays unproven, the effect may be real.
    throw unverified(answer, "certificates_unavailable", error);
  });
  if (!verdict.ok) {
    deps.log("wechat_pay.answer_unverified", {
      reason: verdict.reason,
      httpStatus: answer.status,
      serial: answer.headers["wechatpay-serial"] ?? null,
      requestId: requestIdOf(answer),
    });
    throw unverified(answer, verdict.reason);
  }
  return toAnswer(answer);
}

async function sendOrThrow(exchange: Exchange, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const answer = await exchange(request).catch((error) => {
    throw errorOfExchange(error);
  });
  if (!hasResult(answer.status)) throw errorOf(answer);
  return answer;
}

function toAnswer(answer: ExchangeAnswer): Answer {
  return { httpStatus: answer.status, requestId: requestIdOf(answer), body: answer.body };
}

function unverified(answer: ExchangeAnswer, reason: string, cause?: unknown): WechatPayError {
  return new WechatPayError({
    outcome: "unknown",
    reason: reason === "bad_signature" ? "bad_signature" : "unverified",
    message: `WeChat's answer could not be verified: ${reason}`,
    httpStatus: answer.status,
    requestId: requestIdOf(answer),
    cause,
  });
}
