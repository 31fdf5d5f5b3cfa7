import { formatFen, formatYuan } from "@/lib/format/money";
import { fill } from "@/lib/i18n/fill";
import { remindersMessages } from "@/lib/i18n/reminders";
import type { MessageKind } from "./contract";

/** Templates are registered in Chinese, and so is what fills them. */
const LOCALE = "zh-CN";

/**
 * The two lines of a message, within WeChat's length. Never a friend's name or words: what WeChat has
 * shown cannot be taken back, and a giver may become anonymous tomorrow (R42).
 */
export function messageWords(
  kind: MessageKind,
  details: Readonly<Record<string, unknown>>,
): { about: string; text: string } {
  const { about, text } = remindersMessages(LOCALE).messages[kind];
  const said = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, write(name, value)]),
  );
  return { about: fill(about, said), text: fill(text, said) };
}

function write(name: string, value: unknown): string {
  if (typeof value !== "number") return `${value ?? ""}`;
  if (name.endsWith("Fen")) return formatFen(value);
  return name.endsWith("Yuan") ? formatYuan(value) : `${value}`;
}
