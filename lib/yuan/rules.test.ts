import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endingSchema } from "./contract";
import { decideEnding, type YuanFacts } from "./rules";
import { anyFacts, at, refundFact, refundFacts, unitFacts } from "./testing/facts";

const TODAY = "2026-11-22";

function withState(state: YuanFacts["order"]["state"]): YuanFacts {
  const facts = unitFacts();
  return { ...facts, order: { ...facts.order, state }, unit: null, endorsements: [] };
}

function withIncident(facts: YuanFacts, kind: string, resolvedAt: Date | null = null): YuanFacts {
  const incident = { id: "inc_1", kind, transactionId: "", details: {}, createdAt: at("12:00:00") };
  return { ...facts, incidents: [{ ...incident, resolvedAt }] };
}

describe("where a yuan is", () => {
  const surrendered = unitFacts();
  if (surrendered.unit) Object.assign(surrendered.unit, { status: "ended", endedOn: TODAY });
  const reissued = refundFacts({ id: "ref_2", state: "processing" });
  reissued.refunds.unshift(refundFact({ state: "closed", supersededBy: "ref_2" }));

  test.each<[string, YuanFacts, object]>([
    ["ordered", withState("pending"), { kind: "waiting" }],
    ["never paid", withState("closed"), { kind: "closed_unpaid" }],
    ["a unit", unitFacts(), { kind: "unit", phase: "waiting", seq: 37 }],
    ["a unit whose days were used up", surrendered, { kind: "unit", phase: "ended" }],
    ["asked back", refundFacts(), { kind: "refund_on_its_way", amountFen: 100 }],
    ["at WeChat", refundFacts({ state: "processing" }), { kind: "refund_on_its_way" }],
    [
      "back",
      refundFacts({ state: "succeeded", amountFen: 83, receivedBy: "支付用户零钱" }),
      { kind: "refunded", amountFen: 83, receivedBy: "支付用户零钱" },
    ],
    [
      "abnormal",
      refundFacts({ state: "abnormal" }),
      { kind: "needs_person", refundState: "abnormal" },
    ],
    ["closed by WeChat", refundFacts({ state: "closed" }), { kind: "needs_person" }],
    ["sent anew", reissued, { kind: "refund_on_its_way" }],
    [
      "of another amount, which its refund explains",
      withIncident(refundFacts(), "amount_mismatch"),
      { kind: "refund_on_its_way" },
    ],
    [
      "stuck",
      withIncident(refundFacts(), "refund_stuck"),
      { kind: "needs_person", refundState: "requested" },
    ],
    [
      "no longer stuck",
      withIncident(refundFacts({ state: "succeeded" }), "refund_stuck"),
      { kind: "refunded" },
    ],
    ["paid twice", withIncident(unitFacts(), "second_transaction"), { kind: "needs_person" }],
    [
      "paid twice, and explained",
      withIncident(unitFacts(), "second_transaction", at("13:00:00")),
      { kind: "unit" },
    ],
    [
      "given back at WeChat's own console",
      withIncident(withState("closed"), "refunded_elsewhere"),
      { kind: "needs_person" },
    ],
  ])("%s", (_label, facts, ending) => {
    expect(decideEnding(facts, TODAY)).toMatchObject(ending);
  });

  test.each([
    ["2027-02-20", "waiting"],
    ["2027-02-21", "counting"],
    ["2027-11-22", "counting"],
    ["2027-11-23", "ended"],
  ])("a unit on %s is %s", (today, phase) => {
    expect(decideEnding(unitFacts(), today)).toMatchObject({ kind: "unit", phase });
  });

  test("is always exactly one of six places, whatever rows there are", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const ending = endingSchema.parse(decideEnding(facts, TODAY));
        seen.add(ending.kind);
        const isSame = {
          pending: "waiting",
          closed: "closed_unpaid",
          refunded: "refunded",
        } as const;
        const { state } = facts.order;
        if (ending.kind !== "needs_person" && state in isSame) {
          expect(ending.kind).toBe(isSame[state as keyof typeof isSame]);
        }
        if (state === "refund_failed") expect(ending.kind).toBe("needs_person");
      }),
      { numRuns: 1_000 },
    );
    expect([...seen].sort()).toEqual([
      "closed_unpaid",
      "needs_person",
      "refund_on_its_way",
      "refunded",
      "unit",
      "waiting",
    ]);
  });
});
