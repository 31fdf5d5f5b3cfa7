/** Judges an answer by its status, before anybody looks at its signature (wechat.md §1.3). */
import { normalizeCode, type WechatErrorDetail, WechatPayError } from "@/lib/wechat/pay/errors";
import { errorSchema } from "@/lib/wechat/pay/schemas";
import { type ExchangeAnswer, ExchangeFailed } from "@/lib/wechat/transport/exchange";

/** These say "try again with the same parameters" whatever status they come with (wechat.md §1.10). */
const UNDECIDED_CODES = new Set(
  [
    "SYSTEM_ERROR",
    "BANK_ERROR",
    "SERVICE_UNAVAILABLE",
    "FREQUENCY_LIMITED",
    "FREQUENCY_LIMIT_EXCEED",
    "RATELIMIT_EXCEEDED",
  ].map(normalizeCode),
);

/** 408 and 429 stop a request at the door of some machine; which one is not known. */
const UNDECIDED_STATUSES = new Set([408, 429]);

/** Answers that carry a result and a signature. 202 means accepted, result unknown (wechat.md §1.1). */
export function hasResult(status: number): boolean {
  return status >= 200 && status < 300 && status !== 202;
}

export function requestIdOf(answer: ExchangeAnswer): string | null {
  const value = answer.headers["request-id"];
  return typeof value === "string" ? value : null;
}

/** The error an answer without a result stands for. */
export function errorOf(answer: ExchangeAnswer): WechatPayError {
  const body = readError(answer.body);
  const code = body?.code ?? null;
  const isDefinite =
    answer.status >= 400 &&
    answer.status < 500 &&
    !UNDECIDED_STATUSES.has(answer.status) &&
    // Without a code it is not WeChat speaking, save for its empty 404 and 405 (wechat.md §1.1).
    (code !== null ? !UNDECIDED_CODES.has(normalizeCode(code)) : answer.body.byteLength === 0);
  return new WechatPayError({
    outcome: isDefinite ? "refused" : "unknown",
    reason: "answer",
    message: body?.message ?? `WeChat answered ${answer.status}`,
    httpStatus: answer.status,
    code,
    requestId: requestIdOf(answer),
    detail: body?.detail ?? null,
  });
}

/** The error an exchange without a complete answer stands for. */
export function errorOfExchange(error: unknown): WechatPayError {
  if (!(error instanceof ExchangeFailed)) throw error;
  return new WechatPayError({
    outcome: "unknown",
    reason: error.reason,
    message: error.message,
    cause: error,
  });
}

interface ErrorBody {
  code: string;
  message?: string | undefined;
  detail?: WechatErrorDetail | null | undefined;
}

function readError(body: Buffer): ErrorBody | null {
  try {
    return errorSchema.parse(JSON.parse(body.toString("utf8")));
  } catch {
    return null;
  }
}
