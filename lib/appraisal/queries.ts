/** One person's acts out of the units, refunds and words, and the appraisal that they give. */
import type { Deps } from "@/lib/deps";
import { shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { findProfile } from "@/lib/profile/queries";
import type { MyAppraisal } from "./contract";
import { type Act, appraise, type GiftEnding, sumUpGiving } from "./rules";
import type { SharedAppraisal } from "./views";

type Reads = Pick<Deps, "db" | "now">;

/**
 * Of each kind, oldest first: what comes later can then only add. No line counts as many as a tenth
 * of it, and a person may give twenty a day (R16).
 */
const ACTS_MAX = 1_000;

const ENDING = `CASE (SELECT r.reason FROM refunds r WHERE r.order_id = o.id
      AND r.reason IN ('gift_withdrawn', 'cancelled_before_effective')
      AND r.requested_at < coalesce($2::timestamptz, 'infinity') LIMIT 1)
    WHEN 'gift_withdrawn' THEN 'withdrawn' WHEN 'cancelled_before_effective' THEN 'refused'
    ELSE 'kept' END`;

// By index: orders_by_payer; policies by user, then their words by policy, and their units in two halves,
// because the living and the ended ones each have an index of their own and no index has both.
export const ACTS = {
  name: "acts_of_user",
  text: `(SELECT 'gave' AS kind, o.id AS "giftId", o.policy_id AS "policyId", p.user_id AS "friendId",
      u.settled_at AS at, ${ENDING} AS ending
    FROM orders o JOIN units u ON u.order_id = o.id JOIN policies p ON p.id = o.policy_id
    WHERE o.payer_id = $1 AND o.kind = 'gift' AND u.settled_at < coalesce($2::timestamptz, 'infinity')
    ORDER BY o.created_at, o.id DESC LIMIT $3)
  UNION ALL
  (SELECT 'came', o.id, p.id, NULL, u.settled_at, ${ENDING}
    FROM policies p CROSS JOIN LATERAL (
        SELECT id, order_id, settled_at FROM units WHERE policy_id = p.id AND status = 'active'
        UNION ALL
        SELECT id, order_id, settled_at FROM units WHERE policy_id = p.id AND status = 'ended') u
      JOIN orders o ON o.id = u.order_id AND o.kind = 'gift'
    WHERE p.user_id = $1 AND u.settled_at < coalesce($2::timestamptz, 'infinity')
    ORDER BY u.settled_at, u.id LIMIT $3)
  UNION ALL
  (SELECT 'thanked', w.order_id, p.id, NULL, w.created_at, NULL
    FROM policies p JOIN words w ON w.policy_id = p.id AND w.kind = 'thanks' AND w.author_id = $1
      AND w.state = 'shown'
    WHERE p.user_id = $1 AND w.created_at < coalesce($2::timestamptz, 'infinity')
    ORDER BY w.created_at, w.id LIMIT $3)`,
};
// A policy that nobody has paid is no place to look at anyone.
const INSURED = {
  name: "insured_to_appraise",
  text: `SELECT p.user_id AS "userId", p.asker_name AS "askerName",
      coalesce(f.is_appraisal_visible, false) AS "isVisible"
    FROM policies p LEFT JOIN profiles f ON f.user_id = p.user_id
    WHERE p.code = $1 AND p.issued_at IS NOT NULL`,
};

interface Row {
  kind: Act["kind"];
  giftId: string;
  policyId: string;
  friendId: string;
  at: Date;
  ending: GiftEnding;
}

/** The person's own, up to now; also for somebody without a policy. */
export async function getMyAppraisal(
  deps: Reads,
  { userId }: { userId: string },
): Promise<MyAppraisal> {
  const [acts, profile] = await Promise.all([
    listActs(deps, { userId, until: null }),
    findProfile(deps, { userId }),
  ]);
  return {
    ...appraise(acts),
    giving: sumUpGiving(acts),
    isVisible: profile.isAppraisalVisible,
  };
}

/**
 * The insured's, for whoever has the link, up to the last midnight; null when the code is unknown or
 * the insured does not show it. He himself may always look.
 */
export async function findSharedAppraisal(
  deps: Reads,
  { code, userId }: { code: string; userId: string | null },
): Promise<SharedAppraisal | null> {
  const [insured] = await deps.db.query<{ userId: string; askerName: string; isVisible: boolean }>(
    INSURED,
    [code],
  );
  if (!insured) return null;
  const isOwn = insured.userId === userId;
  if (!isOwn && !insured.isVisible) return null;
  const until = startOfShanghaiDay(shanghaiDateOf(deps.now()));
  const acts = await listActs(deps, { userId: insured.userId, until });
  const { score, title, lines } = appraise(acts);
  return {
    code,
    askerName: insured.askerName,
    isOwn,
    isVisible: insured.isVisible,
    appraisal: { score, title, lines, countedUntil: until.toISOString() },
  };
}

/** @param until acts from then on are left out; null for none. */
async function listActs(
  deps: Reads,
  { userId, until }: { userId: string; until: Date | null },
): Promise<Act[]> {
  return deps.db.query<Row>(ACTS, [userId, until, ACTS_MAX]);
}
