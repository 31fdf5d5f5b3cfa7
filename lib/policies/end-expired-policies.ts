import type { Deps } from "@/lib/deps";
import { foldStandings } from "@/lib/leaderboard/fold-standings";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

// Bounded, because a campaign that started in one night also ends in one.
const END_EXPIRED = {
  name: "end_expired_policies",
  text: `UPDATE policies SET status = 'ended', ended_on = last_day_on + 1, end_reason = 'expired'
    WHERE id IN (
      SELECT id FROM policies WHERE status = 'active' AND last_day_on < $1 LIMIT 200
      FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id`,
};

/**
 * R21: a policy is over after 24:00 of its last day; its person may then be insured anew (R7), and
 * rank and percentile count it no longer.
 */
export async function endExpiredPolicies(deps: Pick<Deps, "db" | "now">): Promise<void> {
  await deps.db.transaction(async (query) => {
    const ended = await query<{ id: string }>(END_EXPIRED, [shanghaiDateOf(deps.now())]);
    if (ended.length === 0) return;
    const ids = ended.map(({ id }) => id);
    await foldStandings({ query }, ids, deps.now());
  });
}
