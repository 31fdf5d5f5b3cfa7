import { assertPricing, assertWhole } from "./assert";
import type { Fen } from "./money";

/** An age band of a plan and the cover that one unit buys in it (R4, R11). Ages are full years. */
export interface Band {
  readonly name: "A" | "B";
  readonly ageFrom: number;
  readonly ageTo: number;
  readonly coverPerUnitYuan: number;
}

/**
 * Every number of the product, versioned: a policy keeps its plan version for life, so a published
 * plan is never edited, only followed by another.
 */
export interface Plan {
  readonly version: string;
  /** Price of one unit (R11). */
  readonly unitPremiumFen: Fen;
  /** Units a policy may hold (R14). */
  readonly unitsMax: number;
  /** Cover a policy may hold, whichever cap binds first (R14). */
  readonly coverYuanMax: number;
  /** Days a unit waits, its effective date being day 1 (R22). */
  readonly waitingDays: number;
  /** Days of the collecting window, the policy's effective date being day 1 (R17). */
  readonly collectingDays: number;
  /** Years from the policy's effective date to the day after its last (R21). */
  readonly termYears: number;
  /** Minutes an unpaid order keeps its place (R19). */
  readonly holdMinutes: number;
  /** Minutes after the window's close in which an earlier order may still be paid (R17). */
  readonly latePaymentMinutes: number;
  /** Days after issue with a full refund and no reason asked (R27). */
  readonly coolingOffDays: number;
  /** Gifts one payer may make in a day, over all policies, before a person looks at it (R16). */
  readonly giftsPerDayMax: number;
  /** In rising age, without overlap. */
  readonly bands: readonly Band[];
}

/** The plan on sale, as filed (R4, R11, R14–R17, R19, R21, R22, R27). */
export const PLAN_2026_1: Plan = {
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
};

/**
 * Throws PricingAssertionError unless the plan's numbers fit together. Passing it is a condition
 * for publishing a plan; whether its price is sound is `decidePlanSound` (R55).
 */
export function assertPlan(plan: Plan): void {
  assertPricing(plan.version.length > 0, "a plan needs a version");
  assertWhole("unitPremiumFen", plan.unitPremiumFen, 1);
  assertWhole("unitsMax", plan.unitsMax, 1);
  assertWhole("coverYuanMax", plan.coverYuanMax, 1);
  assertWhole("waitingDays", plan.waitingDays);
  assertWhole("collectingDays", plan.collectingDays, 1);
  assertWhole("termYears", plan.termYears, 1, 10); // This is short-term cover.
  assertWhole("holdMinutes", plan.holdMinutes, 1, 120); // WeChat closes prepaid sessions at 2 h.
  assertWhole("latePaymentMinutes", plan.latePaymentMinutes, 0, 24 * 60);
  assertWhole("coolingOffDays", plan.coolingOffDays);
  assertWhole("giftsPerDayMax", plan.giftsPerDayMax, 1);
  // A unit paid on the very last day takes effect `collectingDays` after the policy, or one day
  // later when it is paid in the minutes of grace. It too must mature before the term ends, or we
  // would sell cover that can never pay.
  assertPricing(
    plan.collectingDays + 1 + plan.waitingDays < 365 * plan.termYears,
    "a unit bought on the last day must mature within the term",
  );
  // Otherwise a full refund would follow days on which cover was already payable.
  assertPricing(
    plan.coolingOffDays <= plan.waitingDays,
    "cooling-off must end before the first unit matures",
  );
  assertBands(plan);
}

function assertBands(plan: Plan): void {
  assertPricing(plan.bands.length > 0, "a plan needs a band");
  const names = new Set(plan.bands.map((band) => band.name));
  assertPricing(names.size === plan.bands.length, "band names must differ");
  let ageFree = 0;
  for (const band of plan.bands) {
    assertWhole("ageFrom", band.ageFrom, ageFree, 120);
    assertWhole("ageTo", band.ageTo, band.ageFrom, 120);
    assertWhole("coverPerUnitYuan", band.coverPerUnitYuan, 1, plan.coverYuanMax);
    ageFree = band.ageTo + 1;
  }
}
