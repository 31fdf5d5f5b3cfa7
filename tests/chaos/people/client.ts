/** One request as a browser on our own pages sends it, and its line in the history. */
import { setTimeout as delay } from "node:timers/promises";
import type { History } from "../history";
import type { Random } from "../random";
import type { ChaosWorld } from "../world/world";
import { cookieOf, type Person } from "./people";

export interface Answer {
  outcome: "complete" | "refused" | "unknown";
  status: number | null;
  /** The problem's code of a refusal; "" when it has none. */
  code: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers have as many shapes as there are routes.
  json: any;
}

export interface Ask {
  op: string;
  method: "GET" | "POST";
  path: string;
  as: Person;
  /** What it is about: a policy's code or an order's number. */
  about: string;
  body?: object;
  /** Idempotency-Key; none when absent. */
  key?: string;
}

export interface Client {
  ask(ask: Ask): Promise<Answer>;
  /** Asks again, with the same key, while the answer is lost or "later"; as the pages do. */
  insist(ask: Ask, random: Random): Promise<Answer>;
}

/** Longer than the app waits for WeChat (6 s); a person's patience ends about there. */
const PATIENCE_MS = 8_000;
/** A killed process is back within a second and PostgreSQL within two; then people give up. */
const TRIES_MAX = 9;
const PAUSE_MS_MIN = 80;
const PAUSE_MS_MAX = 500;

/** The app says that it is not the request's fault and to come back. */
const LATER = new Set([429, 502, 503]);

export function createClient(world: ChaosWorld, history: History): Client {
  async function ask(request: Ask): Promise<Answer> {
    const invokedAtMs = performance.now();
    const answer = await send(world, request);
    history.record({
      op: request.op,
      key: request.key ?? null,
      openid: request.as.openid,
      about: request.about,
      invokedAtMs,
      endedAtMs: performance.now(),
      outcome: answer.outcome,
      status: answer.status,
      code: answer.code || null,
      outTradeNo: answer.json.order?.outTradeNo ?? answer.json.outTradeNo ?? null,
      state: answer.json.state ?? null,
    });
    return answer;
  }

  async function insist(request: Ask, random: Random): Promise<Answer> {
    let answer = await ask(request);
    for (let attempt = 1; attempt < TRIES_MAX && isLater(answer); attempt += 1) {
      await delay(random.between(PAUSE_MS_MIN, PAUSE_MS_MAX));
      answer = await ask(request);
    }
    return answer;
  }

  return { ask, insist };
}

/** Too many of one's own taps is an answer; a database or a WeChat that is away is not. */
function isLater({ outcome, status, code }: Answer): boolean {
  return outcome === "unknown" || (LATER.has(status ?? 0) && code !== "daily_limit_reached");
}

async function send(world: ChaosWorld, request: Ask): Promise<Answer> {
  const { method, path, as, body, key } = request;
  const headers: Record<string, string> = {
    cookie: cookieOf(world, as),
    "x-forwarded-for": as.address,
  };
  if (method === "POST") {
    headers.origin = world.url;
    headers["sec-fetch-site"] = "same-origin";
  }
  if (key) headers["idempotency-key"] = key;
  if (body) headers["content-type"] = "application/json";
  try {
    const response = await fetch(world.url + path, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    const json = isJson ? JSON.parse(text) : {};
    return {
      outcome: response.status < 400 ? "complete" : "refused",
      status: response.status,
      code: json.code ?? "",
      json,
    };
  } catch {
    // The connection died or nobody answered in time: it may have happened or not.
    return { outcome: "unknown", status: null, code: "", json: {} };
  }
}
