import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { Supporter } from "@/lib/policies/views";
import type { TickerLine } from "./ticker";

/** The words that friends let their insured read, newest first. */
export function tickerLines(friends: readonly Supporter[], locale: Locale): TickerLine[] {
  const { anonymous } = ownerMessages(locale).supporters;
  return friends.flatMap(({ endorsementNo, nickname, message }) =>
    message ? [{ key: endorsementNo, name: nickname ?? anonymous, text: message }] : [],
  );
}
