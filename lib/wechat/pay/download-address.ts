import { WechatPayError } from "@/lib/wechat/pay/errors";

/** WeChat Pay's two hosts for the same API (wechat.md §1.1); a file may be on either. */
const PRODUCTION_ORIGINS = ["https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com"];

/** Visible ASCII, no fragment: what can be signed and sent exactly as it stands. */
const SENDABLE_PATH = /^\/[\x21\x22\x24-\x7e]*$/;

/**
 * Splits the address of a file. Its request is signed with the merchant's key, so it must not leave
 * for a stranger: only the host the client talks to, or WeChat's other one, is asked. The address is
 * compared as text, because the path is signed as text and no two parsers may disagree about it.
 *
 * @param baseOrigin origin of the API the client talks to.
 * @returns the path carries the query, exactly as given.
 * @throws WechatPayError `foreign_address`.
 */
export function splitDownloadUrl(
  url: string,
  baseOrigin: string,
): { origin: string; path: string } {
  const origins = PRODUCTION_ORIGINS.includes(baseOrigin) ? PRODUCTION_ORIGINS : [baseOrigin];
  const origin = origins.find((known) => url.startsWith(`${known}/`));
  const path = origin === undefined ? "" : url.slice(origin.length);
  if (origin !== undefined && SENDABLE_PATH.test(path)) return { origin, path };
  throw new WechatPayError({
    outcome: "unknown",
    reason: "foreign_address",
    message: "WeChat's answer names a file that is not on its own host",
  });
}
