/**
 * What each unit returns when it is cancelled, withdrawn, surrendered or met by a diagnosis
 * (R26–R32). Every refund goes to the unit's original payer by the original route (R29), never
 * carries interest, and is never more than was paid. Amounts of 0 fen end a unit without a refund
 * order, as a provider cannot refund nothing.
 */
import { assertPricing, assertWhole } from "./assert";
import {
  addDays,
  assertCalendarDate,
  type CalendarDate,
  countDaysInclusive,
  shanghaiDateOf,
} from "./calendar";
import { type CoverUnit, payableCover } from "./cover";
import { assertFen, type Fen, prorateFenFloor, sumFen } from "./money";
import type { Plan } from "./plan";

/** A unit as refunds see it. Unit 1 is the insured's own, on which the policy rests (R12). */
export interface RefundableUnit extends CoverUnit {
  unitNumber: number;
  premiumFen: Fen;
}

export type RefundReason =
  | "cancelled_before_effective" // R26
  | "gift_withdrawn" // R30
  | "cooling_off" // R27
  | "surrender" // R28
  | "diagnosis_before_effective" // R31
  | "diagnosis_in_waiting" // R31
  | "underwriting_failed" // R32
  | "age_misstated"; // R33

export interface UnitRefund {
  unitNumber: number;
  reason: RefundReason;
  refundFen: Fen;
  /** First day on which the unit no longer counts; becomes the unit's `endedOn`. */
  endedOn: CalendarDate;
}

export type UnitRefundDecision =
  | { ok: true; refund: UnitRefund }
  | { ok: false; code: "unit_already_ended" | "base_unit_ends_policy" | "unit_in_effect" };

export type SurrenderDecision =
  | {
      ok: true;
      reason: "cancelled_before_effective" | "cooling_off" | "surrender";
      units: UnitRefund[];
      totalFen: Fen;
    }
  | { ok: false; code: "policy_ended" };

export type DiagnosisDecision =
  | {
      ok: true;
      outcome: "refund_all";
      reason: "diagnosis_before_effective" | "diagnosis_in_waiting";
      units: UnitRefund[];
      totalFen: Fen;
    }
  | {
      ok: true;
      outcome: "pay_matured";
      payableYuan: number;
      /** The units still waiting, which are refunded. */
      units: UnitRefund[];
      totalFen: Fen;
      /** The whole policy ends: no unit counts from this day on. */
      endedOn: CalendarDate;
    }
  | { ok: false; code: "policy_ended" | "diagnosis_after_term" };

function assertUnits(units: readonly RefundableUnit[]): void {
  const numbers = new Set(units.map((unit) => unit.unitNumber));
  assertPricing(numbers.size === units.length, "unit numbers must differ");
  for (const unit of units) {
    assertWhole("unitNumber", unit.unitNumber, 1);
    assertFen(unit.premiumFen);
    assertCalendarDate(unit.effectiveOn);
    assertCalendarDate(unit.maturesOn);
    assertCalendarDate(unit.lastDayOn);
    if (unit.endedOn !== null) assertCalendarDate(unit.endedOn);
  }
}

function getBaseUnit(units: readonly RefundableUnit[]): RefundableUnit {
  const base = units.find((unit) => unit.unitNumber === 1);
  assertPricing(base !== undefined, "a policy has a unit 1");
  return base;
}

function listLive(units: readonly RefundableUnit[]): RefundableUnit[] {
  return units.filter((unit) => unit.endedOn === null);
}

function refundInFull(
  unit: RefundableUnit,
  reason: RefundReason,
  endedOn: CalendarDate,
): UnitRefund {
  return { unitNumber: unit.unitNumber, reason, refundFen: unit.premiumFen, endedOn };
}

function sumRefunds(units: readonly UnitRefund[]): Fen {
  return sumFen(units.map((unit) => unit.refundFen));
}

/**
 * May one unit be given back in full before it takes effect? The insured may cancel a friend's unit
 * (R26), its payer may withdraw the gift (R30, 民法典 658), both until 00:00 of its effective date.
 * Codes are tried in this order: `unit_already_ended`; `base_unit_ends_policy`, for unit 1, whose
 * cancelling ends the whole policy and so belongs to `calculateSurrender`; `unit_in_effect`.
 */
export function decideUnitRefund(
  unit: RefundableUnit,
  request: { by: "insured" | "payer"; requestedAt: Date },
): UnitRefundDecision {
  assertUnits([unit]);
  if (unit.endedOn !== null) return { ok: false, code: "unit_already_ended" };
  if (unit.unitNumber === 1) return { ok: false, code: "base_unit_ends_policy" };
  const requestedOn = shanghaiDateOf(request.requestedAt);
  if (requestedOn >= unit.effectiveOn) return { ok: false, code: "unit_in_effect" };
  const reason = request.by === "payer" ? "gift_withdrawn" : "cancelled_before_effective";
  return { ok: true, refund: refundInFull(unit, reason, requestedOn) };
}

/**
 * Last day, to 24:00, of the voluntary cooling-off (R27). The day of issue itself is not counted
 * (民法典 201), so issued on the 1st with 15 days means through the 16th.
 */
export function coolingOffLastDayOn(plan: Plan, issuedAt: Date): CalendarDate {
  return addDays(shanghaiDateOf(issuedAt), plan.coolingOffDays);
}

/**
 * Refund of one unit in effect that is surrendered on a day (R28):
 * floor(premium × days left ÷ days of the unit's own term). The day of surrender is still covered
 * and not refunded; the fraction of a fen stays with the insurer, as the clause says.
 */
export function calculateSurrenderFen(unit: RefundableUnit, requestedOn: CalendarDate): Fen {
  const termDays = countDaysInclusive(unit.effectiveOn, unit.lastDayOn);
  const remainingDays = countDaysInclusive(addDays(requestedOn, 1), unit.lastDayOn);
  return prorateFenFloor(unit.premiumFen, Math.min(remainingDays, termDays), termDays);
}

/**
 * The insured ends the whole policy (R26–R28). Before it takes effect and in the cooling-off every
 * live unit returns in full and ends at once; later, units in effect return their unused days and
 * count to 24:00 of the day of request, and units not yet in effect still return in full.
 * Units that ended before are left alone. `policy_ended`: nothing live, or the term is over.
 */
export function calculateSurrender(
  plan: Plan,
  policy: { issuedAt: Date; units: readonly RefundableUnit[]; requestedAt: Date },
): SurrenderDecision {
  assertUnits(policy.units);
  const base = getBaseUnit(policy.units);
  const live = listLive(policy.units);
  const requestedOn = shanghaiDateOf(policy.requestedAt);
  if (live.length === 0 || requestedOn > base.lastDayOn) return { ok: false, code: "policy_ended" };

  const isInCoolingOff = requestedOn <= coolingOffLastDayOn(plan, policy.issuedAt);
  const reason =
    requestedOn < base.effectiveOn
      ? "cancelled_before_effective"
      : isInCoolingOff
        ? "cooling_off"
        : "surrender";
  const units = live.map((unit): UnitRefund => {
    if (reason !== "surrender") return refundInFull(unit, reason, requestedOn);
    if (requestedOn < unit.effectiveOn) {
      return refundInFull(unit, "cancelled_before_effective", requestedOn);
    }
    return {
      unitNumber: unit.unitNumber,
      reason,
      refundFen: calculateSurrenderFen(unit, requestedOn),
      endedOn: addDays(requestedOn, 1),
    };
  });
  return { ok: true, reason, units, totalFen: sumRefunds(units) };
}

/**
 * A covered cancer was first diagnosed on a day (R24, R31). Before the base unit matured: all units
 * return in full and the policy ends; `diagnosis_before_effective` says that the illness is older
 * than the cover, so a person should look at the health declaration (R39). Afterwards: the matured
 * cover is paid once, units still waiting return in full, and the policy ends. Units end the day
 * after the diagnosis, so `payableCover` of the day itself stays what was paid.
 * The payout rate of the diagnosis (R34) is applied by claims, not here.
 */
export function decideDiagnosis(policy: {
  units: readonly RefundableUnit[];
  diagnosedOn: CalendarDate;
}): DiagnosisDecision {
  const { units, diagnosedOn } = policy;
  assertUnits(units);
  assertCalendarDate(diagnosedOn);
  const base = getBaseUnit(units);
  const endedOn = addDays(diagnosedOn, 1);
  // A diagnosis may become known after a surrender: what counted on its day still counts.
  const inForce = units.filter((unit) => unit.endedOn === null || unit.endedOn > diagnosedOn);
  if (inForce.length === 0) return { ok: false, code: "policy_ended" };
  if (diagnosedOn > base.lastDayOn) return { ok: false, code: "diagnosis_after_term" };

  if (diagnosedOn < base.maturesOn) {
    const reason =
      diagnosedOn < base.effectiveOn ? "diagnosis_before_effective" : "diagnosis_in_waiting";
    const refunds = listLive(units).map((unit) => refundInFull(unit, reason, endedOn));
    return {
      ok: true,
      outcome: "refund_all",
      reason,
      units: refunds,
      totalFen: sumRefunds(refunds),
    };
  }
  const refunds = listLive(units)
    .filter((unit) => unit.maturesOn > diagnosedOn)
    .map((unit) => refundInFull(unit, "diagnosis_in_waiting", endedOn));
  return {
    ok: true,
    outcome: "pay_matured",
    payableYuan: payableCover(units, diagnosedOn),
    units: refunds,
    totalFen: sumRefunds(refunds),
    endedOn,
  };
}

/**
 * Every live unit in full, the policy never having insured the person: underwriting failed after
 * payment (R32), or the true age lies outside the plan (R33).
 */
export function calculateFullRefund(
  units: readonly RefundableUnit[],
  reason: "underwriting_failed" | "age_misstated",
  endedOn: CalendarDate,
): { units: UnitRefund[]; totalFen: Fen } {
  assertUnits(units);
  assertCalendarDate(endedOn);
  const refunds = listLive(units).map((unit) => refundInFull(unit, reason, endedOn));
  return { units: refunds, totalFen: sumRefunds(refunds) };
}
