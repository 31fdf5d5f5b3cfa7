/** The boards by counting everybody in plain code, beside the view that the product counts with. */
import { mondayOf } from "@/lib/leaderboard/rules";
import { shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { World } from "@/tests/support/world";

/** Sorted lines of text, so that a difference reads well. */
export interface Boards {
  standings: string[];
  histogram: string[];
}

interface UnitRow {
  policyId: string;
  settledAt: Date;
  isListed: boolean;
  region: string | null;
}

const LIVE_UNITS = `SELECT u.policy_id AS "policyId", u.settled_at AS "settledAt",
    coalesce(f.is_on_boards, false) AS "isListed", f.region_code AS region
  FROM units u JOIN policies p ON p.id = u.policy_id LEFT JOIN profiles f ON f.user_id = p.user_id
  WHERE u.status = 'active' AND p.status = 'active'`;

export async function expectedBoards(world: World, now: Date): Promise<Boards> {
  const units = await world.sql<UnitRow>(LIVE_UNITS);
  const today = shanghaiDateOf(now);
  const monday = mondayOf(today);
  const since = (day: string) => units.filter((u) => u.settledAt >= startOfShanghaiDay(day));
  const standings = [
    ...lines("all", () => "", units),
    ...lines("today", () => today, since(today)),
    ...lines("week", () => monday, since(monday)),
    ...lines(
      "region",
      ({ region }) => region ?? "",
      units.filter(({ isListed, region }) => isListed && region !== null),
    ),
  ];
  const counts = new Map<string, number>();
  for (const { bucket } of standings) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  return {
    standings: standings.map(({ line }) => line).sort(),
    histogram: [...counts].map(([bucket, count]) => `${bucket}: ${count}`).sort(),
  };
}

function lines(board: string, scopeOf: (unit: UnitRow) => string, units: readonly UnitRow[]) {
  const byPolicy = new Map<string, UnitRow[]>();
  for (const unit of units) {
    byPolicy.set(unit.policyId, [...(byPolicy.get(unit.policyId) ?? []), unit]);
  }
  return [...byPolicy].map(([policyId, own]) => {
    const [unit] = own;
    const reachedAt = new Date(Math.max(...own.map(({ settledAt }) => settledAt.getTime())));
    const scope = unit ? scopeOf(unit) : "";
    return {
      bucket: `${board}|${scope}|${own.length}`,
      line: `${board}|${scope}|${policyId}|${own.length}|${reachedAt.toISOString()}|${unit?.isListed}`,
    };
  });
}

/** What the boards say that are shown now. */
export async function readBoards(world: World, now: Date): Promise<Boards> {
  const today = shanghaiDateOf(now);
  const scopes = `(board IN ('all', 'region') OR scope = CASE board WHEN 'today' THEN $1 ELSE $2 END)`;
  const values = [today, mondayOf(today)];
  const standings = await world.sql<{ at: Date; head: string; isListed: boolean }>(
    `SELECT concat_ws('|', board, scope, policy_id, units) AS head, reached_at AS at, is_listed AS "isListed"
     FROM standings WHERE ${scopes}`,
    values,
  );
  const histogram = await world.sql<{ line: string }>(
    `SELECT concat_ws('|', board, scope, units) || ': ' || policies AS line
     FROM standings_histogram WHERE policies > 0 AND ${scopes}`,
    values,
  );
  return {
    standings: standings
      .map(({ head, at, isListed }) => `${head}|${at.toISOString()}|${isListed}`)
      .sort(),
    histogram: histogram.map(({ line }) => line).sort(),
  };
}
