import { avatarColour } from "./browser/avatar";
import { escapeHtml } from "./browser/html";

/** The picture behind `headimgurl`: the same face that the sandbox's own pages draw. */
export function renderPortrait(person: { openid: string; nickname: string }): string {
  const initial = escapeHtml([...person.nickname.trim()][0] ?? "·");
  const colour = avatarColour(person.openid);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 132" width="132" height="132"><rect width="132" height="132" fill="${colour}"/><text x="66" y="66" dy=".36em" text-anchor="middle" font-family="sans-serif" font-size="64" fill="#fff">${initial}</text></svg>`;
}
