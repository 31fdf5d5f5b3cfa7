import { readAsset } from "./assets";
import { renderAvatar } from "./avatar";
import { renderDocument } from "./document";
import { type Html, html } from "./html";

/** What the sandbox shows of one invented WeChat account. */
export type PickerPersona = { openid: string; nickname: string; isSnapshotUser: boolean };

export type PickerView = {
  personas: PickerPersona[];
  /** Where choosing this person leads: back into the authorisation, with `persona=` set. */
  continueUrl: (openid: string) => string;
  /** Target of the form that adds a person; receives `nickname` and `returnTo`. */
  createAction: string;
  returnTo: string;
  /** Who asks for the identity, as WeChat's own consent page names it. */
  appName: string;
};

const styles = readAsset("picker.css");

// Long enough for any nickname, short enough for one line of the list.
const nicknameCharactersMax = 20;

/**
 * The page WeChat does not have: on a real phone the account is known, in the sandbox somebody has
 * to say who is holding it. Shown by authorize when no `persona` is named (design §7).
 */
export function pickerPage(view: PickerView): string {
  const body = html`<main>
<p class="sandbox-mark">微信沙箱 · 不是真的微信</p>
<h1>谁在用这部手机？</h1>
<p class="soft">「${view.appName}」想知道你是谁。选一个人继续。<br><span lang="en">Who is holding this phone?</span></p>
${renderPeople(view)}
<form method="post" action="${view.createAction}">
<input type="hidden" name="returnTo" value="${view.returnTo}">
<label for="nickname">再来一位新朋友</label>
<div class="field"><input id="nickname" name="nickname" required maxlength="${nicknameCharactersMax}" autocomplete="off" placeholder="昵称，例如 大海"><button type="submit">加入</button></div>
</form>
</main>`;
  return renderDocument({ title: "谁在用这部手机？· 微信沙箱", styles, body });
}

function renderPeople(view: PickerView): Html {
  if (view.personas.length === 0) {
    return html`<p class="empty">还没有人。先在下面加一位。</p>`;
  }
  const people = view.personas.map((persona) => renderPerson(persona, view.continueUrl));
  return html`<ul class="people" aria-label="可以选择的人">${people}</ul>`;
}

function renderPerson(persona: PickerPersona, continueUrl: PickerView["continueUrl"]): Html {
  const note = persona.isSnapshotUser
    ? html`<small>快照页访客 · 不能付款</small>`
    : html`<small class="openid">${persona.openid}</small>`;
  return html`<li><a href="${continueUrl(persona.openid)}">${renderAvatar(persona)}<span class="name">${persona.nickname}${note}</span><span class="go" aria-hidden="true">›</span></a></li>`;
}
