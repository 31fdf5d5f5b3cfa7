import type { ErrorCode } from "@/lib/errors/errors";

/** What is known of a policy and a person when one asks "may this person add a unit now?". */
export interface ContributionState {
  policy: {
    status: "pending_payment" | "active" | "ended";
    unitsPaid: number;
    unitsHeld: number;
    unitsMax: number;
    collectingUntil: Date | null;
  };
  payer: { isInsured: boolean; hasSupported: boolean };
}

export type ContributionRefusal = Extract<
  ErrorCode,
  "own_policy" | "already_supported" | "policy_not_open" | "collecting_closed" | "cap_reached"
>;

export type ContributionDecision = { ok: true } | { ok: false; code: ContributionRefusal };

/**
 * R12, R14, R15, R17: one gift per payer, never from the insured himself, while the window is open
 * and a place is free. The order of the checks is the order in which a person cares: what is about
 * him first, what is about the policy after.
 */
export function decideContribution(state: ContributionState, now: Date): ContributionDecision {
  const { policy, payer } = state;
  if (payer.isInsured) return { ok: false, code: "own_policy" };
  if (payer.hasSupported) return { ok: false, code: "already_supported" };
  if (policy.status !== "active" || !policy.collectingUntil) {
    return { ok: false, code: "policy_not_open" };
  }
  if (now >= policy.collectingUntil) return { ok: false, code: "collecting_closed" };
  if (policy.unitsPaid + policy.unitsHeld >= policy.unitsMax) {
    return { ok: false, code: "cap_reached" };
  }
  return { ok: true };
}
