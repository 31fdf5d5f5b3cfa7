import { type Html, html } from "./html";

/** White text reads on each of these at 4.5:1 or better (WCAG 2.2 AA). */
export const avatarColours = [
  "#b4472f",
  "#94590f",
  "#6d6a1c",
  "#3d7442",
  "#2a766c",
  "#336f8e",
  "#5a61a5",
  "#80539b",
  "#a04973",
  "#785a46",
] as const;

/** The same person always has the same colour; `assets/dom.js` repeats this hash in the browser. */
export function avatarColour(openid: string): string {
  let hash = 0;
  for (const character of openid) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return avatarColours[hash % avatarColours.length] ?? avatarColours[0];
}

/** A round face: the first character of the nickname. Decorative, the name always stands beside it. */
export function renderAvatar(person: { openid: string; nickname: string }): Html {
  const initial = Array.from(person.nickname.trim())[0] ?? "·";
  return html`<span class="avatar" aria-hidden="true" style="background:${avatarColour(person.openid)}">${initial}</span>`;
}
