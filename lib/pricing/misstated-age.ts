import { assertPricing, assertWhole } from "./assert";
import type { CalendarDate } from "./calendar";
import { unitsMaxFor } from "./caps";
import { decideEligibility } from "./eligibility";
import type { Band, Plan } from "./plan";

export type MisstatedAgeDecision =
  | { outcome: "unchanged"; age: number; band: Band }
  /** True age outside the plan: rescind and refund every unit (`calculateFullRefund`). */
  | { outcome: "rescind"; age: number }
  /** Paid too little for the true age: each unit covers what it would have bought. */
  | { outcome: "reduce_benefit"; age: number; band: Band }
  /** Paid too much for the true age: each unit covers more. */
  | { outcome: "raise_cover"; age: number; band: Band };

/**
 * What a true birth date does to a policy issued in another band (R33, 保险法 32). Age counts on
 * the policy's effective date, as at issue. The law says "may rescind": staff confirm it.
 */
export function decideMisstatedAge(
  plan: Plan,
  policy: { issuedBand: Band; trueBornOn: CalendarDate; effectiveOn: CalendarDate },
): MisstatedAgeDecision {
  const decision = decideEligibility(plan, {
    bornOn: policy.trueBornOn,
    effectiveOn: policy.effectiveOn,
  });
  if (!decision.ok) return { outcome: "rescind", age: decision.age };
  const { age, band } = decision;
  const differenceYuan = band.coverPerUnitYuan - policy.issuedBand.coverPerUnitYuan;
  if (differenceYuan === 0) return { outcome: "unchanged", age, band };
  return { outcome: differenceYuan < 0 ? "reduce_benefit" : "raise_cover", age, band };
}

/**
 * Payable cover restated to the true band (R33): cover × true ÷ issued cover per unit, which is the
 * law's benefit × paid ÷ payable, since the price of a unit is the same in every band. Cover is
 * always whole units of the issued band, so nothing is rounded. Raising never passes the plan's caps;
 * the premium of `unitsOverCap` was overpaid and is refunded.
 */
export function calculateRestatedCover(
  plan: Plan,
  cover: { payableYuan: number; issuedBand: Band; trueBand: Band },
): { payableYuan: number; unitsOverCap: number } {
  assertWhole("payableYuan", cover.payableYuan);
  assertPricing(
    cover.payableYuan % cover.issuedBand.coverPerUnitYuan === 0,
    "payable cover must be whole units of the issued band",
  );
  const units = cover.payableYuan / cover.issuedBand.coverPerUnitYuan;
  const unitsCounted = Math.min(units, unitsMaxFor(plan, cover.trueBand.coverPerUnitYuan));
  return {
    payableYuan: unitsCounted * cover.trueBand.coverPerUnitYuan,
    unitsOverCap: units - unitsCounted,
  };
}
