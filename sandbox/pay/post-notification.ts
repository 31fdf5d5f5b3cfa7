import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** WeChat waits five seconds for an answer (wechat.md §1.11), in real time on any clock. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Deliveries under way at once. A burst waits its turn here, before its five seconds begin, and not
 * in a queue of sockets where the wait would look like a slow merchant.
 */
const DELIVERIES_MAX = 128;
let freePlaces = DELIVERIES_MAX;
const waiting: (() => void)[] = [];

async function takePlace(): Promise<void> {
  if (freePlaces > 0) freePlaces -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
}

function returnPlace(): void {
  const next = waiting.shift();
  if (next) next();
  else freePlaces += 1;
}

export interface NotificationAnswer {
  status: number | null;
  error: string | null;
  durationMs: number;
}

export interface NotificationMessage {
  url: string;
  headers: Record<string, string>;
  body: string | Buffer;
  /** Gives up early, when the sandbox closes. */
  signal: AbortSignal;
  /** WeChat's five seconds, unless a test has less patience. */
  timeoutMs?: number;
}

/**
 * Posts as WeChat does: these headers and no others, so `fetch`, which adds its own, will not do.
 * Every attempt opens its own connection, because a kept one may have died with the app's last
 * process. Never rejects: no answer is an outcome.
 */
export async function postNotification(message: NotificationMessage): Promise<NotificationAnswer> {
  await takePlace();
  try {
    return await post(message);
  } finally {
    returnPlace();
  }
}

function post(options: NotificationMessage): Promise<NotificationAnswer> {
  const startedAtMs = performance.now();
  const timeout = AbortSignal.timeout(options.timeoutMs ?? ANSWER_TIMEOUT_MS);
  const body = typeof options.body === "string" ? Buffer.from(options.body) : options.body;
  return new Promise((resolve) => {
    const finish = (status: number | null, error: string | null) =>
      resolve({ status, error, durationMs: Math.round(performance.now() - startedAtMs) });
    const send = options.url.startsWith("https:") ? requestHttps : requestHttp;
    const request = send(
      options.url,
      {
        method: "POST",
        agent: false,
        signal: AbortSignal.any([options.signal, timeout]),
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
        response.on("error", (error) => finish(null, describeError(error, timeout)));
      },
    );
    request.on("error", (error) => finish(null, describeError(error, timeout)));
    request.end(body);
  });
}

function describeError(error: Error & { code?: string }, timeout: AbortSignal): string {
  if (timeout.aborted) return "no answer in time";
  return error.code ?? error.message;
}
