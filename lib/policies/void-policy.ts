/** Staff take a policy back as if it had never been (R32, R33): every live unit returns in full. */
import type { Deps } from "@/lib/deps";
import { assert, DomainError } from "@/lib/errors/errors";
import { minDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import { calculateFullRefund } from "@/lib/pricing/refunds";
import { decideAgain, endPolicy } from "./end-units";
import { findPolicyEnding, toUnitEndings } from "./ending-rules";
import { findPolicyToEnd, type PolicyToEnd } from "./policy-to-end";
import type { PolicyEnding } from "./views";

export const VOID_REASONS = ["underwriting_failed", "age_misstated"] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

type Needs = Pick<Deps, "db" | "now">;
interface VoidRequest {
  code: string;
  reason: VoidReason;
}

/**
 * How many units would return how much.
 *
 * @throws DomainError not_found, policy_not_open.
 */
export async function previewVoid(
  deps: Needs,
  request: VoidRequest,
): Promise<{ units: number; totalFen: number }> {
  const policy = await getPolicy(deps, request.code);
  const { units, totalFen } = calculateVoid(policy, request.reason, deps.now());
  return { units: units.length, totalFen };
}

/**
 * Ends the policy from its first day on and returns every premium to its payer. Again for the same
 * reason answers the same.
 *
 * @param request.totalFen what the person confirmed; absent when nobody had to.
 * @throws DomainError not_found, policy_not_open, quote_changed.
 */
export function voidPolicy(
  deps: Needs & Pick<Deps, "log">,
  request: VoidRequest & { totalFen?: number | undefined },
): Promise<PolicyEnding> {
  const { code, reason } = request;
  return decideAgain(async () => {
    const policy = await getPolicy(deps, code);
    const done = findPolicyEnding(policy);
    if (done?.reason === reason) return done;
    const now = deps.now();
    const { units: refunds, endedOn, totalFen } = calculateVoid(policy, reason, now);
    if (request.totalFen !== undefined && request.totalFen !== totalFen) {
      throw new DomainError("quote_changed");
    }
    const endorsementNo = await endPolicy(deps.db.query, policy, { reason, endedOn, refunds }, now);
    deps.log.info({ endorsementNo, reason, units: refunds.length, totalFen }, "policy voided");
    return { endorsementNo, reason, totalFen, units: toUnitEndings(policy.units, refunds) };
  });
}

async function getPolicy(deps: Needs, code: string): Promise<PolicyToEnd> {
  const policy = await findPolicyToEnd(deps.db, code);
  if (!policy) throw new DomainError("not_found");
  return policy;
}

/** It never insured anybody: no day of it counts, neither past ones nor today. */
function calculateVoid(policy: PolicyToEnd, reason: VoidReason, now: Date) {
  if (policy.status !== "active") throw new DomainError("policy_not_open");
  assert(policy.effectiveOn, "an active policy has its first day");
  const endedOn = minDate(policy.effectiveOn, shanghaiDateOf(now));
  return { ...calculateFullRefund(policy.units, reason, endedOn), endedOn };
}
