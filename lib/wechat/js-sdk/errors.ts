/** WeChat gave no token or ticket. `config`: secret, appid or address list; `unavailable`: try later. */
export class WechatApiError extends Error {
  override readonly name = "WechatApiError";
  readonly code: "config" | "unavailable";

  constructor(
    /** Null when there was no readable answer. */
    readonly errcode: number | null,
  ) {
    super(`WeChat's API gave no answer to use (errcode ${errcode ?? "none"})`);
    this.code = errcode !== null && CONFIG_ERRCODES.has(errcode) ? "config" : "unavailable";
  }
}

/** Secret, appid, address list, permission (wechat.md §3.2). */
const CONFIG_ERRCODES = new Set([40001, 40002, 40013, 40125, 40164, 41002, 41004, 48001]);
