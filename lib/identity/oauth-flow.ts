/**
 * Signing in through WeChat (wechat.md §3.1). The state is bound to the browser by a signed cookie
 * of its own, so that two tabs do not disturb each other and nobody else's code can be slipped in
 * (login CSRF). A replayed or doubled callback is harmless: with a session it just returns, without
 * one it asks WeChat again, once, silently.
 */
import type { Deps } from "@/lib/deps";
import { cookieLine, readCookie } from "@/lib/http/cookies";
import { safeNextPath } from "@/lib/http/next-path";
import { sessionCookie, viewerOf } from "@/lib/http/session";
import { readToken, signToken } from "@/lib/http/signed-token";
import { isWechatUserAgent } from "@/lib/http/user-agent";
import { randomBase62 } from "@/lib/ids";
import { signIn } from "./sign-in";

/** A code lives five minutes (wechat.md §3.1); ten leave room for a person who hesitates. */
const STATE_SECONDS = 600;
/** Silent, so one more try costs the person nothing; more would be a loop. */
const TRIES_MAX = 2;
/** WeChat allows 16 characters; an emoji may count as several. */
const NICKNAME_CHARS_MAX = 64;

interface OauthState {
  next: string;
  tries: number;
  /** True when the person tapped to show his WeChat nickname; else sign-in is silent. */
  withProfile: boolean;
}

/** Sends the browser to WeChat, or straight back when it is signed in already. */
export function startSignIn(
  deps: Deps,
  request: Request,
  query: { next?: string | undefined; relogin?: string | undefined; profile?: string | undefined },
): Response {
  const next = safeNextPath(query.next);
  const viewer = viewerOf(request, { ...deps.config, now: deps.now() });
  const withProfile = query.profile !== undefined;
  if (viewer && query.relogin === undefined && !withProfile) return redirect(next, []);
  const isWechat = isWechatUserAgent(request.headers.get("user-agent"));
  if (!isWechat && !deps.config.isSandbox) {
    return redirect(`/open-in-wechat?next=${encodeURIComponent(next)}`, []);
  }
  return redirectToWechat(deps, { next, tries: 1, withProfile });
}

/** WeChat's answer: a code for us, and the state that proves that this browser asked. */
export async function finishSignIn(
  deps: Deps,
  request: Request,
  query: { code?: string | undefined; state?: string | undefined },
): Promise<Response> {
  const state = readState(deps, request, query.state ?? "");
  if (!state || !query.code) {
    // The state cookie is gone after a finished sign-in: this is the back button, not an attack.
    const viewer = viewerOf(request, { ...deps.config, now: deps.now() });
    return redirect(viewer ? "/me" : "/sign-in-failed?reason=state", []);
  }
  const exchange = await deps.oauth.exchangeCode(query.code);
  if (exchange.ok) {
    if (exchange.isSnapshotUser) {
      const next = encodeURIComponent(state.next);
      return redirect(`/open-in-wechat?reason=snapshot&next=${next}`, []);
    }
    const nickname = state.withProfile ? await findNickname(deps, exchange) : null;
    const { userId } = await signIn(deps, { ...exchange, nickname });
    const session = sessionCookie(userId, { ...deps.config, now: deps.now() });
    return redirect(state.next, [session, stateCookie(deps, query.state ?? "", "", 0)]);
  }
  deps.log.warn({ oauth: exchange.code, errcode: exchange.errcode }, "sign-in refused");
  const viewer = viewerOf(request, { ...deps.config, now: deps.now() });
  if (viewer) return redirect(state.next, []);
  const canRetry = exchange.code === "code_used" || exchange.code === "code_invalid";
  if (canRetry && state.tries < TRIES_MAX) {
    return redirectToWechat(deps, { ...state, tries: state.tries + 1 });
  }
  return redirect(
    `/sign-in-failed?reason=${exchange.code}&next=${encodeURIComponent(state.next)}`,
    [],
  );
}

/** The nickname the person agreed to show; without an answer he stays as he was. */
async function findNickname(
  deps: Deps,
  visitor: { accessToken: string; openid: string },
): Promise<string | null> {
  const profile = await deps.oauth.fetchProfile(visitor);
  return profile.ok ? profile.nickname.slice(0, NICKNAME_CHARS_MAX) || null : null;
}

function redirectToWechat(deps: Deps, state: OauthState): Response {
  const name = randomBase62(32);
  const expiresAt = new Date(deps.now().getTime() + STATE_SECONDS * 1000);
  const token = signToken(
    deps.config.sessionSecret,
    `oauth:${name}`,
    JSON.stringify(state),
    expiresAt,
  );
  const location = deps.oauth.authorizeUrl({
    redirectUri: `${deps.config.publicUrl}/api/auth/wechat/callback`,
    state: name,
    scope: state.withProfile ? "snsapi_userinfo" : "snsapi_base",
  });
  return redirect(location, [stateCookie(deps, name, token, STATE_SECONDS)]);
}

function readState(deps: Deps, request: Request, name: string): OauthState | null {
  if (!/^[0-9A-Za-z]{32}$/.test(name)) return null;
  const token = readCookie(request, stateCookieName(deps, name));
  if (!token) return null;
  const payload = readToken(deps.config.sessionSecret, `oauth:${name}`, token, deps.now());
  return payload ? (JSON.parse(payload) as OauthState) : null;
}

/** `__Host-` keeps a neighbouring subdomain from planting a state of its own. */
function stateCookieName(deps: Deps, state: string): string {
  return `${deps.config.isSecure ? "__Host-" : ""}oauth-${state.slice(0, 8)}`;
}

function stateCookie(deps: Deps, state: string, token: string, maxAgeSeconds: number): string {
  return cookieLine(stateCookieName(deps, state), token, {
    maxAgeSeconds,
    isSecure: deps.config.isSecure,
  });
}

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}
