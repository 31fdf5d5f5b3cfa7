/** The board of people who have helped each other; small, so it is computed when it is looked at. */
import type { Deps } from "@/lib/deps";
import type { BoardKey } from "./cursor";
import type { StandingRow, Standings } from "./queries";
import type { Buckets } from "./rules";

/** Gifts looked at in each direction, newest first: more friends than a person knows by name. */
const GIFTS_MAX = 500;

// Whom I gave to I know. Who gave to me I know only when he gave under his name (R42).
const FRIENDS = {
  name: "board_friends",
  text: `WITH friends AS (
      SELECT $1::text AS user_id
      UNION
      (SELECT p.user_id FROM orders o JOIN policies p ON p.id = o.policy_id
        WHERE o.payer_id = $1 AND o.kind = 'gift' AND o.state = 'settled'
        ORDER BY o.created_at DESC, o.id LIMIT $2)
      UNION
      (SELECT o.payer_id FROM policies p JOIN orders o ON o.policy_id = p.id
        WHERE p.user_id = $1 AND o.kind = 'gift' AND o.state = 'settled' AND NOT o.is_anonymous
        ORDER BY o.created_at DESC, o.id LIMIT $2))
    SELECT s.units, to_json(s.reached_at)#>>'{}' AS "reachedAt", s.policy_id AS "policyId",
      u.nickname, f.is_masked AS "isMasked", u.id = $1 AS "isOwn"
    FROM friends JOIN profiles f ON f.user_id = friends.user_id AND f.is_on_boards
      JOIN users u ON u.id = f.user_id
      JOIN policies p ON p.user_id = u.id AND p.status = 'active'
      JOIN standings s ON s.board = 'all' AND s.scope = '' AND s.policy_id = p.id AND s.is_listed
    ORDER BY s.units DESC, s.reached_at, s.policy_id`,
};

/** The viewer and his friends, all of whom want to be on boards; counted from these alone. */
export async function findFriendsStandings(
  deps: Pick<Deps, "db">,
  { userId, from }: { userId: string | null; from: BoardKey },
): Promise<Standings> {
  const all = await deps.db.query<StandingRow & { isOwn: boolean }>(FRIENDS, [userId, GIFTS_MAX]);
  const start = all.findIndex((row) => isAfter(row, from));
  return {
    buckets: bucketsOf(all),
    ownUnits: all.find(({ isOwn }) => isOwn)?.units ?? null,
    rows: start < 0 ? [] : all.slice(start),
  };
}

function bucketsOf(rows: readonly StandingRow[]): Buckets {
  const counts = new Map<number, number>();
  for (const { units } of rows) counts.set(units, (counts.get(units) ?? 0) + 1);
  return [...counts];
}

function isAfter(row: BoardKey, from: BoardKey): boolean {
  if (row.units !== from.units) return row.units < from.units;
  const [mine, theirs] = [row, from].map((key) => Date.parse(key.reachedAt));
  if (mine !== theirs) return (mine ?? 0) > (theirs ?? 0);
  return row.policyId > from.policyId;
}
