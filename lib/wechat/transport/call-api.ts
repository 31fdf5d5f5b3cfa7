/**
 * Calls to api.weixin.qq.com: plain JSON over TLS, unsigned, and errors come as HTTP 200 with an
 * `errcode` (wechat.md §3.1, §3.2).
 */
import { z } from "zod";
import { createExchange, ExchangeFailed } from "@/lib/wechat/transport/exchange";

export interface ApiRequest {
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  body?: object;
  /** What it does must not happen twice: it gets a connection of its own and is sent once. */
  isOnce?: boolean;
}

export type ApiAnswer =
  | { ok: true; body: unknown }
  /** `errcode` is null when there was no readable answer at all. */
  | { ok: false; errcode: number | null };

export type CallApi = (request: ApiRequest) => Promise<ApiAnswer>;

/** As for payments: a person is waiting for the page. */
const API_TIMEOUT_MS = 6_000;

const errorSchema = z.looseObject({ errcode: z.number().int().optional() });

/** Never throws for what the network or WeChat does; secrets in the query stay out of every message. */
export function createCallApi(apiBaseUrl: string, timeoutMs = API_TIMEOUT_MS): CallApi {
  const exchange = createExchange(apiBaseUrl);
  const exchangeOnce = createExchange(apiBaseUrl, { keepAlive: false });
  return async (request) => {
    const query = request.query ? `?${encodeQuery(request.query)}` : "";
    const body = request.body ? Buffer.from(JSON.stringify(request.body)) : null;
    const signal = AbortSignal.timeout(timeoutMs);
    const send = () =>
      (request.isOnce ? exchangeOnce : exchange)({
        method: request.method,
        path: request.path + query,
        headers: {
          Accept: "application/json",
          "Accept-Encoding": "identity",
          "User-Agent": "weihuzhu/1",
          ...(body ? { "Content-Type": "application/json" } : {}),
        },
        body,
        signal,
      });
    try {
      const answer = await send().catch((error) => {
        // An idle connection closed under us: almost always unread. Had a one-time code been spent
        // after all, the answer to the repeat says so.
        if (error instanceof ExchangeFailed && error.reason === "stale_connection") return send();
        throw error;
      });
      if (answer.status !== 200) return { ok: false, errcode: null };
      const parsed: unknown = JSON.parse(answer.body.toString("utf8"));
      const { errcode } = errorSchema.parse(parsed);
      return errcode ? { ok: false, errcode } : { ok: true, body: parsed };
    } catch {
      return { ok: false, errcode: null };
    }
  };
}

/** RFC 3986 escapes and the order given; `URLSearchParams` would write a space as `+`. */
export function encodeQuery(query: Record<string, string>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}
