/** What people are told because a day has come: cover matures, the window closes, the policy ends. */
import type { Statement } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

const INSERT =
  "INSERT INTO notices (user_id, kind, order_id, policy_id, details, fact, created_at)";
const ONCE = "ON CONFLICT (fact) DO NOTHING";

// A window closes a month after its policy's start, so the index by last day finds those concerned.
const STATEMENTS: readonly Statement[] = [
  {
    name: "notices_cover_matured",
    text: `${INSERT}
      SELECT p.user_id, 'cover_matured', NULL, p.id,
        jsonb_build_object('units', count(*), 'coverYuan', sum(u.cover_yuan)), 'cover_matured:' || p.id || ':' || $1::date, $2::timestamptz
      FROM units u JOIN policies p ON p.id = u.policy_id
      WHERE u.status = 'active' AND u.matures_on = $1::date AND p.status = 'active'
      GROUP BY p.id ${ONCE}`,
  },
  {
    name: "notices_window",
    text: `${INSERT}
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
    text: `${INSERT}
      SELECT p.user_id, 'policy_ending', NULL, p.id, jsonb_build_object('lastDayOn', p.last_day_on),
        'policy_ending:' || p.id, $2::timestamptz
      FROM policies p WHERE p.status = 'active' AND p.last_day_on BETWEEN $1::date AND $1::date + 7
      ${ONCE}`,
  },
];

/** Tells what today brings. Running it every hour of the day tells each fact once. */
export async function writeDateNotices(deps: Pick<Deps, "db" | "now">): Promise<void> {
  const now = deps.now();
  for (const statement of STATEMENTS) await deps.db.query(statement, [shanghaiDateOf(now), now]);
}
