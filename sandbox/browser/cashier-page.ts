import { readAsset } from "./assets";
import { renderAvatar } from "./avatar";
import { renderDocument } from "./document";
import { type Html, html } from "./html";

/** What the cashier shows: an order it may collect, or WeChat's refusal in WeChat's own words. */
export type CashierView =
  | {
      ok: true;
      prepayId: string;
      openid: string;
      payerNickname: string;
      merchantName: string;
      description: string;
      amountFen: number;
      outTradeNo: string;
    }
  | { ok: false; message: string };

type PayableView = Extract<CashierView, { ok: true }>;

const styles = readAsset("cashier.css");
const scripts = [readAsset("dom.js"), readAsset("cashier.js")];

/**
 * The sheet that rises over the app's page when it asks for a payment (wechat.md §1.7). It lives in
 * an iframe, decides through `POST /__sandbox/cashier`, and tells the page above by `postMessage`
 * `{source: "wechat-sandbox-cashier", result}`. The result is what a page would be told, which is
 * not always what happened: the options under 沙箱选项 tell it late, never, or wrongly.
 */
export function cashierPage(view: CashierView): string {
  const body = html`<div class="scrim"></div>
<main class="sheet" aria-label="微信支付收银台（沙箱）">
${view.ok ? renderPayable(view) : renderRefusal(view.message)}
</main>`;
  const data = view.ok
    ? { cashier: { prepayId: view.prepayId, openid: view.openid } }
    : { cashier: null, refusal: view.message };
  return renderDocument({ title: "微信支付 · 沙箱", styles, body, data, scripts });
}

function renderPayable(view: PayableView): Html {
  return html`<header><button type="button" class="close" data-action="cancel" aria-label="取消支付">×</button>${sandboxMark}</header>
<section id="order">
<p class="merchant">${view.merchantName}</p>
<p class="amount num"><span>¥</span>${formatYuan(view.amountFen)}</p>
<dl>
<div><dt>商品</dt><dd>${view.description}</dd></div>
<div><dt>付款人</dt><dd class="payer">${renderAvatar({ openid: view.openid, nickname: view.payerNickname })}${view.payerNickname}</dd></div>
<div><dt>付款方式</dt><dd><span class="purse" aria-hidden="true">¥</span>零钱</dd></div>
<div><dt>商户单号</dt><dd class="number num">${view.outTradeNo}</dd></div>
</dl>
<p id="problem" role="alert" hidden></p>
<button type="button" class="pay" data-action="pay">立即支付</button>
${sandboxOptions}
</section>
<section id="silent" hidden>
<p class="tick" aria-hidden="true">✓</p>
<h1 tabindex="-1">钱已付，页面不知道</h1>
<p class="soft">就像付完款就把微信划掉。返回后，页面收不到任何回调，要靠它自己去查单。</p>
<button type="button" class="plain" data-action="leave">返回页面</button>
</section>`;
}

function renderRefusal(message: string): Html {
  return html`<header><button type="button" class="close" data-action="fail" aria-label="关闭收银台">×</button>${sandboxMark}</header>
<section class="refusal">
<p class="cross" aria-hidden="true">!</p>
<h1>支付没有打开</h1>
<p id="refusal" role="alert">${message}</p>
<button type="button" class="plain" data-action="fail">知道了</button>
</section>`;
}

const sandboxMark = html`<p class="sandbox-mark">沙箱 · 不动真钱 <span lang="en">no real money</span></p>`;

/** What goes wrong between a cashier and a page in real life (wechat.md §6, point 8). */
const sandboxOptions = html`<details>
<summary>沙箱选项</summary>
<div class="options">
<button type="button" data-action="pay_silently">付款后关闭，页面不回调<small lang="en">never told</small></button>
<button type="button" data-action="lie_ok">没付款，却回调成功<small lang="en">ok is not proof</small></button>
<button type="button" data-action="lie_fail">不付款，回调失败<small lang="en">fail</small></button>
<button type="button" data-action="cancel">取消<small lang="en">cancel</small></button>
</div>
</details>`;

/** 100 → "1.00". Integer arithmetic: money never passes through a float. */
function formatYuan(amountFen: number): string {
  const fen = String(Math.trunc(amountFen)).padStart(3, "0");
  return `${fen.slice(0, -2)}.${fen.slice(-2)}`;
}
