import type { WechatLog } from "@/lib/wechat/config";
import { WechatPayError } from "@/lib/wechat/pay/errors";

/** Sends again at most once: WeChat probes no repeated request, and a fresh connection is not stale. */
const ATTEMPTS_MAX = 2;

/**
 * Runs one operation, at most twice within its deadline, with one log line per attempt.
 *
 * @throws whatever the last attempt threw.
 */
export async function runAttempts<T extends { httpStatus: number }>(
  deps: { now: () => Date; log: WechatLog },
  operation: string,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const startedAtMs = deps.now().getTime();
  const signal = AbortSignal.timeout(timeoutMs);
  for (let attempt = 1; ; attempt += 1) {
    const report = (fields: object) =>
      deps.log("wechat_pay.call", {
        operation,
        attempt,
        elapsedMs: deps.now().getTime() - startedAtMs,
        ...fields,
      });
    try {
      const result = await run(signal);
      report({ outcome: "answered", httpStatus: result.httpStatus });
      return result;
    } catch (error) {
      if (!(error instanceof WechatPayError)) throw error;
      const { outcome, reason, httpStatus, code, requestId } = error;
      report({ outcome, reason, httpStatus, code, requestId });
      if (attempt >= ATTEMPTS_MAX || !isWorthRepeating(error)) throw error;
    }
  }
}

/** Both are cured by asking again, and every operation here may be asked again. */
function isWorthRepeating(error: WechatPayError): boolean {
  return error.reason === "stale_connection" || error.reason === "bad_signature";
}
