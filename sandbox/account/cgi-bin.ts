import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { randomAlphanumeric } from "../random";
import type { Sandbox } from "../sandbox";
import type { ApiCredential } from "../state";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../time";
import type { SandboxContext } from "../wire";
import { AccountError, mountAccountRoutes } from "./api-error";
import { assertApiToken } from "./api-token";
import { assertAppId, assertAppSecret } from "./sns";
import { sendSubscribeMessage } from "./subscribe-messages";

/** wechat.md §3.2: two hours; the same token comes back until its last five minutes. */
const CREDENTIAL_SECONDS = 7_200;
const RENEWAL_MS = 5 * MINUTE_MS;
/** `force_refresh`: twenty times a day, thirty seconds apart. */
const FORCED_PER_DAY_MAX = 20;
const FORCED_INTERVAL_MS = 30 * SECOND_MS;

function issue(sandbox: Sandbox, list: ApiCredential[], length: number): ApiCredential {
  const nowMs = sandbox.clock.now();
  const credential: ApiCredential = {
    value: `${randomAlphanumeric(3)}_${randomAlphanumeric(length)}`,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + CREDENTIAL_SECONDS * SECOND_MS,
  };
  // Expired ones are dropped here, so the list stays as long as its overlap.
  const live = list.filter((one) => one.expiresAtMs > nowMs);
  list.splice(0, list.length, ...live, credential);
  sandbox.touch();
  return credential;
}

/** The newest credential while it has more than five minutes to live, else a new one. */
function getCurrent(sandbox: Sandbox, list: ApiCredential[], length: number): ApiCredential {
  const newest = list.at(-1);
  const isFresh = newest && newest.expiresAtMs - sandbox.clock.now() > RENEWAL_MS;
  return isFresh ? newest : issue(sandbox, list, length);
}

function assertForcedRefreshAllowed(sandbox: Sandbox): void {
  const nowMs = sandbox.clock.now();
  const recent = sandbox.state.forcedRefreshAtMs.filter((atMs) => nowMs - atMs < DAY_MS);
  if (recent.length >= FORCED_PER_DAY_MAX) {
    throw new AccountError(45009, "reach max api daily quota limit");
  }
  if (recent.some((atMs) => nowMs - atMs < FORCED_INTERVAL_MS)) {
    throw new AccountError(45011, "api minute-quota reach limit, must slower, retry next minute");
  }
  sandbox.state.forcedRefreshAtMs = [...recent, nowMs];
}

/** POST /cgi-bin/stable_token. An old token stays valid until its own end when a new one appears. */
async function getStableToken(sandbox: Sandbox, context: SandboxContext): Promise<unknown> {
  const body = (await context.req.json().catch(() => null)) as Record<string, unknown> | null;
  if (!body || typeof body !== "object") throw new AccountError(47001, "data format error");
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  if (body.grant_type !== "client_credential") throw new AccountError(40002, "invalid grant_type");
  assertAppId(sandbox, text(body.appid));
  assertAppSecret(sandbox, text(body.secret));
  const { apiTokens } = sandbox.state;
  if (body.force_refresh === true) {
    assertForcedRefreshAllowed(sandbox);
    // A forced refresh allows no overlap: what was issued before is void.
    apiTokens.splice(0, apiTokens.length);
    return serializeToken(sandbox, issue(sandbox, apiTokens, 133));
  }
  return serializeToken(sandbox, getCurrent(sandbox, apiTokens, 133));
}

function serializeToken(sandbox: Sandbox, token: ApiCredential) {
  const expiresIn = Math.floor((token.expiresAtMs - sandbox.clock.now()) / SECOND_MS);
  return { access_token: token.value, expires_in: expiresIn };
}

/** GET /cgi-bin/ticket/getticket; `expires_in` is always 7200, so it must be cached. */
function getTicket(sandbox: Sandbox, context: SandboxContext): unknown {
  assertApiToken(sandbox, context.req.query("access_token"));
  if (context.req.query("type") !== "jsapi") throw new AccountError(40097, "invalid args");
  const ticket = getCurrent(sandbox, sandbox.state.tickets, 82);
  return { errcode: 0, errmsg: "ok", ticket: ticket.value, expires_in: CREDENTIAL_SECONDS };
}

/** Server-side calls of the official account (wechat.md §3.2). */
export function mountCgiBin(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  const contentType = "application/json; encoding=utf-8";
  mountAccountRoutes(app, sandbox, [
    {
      method: "POST",
      path: "/cgi-bin/stable_token",
      endpoint: "stable_token",
      contentType,
      run: (context) => getStableToken(sandbox, context),
    },
    {
      method: "GET",
      path: "/cgi-bin/ticket/getticket",
      endpoint: "ticket",
      contentType,
      run: (context) => getTicket(sandbox, context),
    },
    {
      method: "POST",
      path: "/cgi-bin/message/subscribe/bizsend",
      endpoint: "message",
      contentType,
      run: (context) => sendSubscribeMessage(sandbox, context),
    },
  ]);
}
