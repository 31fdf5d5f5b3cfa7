/** The insured ends the whole policy (R26–R28); every yuan goes back to whoever paid it (R29). */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { getPlan } from "@/lib/plans/queries";
import { coolingOffLastDayOn } from "@/lib/pricing/refunds";
import {
  SURRENDER_REASONS,
  type Surrendered,
  type SurrenderPreview,
  type SurrenderRequest,
} from "./contract";
import { decideAgain, endPolicy } from "./end-units";
import {
  coverUntil,
  decideSurrender,
  findPolicyEnding,
  policyEndsOn,
  toUnitEndings,
} from "./ending-rules";
import { findPolicyToEnd, type PolicyToEnd } from "./policy-to-end";

interface Who {
  code: string;
  userId: string;
}

/**
 * What would go back now, unit by unit.
 *
 * @throws DomainError not_found (also for somebody else's policy), policy_not_open.
 */
export async function previewSurrender(
  deps: Pick<Deps, "db" | "now">,
  who: Who,
): Promise<SurrenderPreview> {
  const policy = await getOwnPolicy(deps, who);
  const { plan, decision } = await quote(deps, policy);
  const { issuedAt } = policy;
  if (!decision || !issuedAt) throw new DomainError("policy_not_open");
  return {
    reason: decision.reason,
    totalFen: decision.totalFen,
    units: toUnitEndings(policy.units, decision.units),
    coolingOffUntil: coolingOffLastDayOn(plan, issuedAt),
    coverUntil: coverUntil(decision),
  };
}

/**
 * Ends the policy for the reason and the sum that the person saw. Asked again when that has been
 * done, it answers the same.
 *
 * @throws DomainError not_found, policy_not_open, quote_changed when a unit has come or gone or
 *   midnight has changed the sum since.
 */
export function surrenderPolicy(
  deps: Pick<Deps, "db" | "now" | "log">,
  { seen, ...who }: Who & { seen: SurrenderRequest },
): Promise<Surrendered> {
  return decideAgain(async () => {
    const policy = await getOwnPolicy(deps, who);
    const done = findSurrendered(policy);
    if (done?.reason === seen.reason && done.totalFen === seen.totalFen) return done;
    const { now, decision } = await quote(deps, policy);
    if (!decision) throw new DomainError("policy_not_open");
    const { reason, totalFen, units: refunds } = decision;
    if (reason !== seen.reason || totalFen !== seen.totalFen)
      throw new DomainError("quote_changed");
    const endedOn = policyEndsOn(refunds);
    const end = { reason, endedOn, refunds };
    const endorsementNo = await endPolicy(deps.db.query, policy, end, now);
    // Neither reason nor sum: the line of an ending by illness must look the same.
    deps.log.info({ endorsementNo, units: refunds.length }, "policy ended");
    return { endorsementNo, reason, totalFen, units: toUnitEndings(policy.units, refunds) };
  });
}

async function getOwnPolicy(deps: Pick<Deps, "db">, { code, userId }: Who): Promise<PolicyToEnd> {
  const policy = await findPolicyToEnd(deps.db, code);
  if (policy?.userId !== userId) throw new DomainError("not_found");
  return policy;
}

async function quote(deps: Pick<Deps, "db" | "now">, policy: PolicyToEnd) {
  const now = deps.now();
  const { plan } = await getPlan(deps, policy.planVersion);
  return { now, plan, decision: decideSurrender(policy, plan, now) };
}

function findSurrendered(policy: PolicyToEnd): Surrendered | null {
  const ending = findPolicyEnding(policy);
  const reason = SURRENDER_REASONS.find((one) => one === ending?.reason);
  return ending && reason ? { ...ending, reason } : null;
}
