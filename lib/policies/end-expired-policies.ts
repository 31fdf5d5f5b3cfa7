import type { Deps } from "@/lib/deps";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

// Bounded, because a campaign that started in one night also ends in one.
const END_EXPIRED = {
  name: "end_expired_policies",
  text: `UPDATE policies SET status = 'ended' WHERE id IN (
      SELECT id FROM policies WHERE status = 'active' AND last_day_on < $1 LIMIT 200
      FOR UPDATE SKIP LOCKED)`,
};

/** R21: a policy is over after 24:00 of its last day; its person may then be insured anew (R7). */
export async function endExpiredPolicies(deps: Deps): Promise<void> {
  await deps.db.query(END_EXPIRED, [shanghaiDateOf(deps.now())]);
}
