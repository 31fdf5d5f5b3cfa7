/** True inside WeChat's browser, the only place where its sign-in and cashier work. */
export function isWechatUserAgent(userAgent: string | null): boolean {
  return /MicroMessenger/i.test(userAgent ?? "");
}
