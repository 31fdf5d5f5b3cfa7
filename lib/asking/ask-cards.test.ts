import { describe, expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locale";
import { type AskFacts, askCards } from "./ask-cards";
import { TONES } from "./limits";

const FACTS: AskFacts = {
  askerName: "小雨",
  coverPerUnitYuan: 1000,
  unitsMax: 100,
  waitingDays: 90,
  insurer: { name: "示例人寿保险有限公司", productName: "防癌险", filingNo: "备案-1" },
  link: "https://example.com/p/abc",
};

/** R54, and what makes WeChat take a domain away: rewards, forced sharing, collecting, begging. */
const BANNED = [
  /最|第一|唯一|国家级|顶级|首月|免费|保证|稳赚|秒批|限时|(?<![\d,.])0 ?元/,
  /红包|奖|返现|优惠|积分|抽|翻倍|送你|礼|领取/,
  /集赞|集卡|砍|助力|加速|拼团|转发|必须|务必|赶快|马上|马上|倒计时/,
  /求求|拜托|可怜|救命|救救|帮帮我/,
  /\b(free|reward|bonus|prize|coupon|must|hurry|please help|beg|guarantee|best|first|only)\b/i,
];

describe.each(LOCALES)("in %s", (locale) => {
  const cards = askCards(FACTS, locale);

  test("every tone says something of its own", () => {
    expect(cards.map(({ tone }) => tone)).toEqual([...TONES]);
    for (const field of ["title", "description", "sentence"] as const) {
      expect(new Set(cards.map((card) => card[field])).size).toBe(TONES.length);
    }
  });

  test.each(cards)("R44: $tone carries what the law wants read, before anything else", (card) => {
    const { name, productName, filingNo } = FACTS.insurer;
    for (const part of [name, productName, filingNo, "90"])
      expect(card.description).toContain(part);
    expect(card.description).toMatch(
      locale === "en" ? /^Ad · Insurance product/ : /^广告 · 保险产品/,
    );
    expect(card.momentsTitle).toContain(card.title);
    expect(card.momentsTitle).toMatch(
      locale === "en" ? /Ad · Insurance.*90/ : /广告 · 保险产品.*90/,
    );
    expect(card.sentence).toMatch(locale === "en" ? /Insurance product.*90/ : /保险产品.*90/);
  });

  test.each(cards)("R54, wechat.md §5: $tone promises, rewards and begs nothing", (card) => {
    const text = [card.title, card.description, card.momentsTitle, card.sentence].join("\n");
    expect(BANNED.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])).toEqual([]);
  });

  test.each(cards)("$tone ends its sentence with the link, apart from the words", (card) => {
    expect(card.sentence).toMatch(/[）)] https:\/\/example\.com\/p\/abc$/);
  });
});
