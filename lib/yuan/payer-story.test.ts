import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tell } from "@/lib/format/tell";
import { yuanMessages } from "@/lib/i18n/yuan";
import { storySchema } from "./contract";
import { toPayerStory } from "./payer-story";
import { anyFacts, at, refundFacts, unitFacts } from "./testing/facts";

const NOW = at("12:00:00");

describe("what the payer reads", () => {
  test("is every step with his own numbers, and what is still to come", () => {
    const { events } = toPayerStory(unitFacts(), NOW);
    expect(events.map(({ kind, isAhead }) => `${kind}${isAhead ? " ahead" : ""}`)).toEqual([
      "order_created",
      "prepaid",
      "paid",
      "proven",
      "unit_added",
      "unit_effective ahead",
      "unit_matured ahead",
      "unit_expired ahead",
    ]);
    expect(events.flatMap(({ numbers }) => numbers.map(({ value }) => value))).toEqual([
      "W261122abc",
      "4200001",
      "WH2026-000037-037",
    ]);
  });

  test("has nothing of our ids, our books, or anybody else, whatever rows there are", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const story = storySchema.parse(toPayerStory(facts, NOW));
        expect(JSON.stringify(story)).not.toMatch(
          /ord_|usr_|pol_|unt_|ref_|led_|inc_|o_friend|大海|a1b2c3d4|wechat_clearing|never_heard_of/,
        );
        for (const event of story.events) {
          for (const locale of ["zh-CN", "en"] as const) {
            const said = tell(event, yuanMessages(locale).payer, locale);
            expect(said).not.toMatch(/–|\{|undefined|null/);
          }
        }
      }),
    );
  });

  test("R42: a friend does not read why the insured's policy ended; the insured does", () => {
    const facts = refundFacts({ reason: "diagnosis_in_waiting" });
    expect(JSON.stringify(toPayerStory(facts, NOW))).not.toContain("diagnosis");
    facts.order.kind = "first";
    expect(JSON.stringify(toPayerStory(facts, NOW))).toContain("diagnosis_in_waiting");
  });

  test("has each number once, where it first matters", () => {
    const facts = refundFacts({
      state: "succeeded",
      providerId: "50300001",
      submittedAt: at("11:42:06"),
      finishedAt: at("11:42:08"),
    });
    const numbers = toPayerStory(facts, NOW).events.flatMap((event) =>
      event.numbers.map(({ value }) => `${event.kind} ${value}`),
    );
    expect(numbers).toEqual([
      "order_created W261122abc",
      "paid 4200001",
      "refund_requested R261122abc",
      "refund_accepted 50300001",
    ]);
  });

  test("names a day's bill once, though the money stands in two bills of it", () => {
    const line = {
      billOn: "2026-11-22",
      lineNo: 17,
      entry: "payment",
      at: at("11:42:05"),
      transactionId: "4200001",
      outRefundNo: null,
      amountFen: 100,
      feeFen: 1,
      state: null,
      downloadedAt: at("11:59:00"),
    };
    const facts = unitFacts();
    facts.billLines = [
      { ...line, billKind: "fund_basic" },
      { ...line, billKind: "trade" },
    ];
    const bills = toPayerStory(facts, NOW).events.filter(({ kind }) => kind === "in_bill");
    expect(bills).toHaveLength(1);
    expect(bills[0]?.values).toEqual({ entry: "payment", billOn: "2026-11-22" });
  });
});
