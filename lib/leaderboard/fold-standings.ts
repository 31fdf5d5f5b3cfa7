import type { Database } from "@/lib/db/database";

type Queries = Pick<Database, "query">;

const FOLD_STANDINGS = { name: "fold_standings", text: "SELECT fold_standings($1::text[], $2)" };
const LOCK_BOARDS = { name: "lock_boards", text: "SELECT lock_boards($1)" };
const FOLD_STANDINGS_OF_USER = {
  name: "fold_standings_of_user",
  text: `SELECT fold_standings(ARRAY(
    SELECT id FROM policies WHERE user_id = $1 AND status = 'active'), $2)`,
};

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

/**
 * The same for one person's live policies, inside the transaction that changed what he shows (R43):
 * with its commit the boards are as he wants them. Nobody else moves the boards until then, so it is
 * the last thing of the transaction.
 */
export async function foldStandingsOfUser(
  transaction: Queries,
  userId: string,
  now: Date,
): Promise<void> {
  // Before his policies are read: one that begins now is folded either by us or after us.
  await transaction.query(LOCK_BOARDS, [now.toISOString()]);
  await transaction.query(FOLD_STANDINGS_OF_USER, [userId, now.toISOString()]);
}
