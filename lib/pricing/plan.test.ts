import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import { assertPlan, PLAN_2026_1, type Plan } from "./plan";

const [bandA, bandB] = PLAN_2026_1.bands as [Plan["bands"][number], Plan["bands"][number]];

describe("plan 2026-1", () => {
  it("R4, R11, R14–R17, R19, R22, R27: has the filed numbers", () => {
    expect(PLAN_2026_1).toEqual({
      version: "2026-1",
      unitPremiumFen: 100,
      unitsMax: 100,
      coverYuanMax: 100_000,
      waitingDays: 90,
      collectingDays: 30,
      termYears: 1,
      holdMinutes: 15,
      latePaymentMinutes: 15,
      coolingOffDays: 15,
      giftsPerDayMax: 20,
      bands: [
        { name: "A", ageFrom: 18, ageTo: 39, coverPerUnitYuan: 1000 },
        { name: "B", ageFrom: 40, ageTo: 49, coverPerUnitYuan: 300 },
      ],
    });
    expect(() => assertPlan(PLAN_2026_1)).not.toThrow();
  });

  it.each<[string, Partial<Plan>]>([
    ["no version", { version: "" }],
    ["a free unit", { unitPremiumFen: 0 }],
    ["a fraction of a fen", { unitPremiumFen: 99.5 }],
    ["no units", { unitsMax: 0 }],
    ["no cover", { coverYuanMax: 0 }],
    ["a negative wait", { waitingDays: -1 }],
    ["no window", { collectingDays: 0 }],
    ["no hold", { holdMinutes: 0 }],
    ["a last unit that cannot mature: 31 + 334 = 365", { waitingDays: 334 }],
    ["cooling-off beyond the wait", { coolingOffDays: 91 }],
    ["no band", { bands: [] }],
    ["bands that share age 40", { bands: [{ ...bandA, ageTo: 40 }, bandB] }],
    ["bands out of order", { bands: [bandB, bandA] }],
    ["bands of one name", { bands: [bandA, { ...bandB, name: "A" }] }],
    ["a band upside down", { bands: [{ ...bandA, ageFrom: 40, ageTo: 39 }] }],
    ["a unit above the cover cap", { bands: [{ ...bandA, coverPerUnitYuan: 100_001 }] }],
  ])("a plan with %s cannot be published", (_label, change) => {
    expect(() => assertPlan({ ...PLAN_2026_1, ...change })).toThrow(PricingAssertionError);
  });

  it("the longest wait whose last unit still matures is allowed: 31 + 333 = 364", () => {
    expect(() => assertPlan({ ...PLAN_2026_1, waitingDays: 333 })).not.toThrow();
  });
});
