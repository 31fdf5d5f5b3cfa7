/**
 * Goal: nobody gets back more than was paid, every yuan that insured nothing returns in full, and
 * each decision names its rule. Unit 1 was paid on the evening of 2026-11-22; the policy took effect
 * on the 23rd.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import { addDays, startOfShanghaiDay } from "./calendar";
import { payableCover } from "./cover";
import { PLAN_2026_1 as plan } from "./plan";
import {
  calculateFullRefund,
  calculateSurrender,
  calculateSurrenderFen,
  coolingOffLastDayOn,
  decideDiagnosis,
  decideUnitRefund,
  type RefundableUnit,
} from "./refunds";

const EFFECTIVE_ON = "2026-11-23";
const LAST_DAY_ON = "2027-11-22";
const at = (local: string) => new Date(`${local}+08:00`);
const issuedAt = at("2026-11-22T20:00:00");

function unit(unitNumber: number, n: number, endedOn: string | null = null): RefundableUnit {
  return {
    unitNumber,
    premiumFen: 100,
    coverYuan: 1000,
    effectiveOn: addDays(EFFECTIVE_ON, n),
    maturesOn: addDays(EFFECTIVE_ON, n + 90),
    lastDayOn: LAST_DAY_ON,
    endedOn,
  };
}

describe("R26, R30: one unit before it takes effect", () => {
  const gift = unit(7, 10); // effective 2026-12-03

  it.each([
    ["payer", "2026-12-02T23:59:59.999", "gift_withdrawn"],
    ["insured", "2026-12-02T23:59:59.999", "cancelled_before_effective"],
  ] as const)("the %s at %s gets all of it back: %s", (by, local, reason) => {
    expect(decideUnitRefund(gift, { by, requestedAt: at(local) })).toEqual({
      ok: true,
      refund: { unitNumber: 7, reason, refundFen: 100, endedOn: "2026-12-02" },
    });
  });

  it.each([
    [gift, "2026-12-03T00:00:00", "unit_in_effect"],
    [unit(7, 10, "2026-12-01"), "2026-12-02T12:00:00", "unit_already_ended"],
    [unit(1, 0), "2026-11-22T21:00:00", "base_unit_ends_policy"],
    [unit(1, 0, "2026-11-22"), "2026-11-22T21:00:00", "unit_already_ended"],
  ] as const)("unit %# at %s is refused: %s", (each, local, code) => {
    for (const by of ["payer", "insured"] as const) {
      expect(decideUnitRefund(each, { by, requestedAt: at(local) })).toEqual({ ok: false, code });
    }
  });
});

describe("R26–R28: the insured ends the policy", () => {
  const units = [unit(1, 0), unit(2, 0), unit(3, 30)];
  const surrenderAt = (local: string, all = units) =>
    calculateSurrender(plan, { issuedAt, units: all, requestedAt: at(local) });

  it("R27: issued on 22 November, the cooling-off runs through 7 December", () => {
    expect(coolingOffLastDayOn(plan, issuedAt)).toBe("2026-12-07"); // 22 + 15 = 37 − 30
  });

  it.each([
    ["2026-11-22T23:59:59", "cancelled_before_effective", "2026-11-22"],
    ["2026-11-23T00:00:00", "cooling_off", "2026-11-23"],
    ["2026-12-07T23:59:59.999", "cooling_off", "2026-12-07"],
  ])("R26, R27: at %s all of it returns as %s", (local, reason, endedOn) => {
    expect(surrenderAt(local)).toEqual({
      ok: true,
      reason,
      totalFen: 300,
      units: [1, 2, 3].map((unitNumber) => ({ unitNumber, reason, refundFen: 100, endedOn })),
    });
  });

  it("R28: the first instant after the cooling-off pays unused days, and R26 still holds a unit", () => {
    // Requested on 2026-12-08; left 2026-12-09 … 2027-11-22 = 349 of 365 days:
    // 100 × 349 / 365 = 95.6 → 95. Unit 3 takes effect on 12-23, so it returns whole.
    expect(surrenderAt("2026-12-08T00:00:00")).toEqual({
      ok: true,
      reason: "surrender",
      totalFen: 290,
      units: [
        { unitNumber: 1, reason: "surrender", refundFen: 95, endedOn: "2026-12-09" },
        { unitNumber: 2, reason: "surrender", refundFen: 95, endedOn: "2026-12-09" },
        {
          unitNumber: 3,
          reason: "cancelled_before_effective",
          refundFen: 100,
          endedOn: "2026-12-08",
        },
      ],
    });
  });

  it.each([
    [0, "2026-11-23", 99], // 364 of 365 days left: 99.7
    [0, "2027-05-24", 49], // 182 of 365 left: 49.86
    [30, "2027-05-24", 54], // the unit's own term is 335 days: 18200 / 335 = 54.3
    [0, "2027-11-21", 0], // 1 of 365 left: 0.27
    [0, "2027-11-22", 0], // the last day is used up
    [30, "2026-12-22", 100], // the day before it begins: 335 of 335
    [30, "2026-11-25", 100], // long before: never more than was paid
  ])("R28: a unit of day %i surrendered on %s returns %i fen", (n, on, expected) => {
    expect(calculateSurrenderFen(unit(2, n), on)).toBe(expected);
  });

  it("units already ended are left alone; nothing live or a finished term is policy_ended", () => {
    const rest = surrenderAt("2026-11-25T12:00:00", [unit(1, 0), unit(2, 0, "2026-11-22")]);
    expect(rest).toMatchObject({ ok: true, totalFen: 100, units: [{ unitNumber: 1 }] });
    const ended = { ok: false, code: "policy_ended" };
    expect(surrenderAt("2026-11-25T12:00:00", [unit(1, 0, "2026-11-24")])).toEqual(ended);
    expect(surrenderAt("2027-11-22T23:59:59")).toMatchObject({ ok: true, totalFen: 0 });
    expect(surrenderAt("2027-11-23T00:00:00")).toEqual(ended);
  });

  it("a policy without unit 1, or with a number twice, is a bug", () => {
    expect(() => surrenderAt("2026-11-25T12:00:00", [unit(2, 0)])).toThrow(PricingAssertionError);
    expect(() => surrenderAt("2026-11-25T12:00:00", [unit(1, 0), unit(1, 0)])).toThrow(
      PricingAssertionError,
    );
  });
});

describe("R31: a diagnosis", () => {
  const units = [unit(1, 0), unit(2, 0), unit(3, 30), unit(4, 5, "2026-11-27")];

  it.each([
    ["2026-11-22", "diagnosis_before_effective"],
    ["2026-11-23", "diagnosis_in_waiting"],
    ["2027-02-20", "diagnosis_in_waiting"],
  ])("on %s, the base unit waiting: all live units return, %s", (diagnosedOn, reason) => {
    expect(decideDiagnosis({ units, diagnosedOn })).toEqual({
      ok: true,
      outcome: "refund_all",
      reason,
      totalFen: 300,
      units: [1, 2, 3].map((unitNumber) => ({
        unitNumber,
        reason,
        refundFen: 100,
        endedOn: addDays(diagnosedOn, 1),
      })),
    });
  });

  it("once the base matured: the matured cover is paid, the waiting unit returns", () => {
    expect(decideDiagnosis({ units, diagnosedOn: "2027-02-21" })).toEqual({
      ok: true,
      outcome: "pay_matured",
      payableYuan: 2000,
      units: [
        {
          unitNumber: 3,
          reason: "diagnosis_in_waiting",
          refundFen: 100,
          endedOn: "2027-02-22",
        },
      ],
      totalFen: 100,
      endedOn: "2027-02-22",
    });
  });

  it.each([
    ["2027-03-22", 2000, 1],
    ["2027-03-23", 3000, 0],
    ["2027-11-22", 3000, 0],
  ])("on %s it pays %i and returns %i units", (diagnosedOn, payableYuan, returned) => {
    const decision = decideDiagnosis({ units, diagnosedOn });
    expect(decision).toMatchObject({ ok: true, payableYuan, totalFen: returned * 100 });
  });

  it("after the term, or after all units ended, nothing is due", () => {
    expect(decideDiagnosis({ units, diagnosedOn: "2027-11-23" })).toEqual({
      ok: false,
      code: "diagnosis_after_term",
    });
    const surrendered = [unit(1, 0, "2027-04-02")];
    expect(decideDiagnosis({ units: surrendered, diagnosedOn: "2027-04-02" })).toEqual({
      ok: false,
      code: "policy_ended",
    });
  });

  it("a diagnosis from before a surrender is still paid, and nothing returns twice", () => {
    const surrendered = [unit(1, 0, "2027-04-02")];
    expect(decideDiagnosis({ units: surrendered, diagnosedOn: "2027-04-01" })).toMatchObject({
      outcome: "pay_matured",
      payableYuan: 1000,
      units: [],
      totalFen: 0,
    });
  });

  it("ending the units as decided leaves the cover of the day itself as it was paid", () => {
    const decision = decideDiagnosis({ units, diagnosedOn: "2027-02-21" });
    if (!decision.ok || decision.outcome !== "pay_matured") throw new Error("expected a payment");
    const { endedOn } = decision;
    const after = units.map((each) => ({ ...each, endedOn: each.endedOn ?? endedOn }));
    expect(payableCover(after, "2027-02-21")).toBe(2000);
    expect(payableCover(after, "2027-02-22")).toBe(0);
  });
});

describe("R32, R33: cover that never should have been", () => {
  it("every live unit returns in full", () => {
    const units = [unit(1, 0), unit(2, 3, "2026-11-24"), unit(3, 4)];
    expect(calculateFullRefund(units, "underwriting_failed", "2026-11-25")).toEqual({
      totalFen: 200,
      units: [1, 3].map((unitNumber) => ({
        unitNumber,
        reason: "underwriting_failed",
        refundFen: 100,
        endedOn: "2026-11-25",
      })),
    });
  });
});

describe("R26–R31: whatever happens, whenever", () => {
  const policies = fc
    .array(
      fc.record({
        n: fc.integer({ min: 0, max: 31 }),
        premiumFen: fc.integer({ min: 1, max: 1_000_000 }),
        isEnded: fc.boolean(),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((rows) =>
      rows.map((row, index) => ({
        ...unit(index + 1, index === 0 ? 0 : row.n, row.isEnded && index > 0 ? EFFECTIVE_ON : null),
        premiumFen: row.premiumFen,
      })),
    );
  const offsets = fc.integer({ min: -1, max: 364 });

  it("a refund is never more than was paid, each live unit is answered once, sums agree", () => {
    fc.assert(
      fc.property(policies, offsets, (units, offset) => {
        const on = addDays(EFFECTIVE_ON, offset);
        const byNumber = new Map(units.map((each) => [each.unitNumber, each]));
        const surrender = calculateSurrender(plan, {
          issuedAt,
          units,
          requestedAt: startOfShanghaiDay(on),
        });
        const diagnosis = decideDiagnosis({ units, diagnosedOn: on });
        for (const decision of [surrender, diagnosis]) {
          if (!decision.ok) throw new Error("a live policy in its term is always answered");
          for (const refund of decision.units) {
            const original = byNumber.get(refund.unitNumber);
            expect(original?.endedOn).toBe(null);
            expect(refund.refundFen).toBeGreaterThanOrEqual(0);
            expect(refund.refundFen).toBeLessThanOrEqual(original?.premiumFen ?? -1);
          }
          const answered = decision.units.map((refund) => refund.unitNumber);
          expect(new Set(answered).size).toBe(answered.length);
          expect(decision.units.reduce((total, refund) => total + refund.refundFen, 0)).toBe(
            decision.totalFen,
          );
        }
        if (surrender.ok) {
          const live = units.filter((each) => each.endedOn === null);
          expect(surrender.units).toHaveLength(live.length);
        }
      }),
    );
  });

  it("no unit is both paid for a diagnosis and refunded", () => {
    fc.assert(
      fc.property(policies, offsets, (units, offset) => {
        const on = addDays(EFFECTIVE_ON, offset);
        const decision = decideDiagnosis({ units, diagnosedOn: on });
        if (!decision.ok) return;
        const refunded = new Set(decision.units.map((refund) => refund.unitNumber));
        const kept = units.filter((each) => !refunded.has(each.unitNumber));
        const paidYuan = decision.outcome === "pay_matured" ? decision.payableYuan : 0;
        expect(payableCover(kept, on)).toBe(paidYuan);
      }),
    );
  });

  it("R28: waiting a day longer never returns more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 }), offsets, (n, offset) => {
        const on = addDays(EFFECTIVE_ON, offset);
        const today = calculateSurrenderFen(unit(2, n), on);
        expect(calculateSurrenderFen(unit(2, n), addDays(on, 1))).toBeLessThanOrEqual(today);
      }),
    );
  });
});
