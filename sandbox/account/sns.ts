import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { randomAlphanumeric } from "../random";
import type { Sandbox } from "../sandbox";
import { type OAuthScope, type OAuthToken, remember } from "../state";
import { DAY_MS, SECOND_MS } from "../time";
import { readPublicUrl, type SandboxContext } from "../wire";
import { AccountError, type AccountRoute, mountAccountRoutes } from "./api-error";

/** wechat.md §3.1: two hours, and thirty days for the refresh token. */
const ACCESS_TOKEN_SECONDS = 7_200;
const REFRESH_TOKEN_MS = 30 * DAY_MS;

function assertParameter(value: string | undefined, errcode: number, name: string): string {
  if (value) return value;
  throw new AccountError(errcode, `${name} missing`);
}

export function assertAppId(sandbox: Sandbox, appId: string | undefined): void {
  if (assertParameter(appId, 41002, "appid") === sandbox.keys.appId) return;
  throw new AccountError(40013, "invalid appid");
}

export function assertAppSecret(sandbox: Sandbox, secret: string | undefined): void {
  if (assertParameter(secret, 41004, "appsecret") === sandbox.keys.appSecret) return;
  throw new AccountError(40125, "invalid appsecret");
}

function issueToken(sandbox: Sandbox, openid: string, scope: OAuthScope, refreshToken?: string) {
  const nowMs = sandbox.clock.now();
  const accessToken = `${randomAlphanumeric(2)}_${randomAlphanumeric(86)}`;
  const token: OAuthToken = {
    refreshToken: refreshToken ?? `${randomAlphanumeric(2)}_${randomAlphanumeric(86)}`,
    openid,
    scope,
    expiresAtMs: nowMs + ACCESS_TOKEN_SECONDS * SECOND_MS,
    refreshExpiresAtMs: nowMs + REFRESH_TOKEN_MS,
  };
  remember(sandbox.state.oauthTokens, accessToken, token);
  sandbox.touch();
  return {
    access_token: accessToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: token.refreshToken,
    openid,
    scope,
  };
}

/** Trades a code for an openid: once (40163), within five minutes (40029). */
function exchangeCode(sandbox: Sandbox, context: SandboxContext): unknown {
  assertAppId(sandbox, context.req.query("appid"));
  assertAppSecret(sandbox, context.req.query("secret"));
  const code = assertParameter(context.req.query("code"), 41008, "code");
  if (context.req.query("grant_type") !== "authorization_code") {
    throw new AccountError(40002, "invalid grant_type");
  }
  const known = sandbox.state.oauthCodes.get(code);
  if (known?.isUsed) throw new AccountError(40163, "code been used");
  if (!known || sandbox.clock.now() >= known.expiresAtMs) {
    throw new AccountError(40029, "invalid code");
  }
  known.isUsed = true;
  const persona = sandbox.state.personas.get(known.openid);
  return {
    ...issueToken(sandbox, known.openid, known.scope),
    ...(persona?.isSnapshotUser ? { is_snapshotuser: 1 } : {}),
    // The union id comes with the wider scope only.
    ...(known.scope === "snsapi_userinfo" ? { unionid: persona?.unionid } : {}),
  };
}

function refreshAccessToken(sandbox: Sandbox, context: SandboxContext): unknown {
  assertAppId(sandbox, context.req.query("appid"));
  if (context.req.query("grant_type") !== "refresh_token") {
    throw new AccountError(40002, "invalid grant_type");
  }
  const refreshToken = assertParameter(context.req.query("refresh_token"), 41003, "refresh_token");
  const known = [...sandbox.state.oauthTokens.values()].find(
    (token) => token.refreshToken === refreshToken,
  );
  if (!known) throw new AccountError(40030, "invalid refresh_token");
  if (sandbox.clock.now() >= known.refreshExpiresAtMs) {
    throw new AccountError(42002, "refresh_token expired");
  }
  return issueToken(sandbox, known.openid, known.scope, refreshToken);
}

function getToken(sandbox: Sandbox, context: SandboxContext): OAuthToken {
  const accessToken = assertParameter(context.req.query("access_token"), 41001, "access_token");
  const openid = assertParameter(context.req.query("openid"), 41009, "openid");
  const token = sandbox.state.oauthTokens.get(accessToken);
  if (!token) throw new AccountError(40001, "invalid credential, access_token is invalid");
  if (sandbox.clock.now() >= token.expiresAtMs) {
    throw new AccountError(42001, "access_token expired");
  }
  if (token.openid !== openid) throw new AccountError(40003, "invalid openid");
  return token;
}

function getUserInfo(sandbox: Sandbox, context: SandboxContext): unknown {
  const token = getToken(sandbox, context);
  if (token.scope !== "snsapi_userinfo") throw new AccountError(48001, "api unauthorized");
  const persona = sandbox.state.personas.get(token.openid);
  // Sex and place have been empty since 2021 (wechat.md §3.1).
  return {
    openid: token.openid,
    nickname: persona?.nickname ?? "",
    sex: 0,
    language: "",
    city: "",
    province: "",
    country: "",
    headimgurl: `${readPublicUrl(context, sandbox.publicUrl)}/__sandbox/avatars/${token.openid}.svg`,
    privilege: [],
    unionid: persona?.unionid,
  };
}

function checkToken(sandbox: Sandbox, context: SandboxContext): unknown {
  getToken(sandbox, context);
  return { errcode: 0, errmsg: "ok" };
}

/** The four sns calls (wechat.md §3.1). */
export function mountSns(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  const route = (
    path: string,
    endpoint: AccountRoute["endpoint"],
    run: (sandbox: Sandbox, context: SandboxContext) => unknown,
  ): AccountRoute => ({
    method: "GET",
    path,
    endpoint,
    contentType: "text/plain",
    run: (context) => run(sandbox, context),
  });
  mountAccountRoutes(app, sandbox, [
    route("/sns/oauth2/access_token", "oauth_token", exchangeCode),
    route("/sns/oauth2/refresh_token", null, refreshAccessToken),
    route("/sns/userinfo", null, getUserInfo),
    route("/sns/auth", null, checkToken),
  ]);
}
