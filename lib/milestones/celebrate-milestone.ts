import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { Celebrated, MilestoneName } from "./contract";
import { findCelebrationState } from "./queries";
import { findMilestone } from "./rules";

const CELEBRATE = {
  name: "celebrate_milestone",
  text: `WITH added AS (
      INSERT INTO celebrations (policy_id, units, celebrated_at) VALUES ($1, $2, $3)
      ON CONFLICT (policy_id, units) DO NOTHING)
    SELECT units FROM celebrations WHERE policy_id = $1 UNION SELECT $2 ORDER BY units`,
};

/**
 * Remembers that the insured has been shown a moment, so that no page of his shows it again.
 *
 * @throws DomainError not_found for anybody else; invalid_input for a moment that has not come.
 */
export async function celebrateMilestone(
  deps: Pick<Deps, "db" | "now">,
  { code, userId, units }: { code: string; userId: string; units: MilestoneName },
): Promise<Celebrated> {
  const state = await findCelebrationState(deps, { code, userId });
  if (!state) throw new DomainError("not_found");
  const milestone = findMilestone(state.unitsMax, units);
  const isReached = milestone !== undefined && milestone.cells <= state.units;
  if (!isReached && !state.celebrated.includes(units)) {
    const reason = "this grid has not come so far";
    throw new DomainError("invalid_input", {
      fields: [{ name: "units", code: "not_reached", reason }],
    });
  }
  const rows = await deps.db.query<{ units: MilestoneName }>(CELEBRATE, [
    state.policyId,
    units,
    deps.now(),
  ]);
  return { celebrated: rows.map((row) => row.units) };
}
