/** Decisions about ending a policy (R26–R31), from its stored state. Pure. */
import type { FieldError } from "@/lib/errors/errors";
import { addDays, type CalendarDate, maxDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import type { Plan } from "@/lib/pricing/plan";
import {
  calculateSurrender,
  type DiagnosisDecision,
  decideDiagnosis,
  type SurrenderDecision,
  type UnitRefund,
} from "@/lib/pricing/refunds";
import type { EndReason, UnitEnding } from "./contract";
import type { PolicyToEnd, UnitToEnd } from "./policy-to-end";

type Granted<Decision> = Extract<Decision, { ok: true }>;

export type DiagnosisReportDecision =
  | { ok: true; decision: Granted<DiagnosisDecision> }
  | { ok: false; code: "policy_not_open" | "invalid_input"; fields: FieldError[] };

/** R26–R28: what surrendering now returns; null when there is nothing to end. */
export function decideSurrender(
  policy: PolicyToEnd,
  plan: Plan,
  now: Date,
): Granted<SurrenderDecision> | null {
  if (policy.status !== "active" || !policy.issuedAt) return null;
  const { issuedAt, units } = policy;
  const decision = calculateSurrender(plan, { issuedAt, units, requestedAt: now });
  return decision.ok ? decision : null;
}

/** The first day without any cover: the day after the last that any of these units covers. */
export function policyEndsOn(refunds: readonly UnitRefund[]): CalendarDate {
  return refunds.map(({ endedOn }) => endedOn).reduce(maxDate);
}

/** Last day that is still covered to 24:00 (R28); null when everything ends at once. */
export function coverUntil(decision: Granted<SurrenderDecision>): CalendarDate | null {
  return decision.reason === "surrender" ? addDays(policyEndsOn(decision.units), -1) : null;
}

/** These policies never insured anybody (R32, R33), so no diagnosis was ever covered. */
const NEVER_INSURED: readonly (EndReason | null)[] = ["underwriting_failed", "age_misstated"];

/**
 * R31: what a diagnosis of that day does. Premiums go back in full only while the policy lives; one
 * that has ended may still owe a claim for a day on which it covered.
 */
export function decideDiagnosisReport(
  policy: PolicyToEnd,
  { diagnosedOn, today }: { diagnosedOn: CalendarDate; today: CalendarDate },
): DiagnosisReportDecision {
  const notOpen: DiagnosisReportDecision = { ok: false, code: "policy_not_open", fields: [] };
  if (!policy.issuedAt || NEVER_INSURED.includes(policy.endReason)) return notOpen;
  const issueYear = shanghaiDateOf(policy.issuedAt).slice(0, 4);
  const error = dayError(diagnosedOn, { issueYear, today });
  if (error) return { ok: false, code: "invalid_input", fields: [error] };
  const decision = decideDiagnosis({ units: policy.units, diagnosedOn });
  if (!decision.ok) return notOpen;
  if (decision.outcome === "refund_all" && policy.status !== "active") return notOpen;
  return { ok: true, decision };
}

function dayError(
  diagnosedOn: CalendarDate,
  { issueYear, today }: { issueYear: string; today: CalendarDate },
): FieldError | null {
  const name = "diagnosedOn";
  if (diagnosedOn > today) return { name, code: "in_future", reason: "has not come yet" };
  if (diagnosedOn.slice(0, 4) < issueYear) {
    return { name, code: "before_policy", reason: `the policy was issued in ${issueYear}` };
  }
  return null;
}

/** What people are told of each unit's end. */
export function toUnitEndings(
  units: readonly UnitToEnd[],
  refunds: readonly UnitRefund[],
): UnitEnding[] {
  const own = new Set(units.filter(({ isOwn }) => isOwn).map(({ unitNumber }) => unitNumber));
  return refunds.map(({ unitNumber, refundFen, endedOn }) => ({
    seq: unitNumber,
    refundFen,
    endedOn,
    isOwn: own.has(unitNumber),
  }));
}

/** What has been done, read back: the units that ended with the policy and what each returned. */
export function findPolicyEnding(policy: PolicyToEnd): {
  endorsementNo: string;
  reason: EndReason;
  totalFen: number;
  units: UnitEnding[];
} | null {
  const { endorsementNo, endReason, units } = policy;
  if (!endorsementNo || !endReason) return null;
  return {
    endorsementNo,
    reason: endReason,
    totalFen: units.reduce((total, unit) => total + unit.refundedFen, 0),
    units: units.flatMap(({ unitNumber, refundedFen, endedOn, isOwn }) =>
      endedOn ? [{ seq: unitNumber, refundFen: refundedFen, endedOn, isOwn }] : [],
    ),
  };
}
