import { readAsset } from "./assets";
import { avatarColours } from "./avatar";
import { serializeForScript } from "./html";

const styles = readAsset("phone.css") + readAsset("share-card.css");
const scripts = [
  "dom.js",
  "phone-chrome.js",
  "cashier-overlay.js",
  "weixin-bridge.js",
  "wx-sdk.js",
  "open-tags.js",
  "share-sheet.js",
].map(readAsset);

/**
 * The script that the app loads in place of `https://res.wx.qq.com/open/js/jweixin-1.6.0.js`
 * (wechat.md §1.7, §3.2). It plays WeChat's client as well as its JS-SDK: `window.wx`,
 * `window.WeixinJSBridge`, the cashier, and the "···" of WeChat's title bar.
 *
 * It runs on the app's page under a strict content policy: no inline handlers, no `eval`, styles
 * only through CSSOM, network and frames only to `sandboxUrl`. Loading it twice does nothing.
 *
 * @param options.sandboxUrl origin of the sandbox as the browser reaches it; a trailing slash is dropped
 */
export function jweixinScript(options: { sandboxUrl: string }): string {
  const sandboxUrl = options.sandboxUrl.replace(/\/+$/, "");
  const prelude = serializeForScript({ sandboxUrl, avatarColours, styles });
  return `"use strict";
if (!window.__wechatSandbox) {
window.__wechatSandbox = ${prelude};
${scripts.join("\n")}
}
`;
}
