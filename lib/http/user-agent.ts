/** Since this version WeChat draws its own elements on pages, such as the one that asks for a message. */
const OPEN_TAGS_SINCE = [7, 0, 12] as const;

/** True in a WeChat on a phone that knows open tags (wechat.md §3.3). */
export function knowsOpenTags(userAgent: string | null): boolean {
  const version = /MicroMessenger\/(\d+)\.(\d+)\.(\d+)/i.exec(userAgent ?? "");
  if (!version || /WindowsWechat|MacWechat/i.test(userAgent ?? "")) return false;
  const steps = OPEN_TAGS_SINCE.map((part, index) => Number(version[index + 1]) - part);
  return (steps.find((step) => step !== 0) ?? 0) >= 0;
}

/** True inside WeChat's browser, the only place where its sign-in and cashier work. */
export function isWechatUserAgent(userAgent: string | null): boolean {
  return /MicroMessenger/i.test(userAgent ?? "");
}
