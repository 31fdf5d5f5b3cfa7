/** OAuth 2.0 of a WeChat service account: who is looking at the page (wechat.md §3.1). */
import { z } from "zod";
import type { WechatConfig } from "@/lib/wechat/config";
import { createCallApi, encodeQuery } from "@/lib/wechat/transport/call-api";

/** `snsapi_base` is silent and enough to pay; `snsapi_userinfo` asks, so only after a tap. */
export type OauthScope = "snsapi_base" | "snsapi_userinfo";

/**
 * `code_invalid`: wrong or older than 5 minutes; start again. `code_used`: a double callback or the
 * back button; done already if a session exists. `config`: ours to repair. `unavailable`: try later.
 */
export type OauthErrorCode = "code_invalid" | "code_used" | "config" | "unavailable";

export type CodeExchange =
  | {
      ok: true;
      openid: string;
      /** Only when the account is bound to an open platform. */
      unionid: string | null;
      /** A visitor in 快照页 mode: openid and profile are invented, so refuse politely. */
      isSnapshotUser: boolean;
      scope: string;
      /** The visitor's own token, for `fetchProfile`; two hours, never logged, never stored. */
      accessToken: string;
    }
  | { ok: false; code: OauthErrorCode; errcode: number | null };

export type ProfileFetch =
  | { ok: true; openid: string; unionid: string | null; nickname: string; avatarUrl: string | null }
  | { ok: false; code: "token_invalid" | "config" | "unavailable"; errcode: number | null };

export interface WechatOauth {
  /** Address to redirect to. @param state 1 to 128 letters and digits, bound to the browser. */
  authorizeUrl(request: { redirectUri: string; state: string; scope: OauthScope }): string;
  /** Spends a one-time code. */
  exchangeCode(code: string): Promise<CodeExchange>;
  /** Nickname and picture; only for a token of scope `snsapi_userinfo`. */
  fetchProfile(visitor: { accessToken: string; openid: string }): Promise<ProfileFetch>;
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  openid: z.string().min(1),
  scope: z.string(),
  unionid: z.string().optional(),
  is_snapshotuser: z.number().optional(),
});

const profileSchema = z.looseObject({
  openid: z.string().min(1),
  nickname: z.string(),
  headimgurl: z.string().optional(),
  unionid: z.string().optional(),
});

const CODE_INVALID_ERRCODES = new Set([40029, 42003, 41008]);
const CODE_USED_ERRCODE = 40163;
const TOKEN_INVALID_ERRCODES = new Set([40001, 40003, 40014, 42001, 41001]);
/** appid, secret, address list or scope: nothing the visitor can do. */
const CONFIG_ERRCODES = new Set([40001, 40013, 40125, 40164, 41002, 41004, 48001, 50002]);

/**
 * @param deps.now not needed today: WeChat judges the age of codes. Part of the contract all clients share.
 */
export function createWechatOauth(
  config: Pick<WechatConfig, "appId" | "appSecret" | "apiBaseUrl" | "openBaseUrl">,
  deps: { now: () => Date; timeoutMs?: number },
): WechatOauth {
  const callApi = createCallApi(config.apiBaseUrl, deps.timeoutMs);

  return {
    authorizeUrl({ redirectUri, state, scope }) {
      if (!/^[a-zA-Z0-9]{1,128}$/.test(state)) {
        throw new RangeError("An OAuth state is 1 to 128 letters and digits");
      }
      // The order is WeChat's: its documentation warns that links in another order may not open.
      const query = encodeQuery({
        appid: config.appId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope,
        state,
      });
      const base = config.openBaseUrl.replace(/\/+$/, "");
      return `${base}/connect/oauth2/authorize?${query}#wechat_redirect`;
    },

    async exchangeCode(code) {
      const answer = await callApi({
        method: "GET",
        path: "/sns/oauth2/access_token",
        query: {
          appid: config.appId,
          secret: config.appSecret,
          code,
          grant_type: "authorization_code",
        },
      });
      if (!answer.ok) {
        return { ok: false, code: exchangeErrorOf(answer.errcode), errcode: answer.errcode };
      }
      const token = tokenSchema.safeParse(answer.body);
      if (!token.success) return { ok: false, code: "unavailable", errcode: null };
      return {
        ok: true,
        openid: token.data.openid,
        unionid: token.data.unionid || null,
        isSnapshotUser: token.data.is_snapshotuser === 1,
        scope: token.data.scope,
        accessToken: token.data.access_token,
      };
    },

    async fetchProfile({ accessToken, openid }) {
      const answer = await callApi({
        method: "GET",
        path: "/sns/userinfo",
        query: { access_token: accessToken, openid, lang: "zh_CN" },
      });
      if (!answer.ok) {
        return { ok: false, code: profileErrorOf(answer.errcode), errcode: answer.errcode };
      }
      const profile = profileSchema.safeParse(answer.body);
      if (!profile.success || profile.data.openid !== openid) {
        return { ok: false, code: "unavailable", errcode: null };
      }
      return {
        ok: true,
        openid,
        unionid: profile.data.unionid || null,
        nickname: profile.data.nickname,
        avatarUrl: profile.data.headimgurl || null,
      };
    },
  };
}

function exchangeErrorOf(errcode: number | null): OauthErrorCode {
  if (errcode === CODE_USED_ERRCODE) return "code_used";
  if (errcode === null) return "unavailable";
  if (CODE_INVALID_ERRCODES.has(errcode)) return "code_invalid";
  return CONFIG_ERRCODES.has(errcode) ? "config" : "unavailable";
}

function profileErrorOf(errcode: number | null): "token_invalid" | "config" | "unavailable" {
  if (errcode === null) return "unavailable";
  if (TOKEN_INVALID_ERRCODES.has(errcode)) return "token_invalid";
  return CONFIG_ERRCODES.has(errcode) ? "config" : "unavailable";
}
