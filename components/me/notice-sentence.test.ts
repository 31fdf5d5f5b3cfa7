import { describe, expect, test } from "vitest";
import { tell } from "@/lib/format/tell";
import { endingsMessages } from "@/lib/i18n/endings";
import { LOCALES } from "@/lib/i18n/locale";
import { noticesMessages } from "@/lib/i18n/notices";
import { problemMessages } from "@/lib/i18n/problems";
import { NOTICE_KINDS, type Notice } from "@/lib/notices/contract";
import { REFUND_REASONS } from "@/lib/payments/contract";
import { END_REASONS } from "@/lib/policies/contract";
import { decideSentence } from "./notice-sentence";

const AT = "2026-11-22T04:00:00.000Z";

/** What `lib/notices` stores for each kind. */
const VALUES: Record<Notice["kind"], Notice["values"]> = {
  unit_settled: { seq: 37, coverYuan: 1000, askerName: "小雨" },
  unit_received: { seq: 37, coverYuan: 1000, nickname: "大海" },
  refund_requested: { amountFen: 100, reason: "gift_withdrawn", askerName: "小雨" },
  refund_succeeded: { amountFen: 100, receivedBy: "支付用户零钱" },
  refund_delayed: { amountFen: 100 },
  thanked: { askerName: "小雨", thanks: "一格一格亮起来，谢谢" },
  policy_full: { unitsMax: 100 },
  unit_ended: { endorsementNo: "WH2026-000001-038", coverDeltaYuan: -1000 },
  policy_ended: { endorsementNo: "WH2026-000001-039", coverDeltaYuan: -37000, reason: "surrender" },
  cover_matured: { units: 3, coverYuan: 3000 },
  window_closing: { units: 37, unitsMax: 100 },
  window_closed: { units: 37, unitsMax: 100 },
  policy_ending: { lastDayOn: "2027-11-22" },
  anniversary: { units: 37, friends: 36 },
};

function say(kind: Notice["kind"], values: Notice["values"], locale: "zh-CN" | "en") {
  const names = {
    reason: problemMessages(locale).refundReasons,
    endReason: endingsMessages(locale).ended.reason,
  };
  const events = noticesMessages(locale).events;
  return tell({ ...decideSentence({ kind, values }), at: AT }, { events, names }, locale);
}

describe.each(LOCALES)("every notice has a whole sentence in %s", (locale) => {
  test.each(NOTICE_KINDS)("%s", (kind) => {
    expect(say(kind, VALUES[kind], locale)).not.toMatch(/–|_|\{|undefined|NaN/);
  });

  // A code without words would be said as it is; only `surrender` looks like a word itself.
  test.each(REFUND_REASONS)("a refund because of %s", (reason) => {
    expect(say("refund_requested", { amountFen: 100, reason }, locale)).not.toMatch(/_|–/);
  });

  test.each(END_REASONS)("an end because of %s", (reason) => {
    const values = { ...VALUES.policy_ended, reason };
    expect(say("policy_ended", values, locale)).not.toMatch(/_|–/);
  });
});

describe("what is not known is not said", () => {
  test("one's own yuan names nobody", () => {
    expect(say("unit_settled", { seq: 1, coverYuan: 1000 }, "zh-CN")).toBe(
      "你的首格亮了：¥1,000 防癌保障。",
    );
  });

  test("an anonymous friend stays one", () => {
    expect(say("unit_received", { seq: 2, coverYuan: 1000 }, "zh-CN")).toMatch(/^一位朋友/);
  });

  test("thanks by one tap, or whose words are hidden, are thanks", () => {
    expect(say("thanked", { askerName: "小雨" }, "zh-CN")).toBe("小雨谢谢你添的那一格。");
    expect(say("thanked", VALUES.thanked, "zh-CN")).toContain("「一格一格亮起来，谢谢」");
  });

  test("what matured today, and a year without friends", () => {
    const matured = { units: 29, coverYuan: 29_000 };
    expect(say("cover_matured", matured, "en")).toBe("Today 29 cells matured: ¥29,000 now counts.");
    expect(say("cover_matured", { units: 1, coverYuan: 1_000 }, "en")).toContain("a cell matured");
    expect(say("anniversary", { units: 1, friends: 0 }, "zh-CN")).not.toContain("朋友");
  });

  test("a refund without its account", () => {
    expect(say("refund_succeeded", { amountFen: 83 }, "zh-CN")).toBe("¥0.83 已经退回给你。");
  });

  test("a cell that went is an amount less", () => {
    expect(say("unit_ended", VALUES.unit_ended, "zh-CN")).toContain("减少 ¥1,000");
  });
});
