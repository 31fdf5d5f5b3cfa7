/** The moments of one policy, for the insured only: what to celebrate now, and the keepsake when full. */
import type { Deps } from "@/lib/deps";
import { type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import { decideCelebration, type Milestone, tellFullStory } from "./rules";
import type { FullPolicy } from "./views";

type Reads = Pick<Deps, "db" | "now">;

export interface CelebrationState {
  policyId: string;
  units: number;
  unitsMax: number;
  celebrated: number[];
}

// At most six rows of celebrations (celebrations_units).
const STATE = {
  name: "celebration_state",
  text: `SELECT p.id AS "policyId", p.units_paid AS units, p.units_max AS "unitsMax",
      ARRAY(SELECT c.units FROM celebrations c WHERE c.policy_id = p.id ORDER BY c.units) AS celebrated
    FROM policies p WHERE p.code = $1 AND p.user_id = $2 AND p.status = 'active'`,
};
// A policy that has run its year keeps its units, and so its keepsake; one that was ended has none.
const FULL_POLICY = {
  name: "full_policy",
  text: `SELECT p.asker_name AS "askerName", p.units_max AS "unitsMax", u.seq, u.settled_at AS "settledAt",
      u.matures_on AS "maturesOn", u.cover_yuan AS "coverYuan", o.kind = 'first' AS "isOwn",
      CASE WHEN NOT o.is_anonymous THEN w.nickname END AS nickname
    FROM policies p JOIN units u ON u.policy_id = p.id AND u.status = 'active'
      JOIN orders o ON o.id = u.order_id JOIN users w ON w.id = o.payer_id
    WHERE p.code = $1 AND p.user_id = $2 AND p.units_paid >= p.units_max
    ORDER BY u.settled_at, u.seq LIMIT 100`,
};

interface FullRow {
  askerName: string;
  unitsMax: number;
  seq: number;
  settledAt: Date;
  maturesOn: CalendarDate;
  coverYuan: number;
  isOwn: boolean;
  nickname: string | null;
}

/** Null for everybody but the insured of a live policy. */
export async function findCelebrationState(
  deps: Pick<Deps, "db">,
  { code, userId }: { code: string; userId: string },
): Promise<CelebrationState | null> {
  const [state] = await deps.db.query<CelebrationState>(STATE, [code, userId]);
  return state ?? null;
}

/** The moment that the insured has reached and not yet been shown. */
export async function findCelebration(
  deps: Pick<Deps, "db">,
  policy: { code: string; userId: string },
): Promise<Milestone | null> {
  const state = await findCelebrationState(deps, policy);
  return state && decideCelebration(state);
}

/** Null when there is no such policy of this person, or it is not full. */
export async function findFullPolicy(
  deps: Reads,
  { code, userId }: { code: string; userId: string },
): Promise<FullPolicy | null> {
  const rows = await deps.db.query<FullRow>(FULL_POLICY, [code, userId]);
  const [first] = rows;
  if (!first) return null;
  const today = shanghaiDateOf(deps.now());
  const friends = rows.filter(({ isOwn }) => !isOwn);
  const names = friends.flatMap(({ nickname }) => nickname ?? []);
  return {
    code,
    askerName: first.askerName,
    unitsMax: first.unitsMax,
    coverYuan: rows.reduce((sum, { coverYuan }) => sum + coverYuan, 0),
    today,
    cells: rows.map(({ seq, maturesOn }) => ({ seq, isMatured: maturesOn <= today })),
    story: tellFullStory(rows),
    names,
    nameless: friends.length - names.length,
  };
}
