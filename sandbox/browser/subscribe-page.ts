import { readAsset } from "./assets";
import { renderDocument } from "./document";
import { type Html, html } from "./html";

export type SubscribeView = {
  /** Those of the page's templates that the account has; WeChat shows no other. */
  templates: readonly { id: string; title: string }[];
  /** Who holds this phone; null when the sandbox has not been told. */
  holder: { openid: string; nickname: string } | null;
  personas: readonly { openid: string; nickname: string }[];
};

const styles = readAsset("cashier.css") + readAsset("subscribe.css");
const scripts = [readAsset("dom.js"), readAsset("subscribe.js")];

/**
 * WeChat's dialog of 订阅通知: which messages the account asks to send, one of each. It lives in an
 * iframe, records what is allowed through `POST /__sandbox/consents`, and tells the page above by
 * `postMessage` `{source: "wechat-sandbox-subscribe", result, statuses}`.
 */
export function subscribePage(view: SubscribeView): string {
  const body = html`<div class="scrim"></div>
<main class="sheet" aria-label="订阅通知（沙箱）">
<p class="sandbox-mark">微信沙箱</p>
<h1>微互助 申请发送一次以下消息</h1>
${view.templates.length > 0 ? renderForm(view) : renderRefusal()}
</main>`;
  return renderDocument({ title: "订阅通知 · 沙箱", styles, body, data: {}, scripts });
}

function renderForm({ templates, holder, personas }: SubscribeView): Html {
  const rows = templates.map(
    ({ id, title }) =>
      html`<li><label><span>${title}</span><input type="checkbox" name="template" value="${id}" checked></label></li>`,
  );
  return html`<form id="subscribe">
<ul class="templates">${rows}</ul>
${holder ? html`<input type="hidden" name="openid" value="${holder.openid}"><p class="soft">以 ${holder.nickname} 的微信接收</p>` : renderWho(personas)}
<p id="problem" role="alert" hidden></p>
<div class="answers"><button type="button" class="plain" data-answer="cancel">取消</button><button type="submit" class="pay">允许</button></div>
</form>`;
}

function renderWho(personas: SubscribeView["personas"]): Html {
  const options = personas.map(
    ({ openid, nickname }) => html`<option value="${openid}">${nickname}</option>`,
  );
  return html`<label class="who">谁在用这部手机？<select name="openid">${options}</select></label>`;
}

function renderRefusal(): Html {
  return html`<p role="alert">没有这样的模板：页面给的模板 id 不属于这个公众号。</p>
<div class="answers"><button type="button" class="plain" data-answer="fail">知道了</button></div>`;
}
