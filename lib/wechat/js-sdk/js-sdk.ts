/** Parameters of `wx.config` for one page address (wechat.md §3.2). */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { WechatConfig } from "@/lib/wechat/config";
import { type AccountApi, createAccountApi } from "@/lib/wechat/js-sdk/account-api";
import { createCachedValue } from "@/lib/wechat/js-sdk/cached-value";
import { WechatApiError } from "@/lib/wechat/js-sdk/errors";

export interface JsSdkConfig {
  appId: string;
  /** Seconds; a number here, unlike the cashier's `timeStamp`. */
  timestamp: number;
  nonceStr: string;
  signature: string;
}

export interface JsSdk {
  /**
   * Signs a page address. Everything from `#` on is left out, the query stays.
   *
   * @throws WechatApiError when WeChat gives no ticket.
   */
  configFor(url: string): Promise<JsSdkConfig>;
}

const ticketSchema = z.looseObject({
  ticket: z.string().min(1),
  expires_in: z.number().positive(),
});

export function createJsSdk(
  config: Pick<WechatConfig, "appId" | "appSecret" | "apiBaseUrl">,
  deps: { now: () => Date; newNonce: () => string; accountApi?: AccountApi; timeoutMs?: number },
): JsSdk {
  const accountApi = deps.accountApi ?? createAccountApi(config, deps);
  const ticket = createCachedValue(deps.now, async () => {
    const answer = await accountApi.call({
      method: "GET",
      path: "/cgi-bin/ticket/getticket",
      query: { type: "jsapi" },
    });
    if (!answer.ok) throw new WechatApiError(answer.errcode);
    const fresh = ticketSchema.safeParse(answer.body);
    if (!fresh.success) throw new WechatApiError(null);
    return { value: fresh.data.ticket, expiresInSeconds: fresh.data.expires_in };
  });

  return {
    async configFor(url) {
      const timestamp = Math.floor(deps.now().getTime() / 1000);
      const nonceStr = deps.newNonce();
      const signature = signPage({ ticket: await ticket.get(), nonceStr, timestamp, url });
      return { appId: config.appId, timestamp, nonceStr, signature };
    },
  };
}

/** SHA-1 over the sorted, lower-case, unescaped pairs: WeChat's algorithm, not a choice of ours. */
export function signPage(page: {
  ticket: string;
  nonceStr: string;
  timestamp: number;
  url: string;
}): string {
  const url = page.url.split("#", 1)[0];
  const message = `jsapi_ticket=${page.ticket}&noncestr=${page.nonceStr}&timestamp=${page.timestamp}&url=${url}`;
  return createHash("sha1").update(message).digest("hex");
}
