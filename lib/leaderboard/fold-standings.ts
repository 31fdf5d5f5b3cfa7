import type { Database } from "@/lib/db/database";

const FOLD_STANDINGS = { name: "fold_standings", text: "SELECT fold_standings($1::text[])" };

/**
 * Moves policies to the bucket of the histogram they belong to now: rank and percentile come from a
 * hundred rows, however many people there are (design §6). Repeating it moves nothing.
 */
export async function foldStandings(
  db: Pick<Database, "query">,
  policyIds: readonly string[],
): Promise<void> {
  await db.query(FOLD_STANDINGS, [policyIds]);
}
