/**
 * Friends are people who have exchanged a unit, and nobody else: no address book, no friends of
 * friends. One appears only if he lets those people see that he asks (`is_asking_visible`), and an
 * anonymous gift is known to its giver alone (R42).
 */
import type { Deps } from "@/lib/deps";
import { FRIENDS_MAX, type Friend, type Friends } from "./contract";

/** A person may give twenty units a day; the latest five hundred are a year of generous months. */
const GIFTS_MAX = 500;

// `received` walks the orders of at most ten policies with at most 100 gifts each, `given` one
// payer's orders from the newest. An order that was given back is not `settled`, so it is no exchange.
const ASKING_FRIENDS = {
  name: "asking_friends",
  text: `WITH received AS (
      SELECT o.payer_id AS id, u.status = 'active' AS is_live
      FROM policies mine
        JOIN orders o ON o.policy_id = mine.id AND o.kind = 'gift' AND o.state = 'settled'
        JOIN units u ON u.order_id = o.id
      WHERE mine.user_id = $1 AND NOT o.is_anonymous),
    gifts AS (
      SELECT policy_id FROM orders
      WHERE payer_id = $1 AND kind = 'gift' AND state = 'settled'
      ORDER BY created_at DESC, id LIMIT $3),
    given AS (SELECT p.user_id AS id FROM gifts g JOIN policies p ON p.id = g.policy_id),
    friends AS (
      SELECT id, bool_or(is_live) AS has_helped
      FROM (SELECT id, is_live FROM received UNION ALL SELECT id, false FROM given) AS exchanged
      WHERE id <> $1 GROUP BY id)
    SELECT p.code, p.asker_name AS name, p.units_paid AS units, p.units_max AS "unitsMax",
      f.has_helped AS "hasHelped"
    FROM friends f
      JOIN profiles shown ON shown.user_id = f.id AND shown.is_asking_visible
      JOIN policies p ON p.user_id = f.id AND p.status = 'active'
        AND p.collecting_until > $2 AND p.units_paid + p.units_held < p.units_max
    WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.policy_id = p.id AND o.payer_id = $1
      AND o.kind = 'gift' AND o.state = 'settled')
    ORDER BY f.has_helped DESC, p.collecting_until, p.code LIMIT $4`,
};
const HELPED = {
  name: "helped_friends",
  text: `SELECT p.code, p.asker_name AS name, p.units_paid AS units, p.units_max AS "unitsMax"
    FROM orders o JOIN policies p ON p.id = o.policy_id AND p.status = 'active'
    WHERE o.payer_id = $1 AND o.kind = 'gift' AND o.state = 'settled'
    ORDER BY o.created_at DESC, o.id LIMIT $2`,
};

export async function listFriends(
  deps: Pick<Deps, "db" | "now">,
  { userId }: { userId: string },
): Promise<Friends> {
  const [asking, helped] = await Promise.all([
    deps.db.query<Friend & { hasHelped: boolean }>(ASKING_FRIENDS, [
      userId,
      deps.now(),
      GIFTS_MAX,
      // Those to help back come first, so that they are never the ones cut off.
      2 * FRIENDS_MAX,
    ]),
    deps.db.query<Friend>(HELPED, [userId, FRIENDS_MAX]),
  ]);
  const pick = (hasHelped: boolean) =>
    asking
      .filter((friend) => friend.hasHelped === hasHelped)
      .slice(0, FRIENDS_MAX)
      .map(({ hasHelped: _, ...friend }) => friend);
  return { helpBack: pick(true), asking: pick(false), helped };
}
