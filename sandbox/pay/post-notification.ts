import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** WeChat waits five seconds for an answer (wechat.md §1.11), in real time on any clock. */
const ANSWER_TIMEOUT_MS = 5_000;

export interface NotificationAnswer {
  status: number | null;
  error: string | null;
  durationMs: number;
}

/**
 * Posts as WeChat does: these headers and no others, so `fetch`, which adds its own, will not do.
 * Every attempt opens its own connection, because a kept one may have died with the app's last
 * process. Never rejects: no answer is an outcome.
 */
export function postNotification(options: {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}): Promise<NotificationAnswer> {
  const startedAtMs = performance.now();
  const body = Buffer.from(options.body, "utf8");
  return new Promise((resolve) => {
    const finish = (status: number | null, error: string | null) =>
      resolve({ status, error, durationMs: Math.round(performance.now() - startedAtMs) });
    const send = options.url.startsWith("https:") ? requestHttps : requestHttp;
    const request = send(
      options.url,
      {
        method: "POST",
        agent: false,
        signal: AbortSignal.any([options.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
        headers: {
          "User-Agent": "Mozilla/4.0",
          Accept: "*/*",
          "Content-Type": "application/json",
          "Content-Length": body.length,
          Connection: "close",
          ...options.headers,
        },
      },
      (response) => {
        // The body is read to its end, for an answer that stalls half way is no answer.
        response.resume();
        response.on("end", () => finish(response.statusCode ?? null, null));
        response.on("error", (error) => finish(null, describeError(error)));
      },
    );
    request.on("error", (error) => finish(null, describeError(error)));
    request.end(body);
  });
}

function describeError(error: Error & { code?: string }): string {
  const isTimeout = error.name === "TimeoutError" || error.cause instanceof DOMException;
  return isTimeout ? `no answer in ${ANSWER_TIMEOUT_MS / 1000} s` : (error.code ?? error.message);
}
