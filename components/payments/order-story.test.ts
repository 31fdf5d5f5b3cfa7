import { describe, expect, test } from "vitest";
import type { OrderOut } from "@/lib/payments/contract";
import { decideOrderStory, isMoving } from "./order-story";

const ORDER: OrderOut = {
  outTradeNo: "WHZ20261122000001",
  state: "pending",
  amountFen: 100,
  expiresAt: "2026-11-22T04:00:00Z",
  paidAt: null,
  settledAt: null,
  outcome: null,
};
const UNIT = {
  kind: "unit",
  seq: 37,
  endorsementNo: "WH2026-0037-037",
  coverYuan: 1000,
  waitingUntil: "2027-02-21",
  endedOn: null,
} as const;

function refund(state: "requested" | "processing" | "succeeded" | "abnormal" | "closed") {
  return { kind: "refund", state, reason: "cap_reached", amountFen: 100 } as const;
}

describe("decideOrderStory", () => {
  test.each([
    ["not known yet", {}, "undecided", undefined],
    ["a unit", { state: "settled", outcome: UNIT }, "unit", undefined],
    [
      "a unit that is over",
      { state: "settled", outcome: { ...UNIT, endedOn: "2027-11-23" } },
      "ended",
      undefined,
    ],
    ["never paid", { state: "closed" }, "closed", undefined],
    ["asked for", { state: "refunding", outcome: refund("requested") }, "refund", "returning"],
    ["under way", { state: "refunding", outcome: refund("processing") }, "refund", "returning"],
    ["back", { state: "refunded", outcome: refund("succeeded") }, "refund", "returned"],
    ["stuck", { state: "refund_failed", outcome: refund("abnormal") }, "refund", "failed"],
    ["refused by the bank", { state: "refunding", outcome: refund("closed") }, "refund", "failed"],
    ["refunding before its row is read", { state: "refunding" }, "refund", "returning"],
  ] as const)("%s", (_label, change, kind, phase) => {
    const story = decideOrderStory({ ...ORDER, ...change });
    expect(story.kind).toBe(kind);
    expect(story.kind === "refund" ? story.phase : undefined).toBe(phase);
  });

  test("only what changes by itself is asked again", () => {
    expect(isMoving(decideOrderStory(ORDER))).toBe(true);
    expect(isMoving(decideOrderStory({ ...ORDER, state: "refunding" }))).toBe(true);
    expect(isMoving(decideOrderStory({ ...ORDER, state: "refunded" }))).toBe(false);
    expect(isMoving(decideOrderStory({ ...ORDER, state: "closed" }))).toBe(false);
    for (const outcome of [UNIT, { ...UNIT, endedOn: "2027-11-23" }]) {
      expect(isMoving(decideOrderStory({ ...ORDER, state: "settled", outcome }))).toBe(false);
    }
  });
});
