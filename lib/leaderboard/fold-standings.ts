import type { Database } from "@/lib/db/database";

type Queries = Pick<Database, "query">;

const FOLD_STANDINGS = { name: "fold_standings", text: "SELECT fold_standings($1::text[], $2)" };

/**
 * Moves policies to where they belong now on every board: rank and percentile come from a hundred
 * buckets, however many people there are (design §6). Repeating it moves nothing.
 * @param now on the application's clock; it says which day and week are on the boards.
 */
export async function foldStandings(
  db: Queries,
  policyIds: readonly string[],
  now: Date,
): Promise<void> {
  await db.query(FOLD_STANDINGS, [policyIds, now.toISOString()]);
}
