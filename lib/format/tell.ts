import { fill } from "@/lib/i18n/fill";
import type { Locale } from "@/lib/i18n/locale";
import { dayOfInstant, formatFullDay, formatTime } from "./dates";
import { formatFen, formatYuan } from "./money";

export interface TellWords {
  /** A sentence for every kind of event, with `{places}` for its values. */
  readonly events: Readonly<Record<string, string>>;
  /** What the codes of a value are called, by the value's name. */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * One event as a sentence. The last word of a value's name says how it is written: `…Fen` and
 * `…Yuan` as money, `…On` as a day, `…At` as a time, with its day when that is not the event's own.
 */
export function tell(
  event: { kind: string; at: string; values: Readonly<Record<string, string | number>> },
  words: TellWords,
  locale: Locale,
): string {
  const said = Object.entries(event.values).map(([name, value]) => [
    name,
    words.names[name]?.[value] ?? write(name, value, event.at, locale),
  ]);
  const sentence = fill(words.events[event.kind] ?? event.kind, Object.fromEntries(said));
  // What an older row does not say is a gap in it, not in the sentence.
  return sentence.replace(/\{\w+\}/g, "–");
}

function write(name: string, value: string | number, eventAt: string, locale: Locale): string {
  if (typeof value === "number") {
    if (name.endsWith("Fen")) return formatFen(value);
    return name.endsWith("Yuan") ? formatYuan(value) : String(value);
  }
  if (name.endsWith("On") && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatFullDay(value, locale);
  if (name.endsWith("At") && !Number.isNaN(Date.parse(value))) {
    const [day, own] = [dayOfInstant(value), dayOfInstant(eventAt)];
    const time = formatTime(value);
    return day === own ? time : `${formatFullDay(day, locale)} ${time}`;
  }
  return value;
}
