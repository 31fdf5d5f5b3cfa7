/** The service account's access token, by `stable_token` (wechat.md §3.2). */
import { z } from "zod";
import type { WechatConfig } from "@/lib/wechat/config";
import { createCachedValue } from "@/lib/wechat/js-sdk/cached-value";
import { WechatApiError } from "@/lib/wechat/js-sdk/errors";
import type { CallApi } from "@/lib/wechat/transport/call-api";

export interface AccessToken {
  get(): Promise<string>;
  /** A token other than the one WeChat just refused; forces a new one only when it must. */
  replace(refused: string): Promise<string>;
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
});

export function createAccessToken(
  config: Pick<WechatConfig, "appId" | "appSecret">,
  deps: { now: () => Date; callApi: CallApi },
): AccessToken {
  let refusedToken: string | null = null;

  const fetchToken = async (isForced: boolean) => {
    const answer = await deps.callApi({
      method: "POST",
      path: "/cgi-bin/stable_token",
      body: {
        grant_type: "client_credential",
        appid: config.appId,
        secret: config.appSecret,
        force_refresh: isForced,
      },
    });
    if (!answer.ok) throw new WechatApiError(answer.errcode);
    const token = tokenSchema.safeParse(answer.body);
    if (!token.success) throw new WechatApiError(null);
    return { value: token.data.access_token, expiresInSeconds: token.data.expires_in };
  };
  const cached = createCachedValue(deps.now, async () => {
    const token = await fetchToken(false);
    // Another process may have replaced the token already, and then the plain call brings the new
    // one. Forcing costs one of 20 a day, so it is kept for when WeChat repeats the refused token.
    return token.value === refusedToken ? fetchToken(true) : token;
  });

  return {
    get: () => cached.get(),
    replace(refused) {
      refusedToken = refused;
      cached.drop(refused);
      return cached.get();
    },
  };
}
