import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContributionState, decideContribution } from "./rules";

const CLOSES_AT = new Date("2026-12-21T16:00:00Z");
const NOW = new Date("2026-12-01T00:00:00Z");

function state(
  policy: Partial<ContributionState["policy"]> = {},
  payer: Partial<ContributionState["payer"]> = {},
): ContributionState {
  return {
    policy: {
      status: "active",
      unitsPaid: 3,
      unitsHeld: 2,
      unitsMax: 100,
      collectingUntil: CLOSES_AT,
      ...policy,
    },
    payer: { isInsured: false, hasSupported: false, ...payer },
  };
}

describe("R12, R14, R15, R17: may this person add a unit now", () => {
  test.each<[label: string, given: ContributionState, now: Date, expected: string]>([
    ["a friend, in time, with room", state(), NOW, "ok"],
    ["the last free place", state({ unitsPaid: 97 }), NOW, "ok"],
    ["a millisecond before the close", state(), new Date(CLOSES_AT.getTime() - 1), "ok"],
    ["the insured himself", state({}, { isInsured: true }), NOW, "own_policy"],
    ["a second gift", state({}, { hasSupported: true }), NOW, "already_supported"],
    [
      "an unpaid policy",
      state({ status: "pending_payment", collectingUntil: null }),
      NOW,
      "policy_not_open",
    ],
    ["an ended policy", state({ status: "ended" }), NOW, "policy_not_open"],
    ["an active policy without a window", state({ collectingUntil: null }), NOW, "policy_not_open"],
    ["at the close", state(), CLOSES_AT, "collecting_closed"],
    ["full of units", state({ unitsPaid: 100, unitsHeld: 0 }), NOW, "cap_reached"],
    ["full of promises", state({ unitsPaid: 0, unitsHeld: 100 }), NOW, "cap_reached"],
    ["full of both", state({ unitsPaid: 60, unitsHeld: 40 }), NOW, "cap_reached"],
  ])("%s", (_label, given, now, expected) => {
    const decision = decideContribution(given, now);
    expect(decision.ok ? "ok" : decision.code).toBe(expected);
  });

  test("what is about the person is said before what is about the policy, in one fixed order", () => {
    const everything = state(
      { status: "ended", unitsPaid: 100, unitsHeld: 0 },
      { isInsured: true, hasSupported: true },
    );
    const codes: string[] = [];
    const mends: ((given: ContributionState) => void)[] = [
      (given) => Object.assign(given.payer, { isInsured: false }),
      (given) => Object.assign(given.payer, { hasSupported: false }),
      (given) => Object.assign(given.policy, { status: "active" }),
      (given) => Object.assign(given.policy, { collectingUntil: new Date("2027-01-01T00:00:00Z") }),
      (given) => Object.assign(given.policy, { unitsPaid: 99 }),
    ];
    for (const mend of mends) {
      const decision = decideContribution(everything, CLOSES_AT);
      codes.push(decision.ok ? "ok" : decision.code);
      mend(everything);
    }
    expect(codes).toEqual([
      "own_policy",
      "already_supported",
      "policy_not_open",
      "collecting_closed",
      "cap_reached",
    ]);
    expect(decideContribution(everything, CLOSES_AT)).toEqual({ ok: true });
  });

  test("nobody is let in past the cap or the close", () => {
    fc.assert(
      fc.property(
        fc.nat(120),
        fc.nat(120),
        fc.integer({ min: -1e9, max: 1e9 }),
        (unitsPaid, unitsHeld, offsetMs) => {
          const now = new Date(CLOSES_AT.getTime() + offsetMs);
          const { ok } = decideContribution(state({ unitsPaid, unitsHeld }), now);
          expect(ok).toBe(unitsPaid + unitsHeld < 100 && offsetMs < 0);
        },
      ),
    );
  });
});
