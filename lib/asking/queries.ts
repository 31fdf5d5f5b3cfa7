/** Asking: what the insured needs for it, and the way from a typed code to a page. */
import { decideContribution } from "@/lib/contributions/rules";
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { Locale } from "@/lib/i18n/locale";
import { getPlan } from "@/lib/plans/queries";
import { askCards } from "./ask-cards";
import type { Asking } from "./contract";
import { ensureShortCode } from "./ensure-short-code";

interface Row {
  id: string;
  userId: string;
  planVersion: string;
  askerName: string;
  status: "pending_payment" | "active" | "ended";
  unitsPaid: number;
  unitsMax: number;
  coverPerUnitYuan: number;
  collectingUntil: Date | null;
  shortCode: string | null;
}

const POLICY_TO_ASK_FOR = {
  name: "policy_to_ask_for",
  text: `SELECT id, user_id AS "userId", plan_version AS "planVersion", asker_name AS "askerName",
      status, units_paid AS "unitsPaid", units_max AS "unitsMax",
      cover_per_unit_yuan AS "coverPerUnitYuan", collecting_until AS "collectingUntil",
      short_code AS "shortCode"
    FROM policies WHERE code = $1`,
};
const POLICY_BY_SHORT_CODE = {
  name: "policy_by_short_code",
  text: "SELECT code FROM policies WHERE short_code = $1",
};

/**
 * What the insured needs to ask his friends. The policy's short code is made on the first visit.
 *
 * @throws DomainError `not_found` also for somebody else's policy; `policy_not_open`,
 *   `collecting_closed` or `cap_reached` when there is nothing to ask for.
 */
export async function getAsking(
  deps: Pick<Deps, "db" | "now" | "config">,
  { code, userId, locale }: { code: string; userId: string; locale: Locale },
): Promise<Asking> {
  const [row] = await deps.db.query<Row>(POLICY_TO_ASK_FOR, [code]);
  if (row?.userId !== userId) throw new DomainError("not_found");
  // A place that an unpaid order holds may come free again, so it does not end the asking.
  const decision = decideContribution(
    { policy: { ...row, unitsHeld: 0 }, payer: { isInsured: false, hasSupported: false } },
    deps.now(),
  );
  if (!decision.ok) throw new DomainError(decision.code);
  const { plan } = await getPlan(deps, row.planVersion);
  const { insurer, publicUrl } = deps.config;
  const link = `${publicUrl}/p/${code}`;
  return {
    code,
    shortCode: row.shortCode ?? (await ensureShortCode(deps, row.id)),
    link,
    cards: askCards({ ...row, waitingDays: plan.waitingDays, insurer, link }, locale),
  };
}

/**
 * The policy that a short code leads to; null when it is nobody's.
 *
 * A short code can be guessed at, a policy's own code cannot. There are 32⁸ ≈ 1.1 × 10¹² of them:
 * with a million policies that have one, a guess hits with a chance of one in 1.1 million. The limits
 * (`LIMITS.shortCodePer…`: a thousand a minute from an address, which may be a whole carrier's, and
 * 20 in ten minutes from an account) let one address find a stranger's page in about eighteen hours and
 * one account in a year, and what it finds is what everybody with the link may read: a given name and
 * counts (R42).
 */
export async function findByShortCode(
  deps: Pick<Deps, "db">,
  shortCode: string,
): Promise<{ code: string } | null> {
  const [row] = await deps.db.query<{ code: string }>(POLICY_BY_SHORT_CODE, [shortCode]);
  return row ?? null;
}
