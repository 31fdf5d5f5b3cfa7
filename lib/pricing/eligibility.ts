import type { CalendarDate } from "./calendar";
import { ageOn } from "./identity";
import type { Band, Plan } from "./plan";

export type EligibilityDecision =
  | { ok: true; age: number; band: Band }
  | { ok: false; code: "age_out_of_range"; age: number };

/** The band that insures this age in full years, or null when the plan has none (R4). */
export function bandForAge(plan: Plan, age: number): Band | null {
  return plan.bands.find((band) => band.ageFrom <= age && age <= band.ageTo) ?? null;
}

/**
 * May this person be insured, and in which band? Age counts on the policy's effective date, not on
 * the day of payment (R3, R4): who turns 18 tomorrow may buy today, who turns 50 tomorrow may not.
 * The band found here is stored and fixed for the policy's life (R5).
 */
export function decideEligibility(
  plan: Plan,
  person: { bornOn: CalendarDate; effectiveOn: CalendarDate },
): EligibilityDecision {
  const age = ageOn(person.bornOn, person.effectiveOn);
  const band = bandForAge(plan, age);
  return band ? { ok: true, age, band } : { ok: false, code: "age_out_of_range", age };
}
