import { assertWhole } from "./assert";
import type { Plan } from "./plan";

export type RoomDecision = { ok: true } | { ok: false; code: "cap_reached" };

/**
 * Units a policy of this cover per unit may hold: the unit cap or the cover cap, whichever binds
 * first (R14). A partial unit is never sold, so the division rounds down.
 */
export function unitsMaxFor(plan: Plan, coverPerUnitYuan: number): number {
  assertWhole("coverPerUnitYuan", coverPerUnitYuan, 1);
  return Math.min(plan.unitsMax, Math.floor(plan.coverYuanMax / coverPerUnitYuan));
}

/**
 * Is there a place for one more order (R14, R19)? Units paid and places held both count: a place is
 * promised while its order may still be paid. This is the rule; the guarantee under concurrency is
 * the conditional update and the CHECK in the database.
 */
export function decideRoom(
  plan: Plan,
  policy: { unitsPaid: number; unitsHeld: number; coverPerUnitYuan: number },
): RoomDecision {
  assertWhole("unitsPaid", policy.unitsPaid);
  assertWhole("unitsHeld", policy.unitsHeld);
  return policy.unitsPaid + policy.unitsHeld < unitsMaxFor(plan, policy.coverPerUnitYuan)
    ? { ok: true }
    : { ok: false, code: "cap_reached" };
}
