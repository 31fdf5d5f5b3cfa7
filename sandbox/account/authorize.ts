import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { isOAuthRedirectAllowed } from "../access";
import { escapeHtml } from "../browser/html";
import { pickerPage } from "../browser/picker-page";
import { listPersonas } from "../personas";
import { randomAlphanumeric } from "../random";
import type { Sandbox } from "../sandbox";
import { type OAuthScope, type Persona, remember } from "../state";
import { MINUTE_MS } from "../time";
import { readWireUrl, type SandboxContext } from "../wire";

/** The person who is holding this phone; set by `/__sandbox/become`. */
export const PERSONA_COOKIE = "sandbox_next_persona";
/** Who has signed in last on this phone, when nobody has become anyone; it decides nothing here. */
export const HOLDER_COOKIE = "sandbox_holder";

/** wechat.md §3.1: a code is good once and for five minutes. */
const CODE_VALID_MS = 5 * MINUTE_MS;

interface AuthorizeRequest {
  redirectUri: string;
  scope: OAuthScope;
  state: string;
}

/** WeChat's error page carries a sentence and, for two of them, a documented number. */
function createErrorPage(message: string, errorCode?: number): Response {
  const codeLine = errorCode ? `<p>错误码：${errorCode}</p>` : "";
  const body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>微信沙箱</title><h1>${escapeHtml(message)}</h1>${codeLine}</html>`;
  return new Response(body, {
    status: 400,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
}

function readRequest(sandbox: Sandbox, query: URLSearchParams): AuthorizeRequest | Response {
  const redirectUri = query.get("redirect_uri") ?? "";
  const scope = query.get("scope") ?? "";
  const state = query.get("state") ?? "";
  if (query.get("appid") !== sandbox.keys.appId) return createErrorPage("AppID 参数错误");
  if (!isOAuthRedirectAllowed(sandbox, redirectUri)) {
    return createErrorPage("redirect_uri 参数错误", 10003);
  }
  if (query.get("response_type") !== "code") return createErrorPage("response_type 参数错误");
  if (scope !== "snsapi_base" && scope !== "snsapi_userinfo") {
    return createErrorPage("Scope 参数错误或没有 Scope 权限", 10005);
  }
  if (!/^[a-zA-Z0-9]{0,128}$/.test(state)) return createErrorPage("state 参数错误");
  return { redirectUri, scope, state };
}

/** Gives the app a code for this person, by way of the browser. */
function redirectWithCode(sandbox: Sandbox, request: AuthorizeRequest, persona: Persona): Response {
  const code = `0${randomAlphanumeric(31)}`;
  remember(sandbox.state.oauthCodes, code, {
    openid: persona.openid,
    scope: request.scope,
    expiresAtMs: sandbox.clock.now() + CODE_VALID_MS,
    isUsed: false,
  });
  sandbox.touch();
  const target = new URL(request.redirectUri);
  target.searchParams.set("code", code);
  target.searchParams.set("state", request.state);
  return new Response(null, {
    status: 302,
    headers: {
      Location: target.href,
      "Cache-Control": "no-store",
      "Set-Cookie": `${HOLDER_COOKIE}=${persona.openid}; Path=/; HttpOnly; SameSite=Lax`,
    },
  });
}

function renderPicker(sandbox: Sandbox, wireUrl: string): Response {
  const continueUrl = (openid: string) => `${wireUrl}&persona=${encodeURIComponent(openid)}`;
  const body = pickerPage({
    personas: listPersonas(sandbox.state),
    continueUrl,
    createAction: "/__sandbox/personas/form",
    returnTo: wireUrl,
    appName: "微互助",
  });
  return new Response(body, {
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}

function authorize(sandbox: Sandbox, context: SandboxContext): Response {
  const wireUrl = readWireUrl(context);
  const query = new URL(context.req.url).searchParams;
  const isWechat = /MicroMessenger/i.test(context.req.header("user-agent") ?? "");
  if (sandbox.state.settings.isWechatBrowserRequired && !isWechat) {
    return createErrorPage("请在微信客户端打开链接");
  }
  const request = readRequest(sandbox, query);
  if (request instanceof Response) return request;
  const named = query.get("persona");
  if (named !== null) {
    const persona = sandbox.state.personas.get(named);
    return persona
      ? redirectWithCode(sandbox, request, persona)
      : createErrorPage("沙箱里没有这个人");
  }
  const holder = sandbox.state.personas.get(getCookie(context, PERSONA_COOKIE) ?? "");
  return holder ? redirectWithCode(sandbox, request, holder) : renderPicker(sandbox, wireUrl);
}

/** The authorisation page (wechat.md §3.1): at once for a named person, else somebody picks. */
export function mountAuthorize(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  app.get("/connect/oauth2/authorize", (context) => authorize(sandbox, context));
}
