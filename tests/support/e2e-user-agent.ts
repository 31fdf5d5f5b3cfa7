/** WeChat's browser on an Android phone (wechat.md §4). */
export const WECHAT_USER_AGENT =
  "Mozilla/5.0 (Linux; Android 15; PKG110 Build/AP3A.240617.008; wv) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Version/4.0 Chrome/138.0.7204.180 Mobile Safari/537.36 XWEB/1380215 " +
  "MMWEBSDK/20250904 MMWEBID/6169 MicroMessenger/8.0.64.2940(0x28004034) WeChat/arm64 Weixin " +
  "NetType/WIFI Language/zh_CN ABI/arm64";

/** The same on an iPhone. */
export const WECHAT_IPHONE_USER_AGENT =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
  "Mobile/15E148 MicroMessenger/8.0.69(0x18004526) NetType/WIFI Language/zh_CN";
