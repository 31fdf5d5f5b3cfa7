import { describe, expect, test } from "vitest";
import { ORDER_STATES, type OrderOut, REFUND_REASONS } from "@/lib/payments/contract";
import { decidePaymentStory } from "./payment-story";

const unit = {
  kind: "unit",
  seq: 37,
  endorsementNo: "WH2026-000037-037",
  coverYuan: 1000,
  waitingUntil: "2026-07-21",
  endedOn: null,
} satisfies OrderOut["outcome"];
const refund = (state: "requested" | "processing" | "succeeded" | "abnormal" | "closed") =>
  ({ kind: "refund", state, reason: REFUND_REASONS[0], amountFen: 100 }) as const;

describe("every yuan has a story", () => {
  test.each(ORDER_STATES)("an order that is %s, without an outcome", (state) => {
    const expected = { pending: "pending", closed: "closed" }[state as "pending" | "closed"];
    expect(decidePaymentStory({ state, outcome: null }).kind).toBe(expected ?? "settling");
  });

  test("a unit is a unit, until it has ended", () => {
    const over = { ...unit, endedOn: "2027-04-22" };
    for (const [kind, outcome] of [
      ["unit", unit],
      ["ended", over],
    ] as const) {
      expect(decidePaymentStory({ state: "settled", outcome })).toEqual({ kind, outcome });
    }
  });

  test.each([
    ["refunding", "requested", false],
    ["refunding", "processing", false],
    ["refunded", "succeeded", false],
    ["refund_failed", "abnormal", true],
    ["refund_failed", "processing", true],
    ["refunding", "closed", true],
  ] as const)("an order %s with its refund %s needs a person: %s", (state, refundState, needs) => {
    expect(decidePaymentStory({ state, outcome: refund(refundState) })).toMatchObject({
      kind: "refund",
      needsPerson: needs,
    });
  });
});
