/** How long WeChat lets the values of a message be; what is longer is refused whole (47003). Pure. */

/** `thing`: 20 characters of any kind (wechat.md §3.3). */
const THING_CHARACTERS_MAX = 20;
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** One line of at most twenty characters, cut with an ellipsis. */
export function toThing(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, " ").trim());
  if (characters.length <= THING_CHARACTERS_MAX) return characters.join("");
  return `${characters.slice(0, THING_CHARACTERS_MAX - 1).join("")}…`;
}

/** `time` in Shanghai, as in WeChat's own example: `2026年11月24日 12:05`. */
export function toTime(instant: Date): string {
  const local = new Date(instant.getTime() + SHANGHAI_OFFSET_MS);
  const minutes = local.toISOString().slice(11, 16);
  return `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日 ${minutes}`;
}
