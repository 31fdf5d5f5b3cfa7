/**
 * The words of an ask in each tone. The card is a fixed template (R44): only its title and its last
 * words differ. Nothing in it promises anything (R54), rewards sharing or hurries (wechat.md §5).
 */
import { assert } from "@/lib/errors/errors";
import { formatYuan } from "@/lib/format/money";
import { askingMessages } from "@/lib/i18n/asking";
import type { Locale } from "@/lib/i18n/locale";
import type { AskCard } from "./contract";
import { TONES } from "./limits";

export interface AskFacts {
  askerName: string;
  coverPerUnitYuan: number;
  unitsMax: number;
  waitingDays: number;
  insurer: { name: string; productName: string; filingNo: string };
  link: string;
}

/** All tones, in the order in which they are offered. Pure. */
export function askCards(facts: AskFacts, locale: Locale): AskCard[] {
  const { tones, law, lawInFull, lawOfSentence } = askingMessages(locale);
  const { askerName: name, unitsMax, waitingDays, insurer, link } = facts;
  const cover = formatYuan(facts.coverPerUnitYuan);
  const fixed = lawInFull(waitingDays, insurer.name, insurer.productName, insurer.filingNo);
  return TONES.map((tone) => {
    const words = tones[tone];
    const title = words.title(name, cover, unitsMax);
    return {
      tone,
      title,
      description: `${fixed} · ${words.ending}`,
      momentsTitle: `${title} · ${law(waitingDays)}`,
      sentence: `${words.sentence(cover, unitsMax)}${lawOfSentence(waitingDays)} ${link}`,
    };
  });
}

/** The card of pages that are passed on without choosing a tone; no more than it needs. */
export function plainCard(
  facts: AskFacts,
  locale: Locale,
): Pick<AskCard, "title" | "description" | "momentsTitle"> {
  const card = askCards(facts, locale).find(({ tone }) => tone === "plain");
  assert(card, "there is a plain card");
  const { title, description, momentsTitle } = card;
  return { title, description, momentsTitle };
}
