import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import { decideRoom, unitsMaxFor } from "./caps";
import { PLAN_2026_1 as plan } from "./plan";

describe("R14: caps", () => {
  it.each([
    [1000, 100], // both caps bind: 100 × 1000 = 100,000
    [300, 100], // the unit cap binds: 30,000 of cover
    [1500, 66], // the cover cap binds: 66 × 1500 = 99,000, and 67 would be 100,500
    [100_000, 1],
    [100_001, 0],
  ])("at %i yuan a unit a policy holds %i", (coverPerUnitYuan, expected) => {
    expect(unitsMaxFor(plan, coverPerUnitYuan)).toBe(expected);
  });

  it.each([
    [0, 0, true],
    [99, 0, true],
    [98, 1, true],
    [99, 1, false], // R19: the last place is promised to somebody
    [100, 0, false],
    [0, 100, false],
    [101, 0, false],
  ])("R19: with %i paid and %i held there is room: %s", (unitsPaid, unitsHeld, ok) => {
    const decision = decideRoom(plan, { unitsPaid, unitsHeld, coverPerUnitYuan: 1000 });
    expect(decision).toEqual(ok ? { ok: true } : { ok: false, code: "cap_reached" });
  });

  it("counts that make no sense are refused", () => {
    expect(() => decideRoom(plan, { unitsPaid: -1, unitsHeld: 0, coverPerUnitYuan: 1000 })).toThrow(
      PricingAssertionError,
    );
    expect(() => unitsMaxFor(plan, 0)).toThrow(PricingAssertionError);
  });

  it("however holds, payments and lapses interleave, neither cap is ever passed", () => {
    const steps = fc.array(fc.constantFrom("order", "order", "pay", "lapse"), { maxLength: 400 });
    const covers = fc.integer({ min: 1, max: 120_000 });
    fc.assert(
      fc.property(steps, covers, (events, coverPerUnitYuan) => {
        let unitsPaid = 0;
        let unitsHeld = 0;
        for (const event of events) {
          if (event === "order") {
            if (decideRoom(plan, { unitsPaid, unitsHeld, coverPerUnitYuan }).ok) unitsHeld += 1;
          } else if (unitsHeld > 0) {
            unitsHeld -= 1;
            if (event === "pay") unitsPaid += 1;
          }
          expect(unitsPaid + unitsHeld).toBeLessThanOrEqual(plan.unitsMax);
          expect((unitsPaid + unitsHeld) * coverPerUnitYuan).toBeLessThanOrEqual(plan.coverYuanMax);
        }
      }),
    );
  });
});
