/** What people are told because a day has come: cover matures, the window closes, the year is over. */
import type { Statement } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { planningSql, templatesByNotice } from "@/lib/messages/plan";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

const TOLD =
  "WITH told AS (INSERT INTO notices (user_id, kind, order_id, policy_id, details, fact, created_at)";
const ONCE = `ON CONFLICT (fact) DO NOTHING RETURNING id, user_id, kind, policy_id)
  ${planningSql({ templates: "$3", now: "$2::timestamptz" })}`;

// A window closes a month after its policy's start, so the index by last day finds those concerned.
const STATEMENTS: readonly Statement[] = [
  {
    name: "notices_cover_matured",
    text: `${TOLD}
      SELECT p.user_id, 'cover_matured', NULL, p.id,
        jsonb_build_object('units', count(*), 'coverYuan', sum(u.cover_yuan)), 'cover_matured:' || p.id || ':' || $1::date, $2::timestamptz
      FROM units u JOIN policies p ON p.id = u.policy_id
      WHERE u.status = 'active' AND u.matures_on = $1::date AND p.status = 'active'
      GROUP BY p.id ${ONCE}`,
  },
  {
    name: "notices_window",
    text: `${TOLD}
      SELECT p.user_id, CASE WHEN p.collecting_until <= $2 THEN 'window_closed' ELSE 'window_closing' END, NULL, p.id,
        jsonb_build_object('units', p.units_paid, 'unitsMax', p.units_max),
        CASE WHEN p.collecting_until <= $2 THEN 'window_closed:' ELSE 'window_closing:' END || p.id, $2::timestamptz
      FROM policies p
      WHERE p.status = 'active' AND p.last_day_on BETWEEN $1::date + 320 AND $1::date + 345
        AND p.collecting_until BETWEEN $2::timestamptz - interval '2 days' AND $2::timestamptz + interval '3 days'
      ${ONCE}`,
  },
  {
    name: "notices_policy_ending",
    text: `${TOLD}
      SELECT p.user_id, 'policy_ending', NULL, p.id, jsonb_build_object('lastDayOn', p.last_day_on),
        'policy_ending:' || p.id, $2::timestamptz
      FROM policies p WHERE p.status = 'active' AND p.last_day_on BETWEEN $1::date AND $1::date + 7
      ${ONCE}`,
  },
  {
    // A year after its first day: the policy has just ended as it should, so this is a thank-you.
    name: "notices_anniversary",
    text: `${TOLD}
      SELECT p.user_id, 'anniversary', NULL, p.id,
        jsonb_build_object('units', count(*), 'friends', count(*) FILTER (WHERE u.seq > 1)),
        'anniversary:' || p.id, $2::timestamptz
      FROM policies p JOIN units u ON u.policy_id = p.id AND u.status = 'active'
      WHERE p.end_reason = 'expired' AND p.ended_on BETWEEN $1::date - 2 AND $1::date
      GROUP BY p.id ${ONCE}`,
  },
];

/** Tells what today brings. Running it every hour of the day tells each fact once. */
export async function writeDateNotices(deps: Pick<Deps, "db" | "now" | "config">): Promise<void> {
  const now = deps.now();
  const values = [shanghaiDateOf(now), now, templatesByNotice(deps)];
  for (const statement of STATEMENTS) await deps.db.query(statement, values);
}
