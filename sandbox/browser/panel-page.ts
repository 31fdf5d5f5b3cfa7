import { readAsset } from "./assets";
import { renderDocument } from "./document";
import { faultChoices } from "./fault-choices";
import { type Html, html } from "./html";

export type PanelView = {
  /** Origin of the sandbox as the browser reaches it. */
  sandboxUrl: string;
  /** Base URL of the app; "以TA打开" leads to it. */
  appUrl: string;
};

const styles = readAsset("panel.css") + readAsset("panel-records.css");
const scripts = [
  "dom.js",
  "panel.js",
  "panel-people.js",
  "panel-clock.js",
  "panel-faults.js",
  "panel-money-out.js",
  "panel-records.js",
].map(readAsset);

/**
 * The control panel: one person plays the insured, every friend, WeChat and time (design §7).
 * The page is a frame; its scripts fill it from the control API and refresh it while it is visible.
 */
export function panelPage(view: PanelView): string {
  const sandboxUrl = view.sandboxUrl.replace(/\/+$/, "");
  const appUrl = view.appUrl.replace(/\/+$/, "");
  const body = html`<header class="top">
<div><h1>微信沙箱</h1><p class="soft" lang="en">A WeChat on your desk. One person plays everyone.</p></div>
<p class="sandbox-mark">没有真的微信，也没有真的钱</p>
<a class="button strong" href="${appUrl}/" target="_blank" rel="noopener">打开 App ↗</a>
</header>
<p id="status" role="status" hidden></p>
<main>
<div class="column">
${clockSection}
${peopleSection}
${renderFaultSection()}
</div>
<div class="column wide">
${renderRecords("transactions", "交易", "Transactions", "还没有交易。去 App 里付一块钱试试。")}
${renderRecords("messages", "服务通知", "Messages on people's phones", "还没有人收到。在 App 里点「告诉我」，同意之后才会有。")}
${renderRecords("notifications", "通知", "Notifications to the app", "还没有通知。付款成功后，微信会通知 App。")}
${renderRecords("refunds", "退款", "Refunds", "还没有退款。")}
${renderRecords("transfers", "转账", "Transfers to users", "还没有转账。")}
</div>
</main>
<footer><div><b>从头来过</b><p class="soft">清空这里的人、交易、通知和时间。App 自己的数据库不会变。</p></div><button type="button" class="button danger" id="reset">清空沙箱</button></footer>`;
  const data = { sandboxUrl, appUrl, faultChoices };
  return renderDocument({ title: "微信沙箱 · 控制台", styles, body, data, scripts });
}

const clockSection = html`<section class="card clock" aria-labelledby="clock-title">
<h2 id="clock-title">时间机器 <small lang="en">Time machine</small></h2>
<p class="now num" id="clock-time">––:––:––</p>
<p class="soft num" id="clock-date">正在对表…</p>
<div class="jumps" role="group" aria-label="向前跳">
<button type="button" class="button" data-seconds="3600">+1 小时</button>
<button type="button" class="button" data-seconds="86400">+1 天</button>
<button type="button" class="button" data-seconds="2505600">+29 天</button>
<button type="button" class="button" data-seconds="7689600">+89 天</button>
<button type="button" class="button strong" data-seconds="7776000">+90 天</button>
</div>
<form id="clock-form" class="inline">
<label>再往前 <input name="amount" type="number" inputmode="numeric" min="1" max="9999" value="1" required></label>
<select name="unit" aria-label="时间单位"><option value="60">分钟</option><option value="3600">小时</option><option value="86400" selected>天</option></select>
<button type="submit" class="button">跳</button>
</form>
<p class="soft">只能向前。跳的时候，到点的通知和退款会一件件办完。</p>
</section>`;

const peopleSection = html`<section class="card" aria-labelledby="people-title">
<h2 id="people-title">人 <small lang="en">People</small></h2>
<ul id="people" class="people"><li class="empty">正在找人…</li></ul>
<form id="people-form" class="inline">
<input name="nickname" aria-label="新朋友的昵称" placeholder="昵称，例如 大海" maxlength="20" required autocomplete="off">
<button type="submit" class="button">加入</button>
<label class="check"><input type="checkbox" name="isSnapshotUser"> 快照页访客，没有真正的身份</label>
</form>
<p class="soft">一个浏览器同时只能是一个人；要两个人一起在线，用无痕窗口打开第二个。</p>
</section>`;

function renderFaultSection(): Html {
  const endpoints = faultChoices.map(
    ({ endpoint, label }) => html`<option value="${endpoint}">${label}</option>`,
  );
  return html`<section class="card" aria-labelledby="faults-title">
<h2 id="faults-title">故障 <small lang="en">Faults</small></h2>
<form id="fault-form" class="fields">
<label class="half">哪个接口<select name="endpoint">${endpoints}</select></label>
<label class="half">怎么坏<select name="kind"></select></label>
<label>坏几次<input name="count" type="number" inputmode="numeric" min="1" max="9999" value="1" required></label>
<label data-for="delay late_effect">慢多少毫秒<input name="delayMs" type="number" inputmode="numeric" min="0" max="600000" value="3000"></label>
<label data-for="duplicate">多送几份<input name="copies" type="number" inputmode="numeric" min="1" max="100" value="1"></label>
<label data-for="error">HTTP 状态<input name="status" type="number" inputmode="numeric" min="400" max="599" placeholder="500"></label>
<label data-for="error">错误码<input name="code" placeholder="SYSTEM_ERROR" autocomplete="off" maxlength="64"></label>
<label class="half">只坏这一单<input name="outTradeNo" placeholder="商户单号，不填就是任何一单" autocomplete="off" maxlength="32"></label>
<button type="submit" class="button">让它坏</button>
</form>
<ul id="faults" class="faults" aria-label="还没用完的故障"></ul>
<button type="button" class="button small" id="faults-clear" hidden>全部取消</button>
<form id="refund-outcome-form" class="inline">
<label>接下来 <input name="count" type="number" inputmode="numeric" min="1" max="9999" value="1" required> 笔退款</label>
<select name="status" aria-label="退款的结果"><option value="ABNORMAL">异常</option><option value="CLOSED">关闭</option><option value="SUCCESS">成功</option></select>
<button type="submit" class="button">就这样</button>
</form>
<ul id="refund-outcomes" class="faults" aria-label="还没用完的退款结果"></ul>
</section>`;
}

function renderRecords(id: string, title: string, english: string, empty: string): Html {
  return html`<section class="card records" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <small lang="en">${english}</small><span class="count num" id="${id}-count"></span></h2>
<div id="${id}" data-empty="${empty}"><p class="empty">正在看…</p></div>
</section>`;
}
