/** Calls that carry the service account's access token, which everything of one process shares. */
import type { WechatConfig } from "@/lib/wechat/config";
import { createAccessToken } from "@/lib/wechat/js-sdk/access-token";
import { type ApiAnswer, type ApiRequest, createCallApi } from "@/lib/wechat/transport/call-api";

export interface AccountApi {
  /**
   * Adds the token; asks once more with a new one when WeChat refuses it, which has no effect.
   *
   * @throws WechatApiError when there is no token: nothing was asked then.
   */
  call(request: ApiRequest): Promise<ApiAnswer>;
}

/** The access token is not (or no longer) valid; a new one helps. */
const TOKEN_REFUSED_ERRCODES = new Set([40001, 40014, 42001]);

export function createAccountApi(
  config: Pick<WechatConfig, "appId" | "appSecret" | "apiBaseUrl">,
  deps: { now: () => Date; timeoutMs?: number },
): AccountApi {
  const callApi = createCallApi(config.apiBaseUrl, deps.timeoutMs);
  const accessToken = createAccessToken(config, { now: deps.now, callApi });
  return {
    async call(request) {
      const ask = (token: string) =>
        callApi({ ...request, query: { access_token: token, ...request.query } });
      const token = await accessToken.get();
      const answer = await ask(token);
      const isRefused = !answer.ok && TOKEN_REFUSED_ERRCODES.has(answer.errcode ?? 0);
      return isRefused ? ask(await accessToken.replace(token)) : answer;
    },
  };
}
