/** Bounded reads of policies: at most one policy with its units, or one person's few. */
import { decideContribution } from "@/lib/contributions/rules";
import type { Deps } from "@/lib/deps";
import { getPlan } from "@/lib/plans/queries";
import { type CalendarDate, daysBetween, shanghaiDateOf } from "@/lib/pricing/calendar";
import { type CoverUnit, coverSummary, coverTimeline, payableCover } from "@/lib/pricing/cover";
import { unitDates } from "@/lib/pricing/term";
import type { EndReason, PublicPolicy, Supporters } from "./contract";
import { findDiagnosis, findOpenFirstOrder, listEndorsements, listSupporters } from "./owner-reads";
import type { MyPolicy, OwnerPolicy, SharePage, UnitPreview } from "./views";

type Reads = Pick<Deps, "db" | "now">;

interface UnitRow extends CoverUnit {
  seq: number;
}

interface PolicyRow {
  id: string;
  code: string;
  number: string | null;
  userId: string;
  planVersion: string;
  askerName: string;
  status: "pending_payment" | "active" | "ended";
  unitsPaid: number;
  unitsHeld: number;
  unitsMax: number;
  coverPerUnitYuan: number;
  effectiveOn: CalendarDate | null;
  lastDayOn: CalendarDate | null;
  collectingUntil: Date | null;
  endedOn: CalendarDate | null;
  endReason: EndReason | null;
  units: UnitRow[];
}

// $1 is today: a unit that has ended may still count until tonight (R28).
const COLUMNS = `p.id, p.code, p.number, p.user_id AS "userId", p.plan_version AS "planVersion",
  p.asker_name AS "askerName", p.status, p.units_paid AS "unitsPaid", p.units_held AS "unitsHeld",
  p.units_max AS "unitsMax", p.cover_per_unit_yuan AS "coverPerUnitYuan",
  p.effective_on AS "effectiveOn", p.last_day_on AS "lastDayOn",
  p.collecting_until AS "collectingUntil", p.ended_on AS "endedOn", p.end_reason AS "endReason",
  (SELECT coalesce(json_agg(json_build_object('seq', u.seq, 'coverYuan', u.cover_yuan,
      'effectiveOn', u.effective_on, 'maturesOn', u.matures_on, 'lastDayOn', u.last_day_on,
      'endedOn', u.ended_on) ORDER BY u.seq), '[]')
    FROM units u WHERE u.policy_id = p.id AND (u.status = 'active'
      OR u.status = 'ended' AND u.ended_on > $1::date)) AS units`;

const POLICY_BY_CODE = {
  name: "policy_by_code",
  text: `SELECT ${COLUMNS} FROM policies p WHERE p.code = $2`,
};
// A settled gift has been given; a pending one can still be continued, so it does not count.
const POLICY_FOR_VIEWER = {
  name: "policy_for_viewer",
  text: `SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM orders o WHERE o.policy_id = p.id
      AND o.payer_id = $3 AND o.kind = 'gift' AND o.state = 'settled') AS "hasSupported"
    FROM policies p WHERE p.code = $2`,
};
/** One account insures one person (R6) and so has a policy a year; ten is a decade. */
const MY_POLICIES = {
  name: "my_policies",
  text: `SELECT ${COLUMNS} FROM policies p WHERE p.user_id = $2
    ORDER BY p.created_at DESC, p.id LIMIT 10`,
};
/** The public state of a policy for one viewer or for a guest; null when the code is unknown. */
export async function findPublicPolicy(
  deps: Reads,
  { code, userId }: { code: string; userId: string | null },
): Promise<PublicPolicy | null> {
  const now = deps.now();
  const row = await findPolicyForViewer(deps, { code, userId, now });
  if (!row) return null;
  const payer = { isInsured: row.userId === userId, hasSupported: row.hasSupported };
  const decision = decideContribution({ policy: row, payer }, now);
  return {
    ...publicFacts(row, now),
    viewer: { ...payer, canSupport: decision.ok, reason: decision.ok ? null : decision.code },
  };
}

/** What `/p/[code]` shows; the same for everybody. */
export async function findSharePage(deps: Reads, code: string): Promise<SharePage | null> {
  const now = deps.now();
  const row = await findPolicy(deps, code, now);
  if (!row) return null;
  return {
    ...publicFacts(row, now),
    askerName: row.askerName,
    collectingDaysLeft: collectingDaysLeft(row, now),
    nextUnit: await previewUnit(deps, row, now),
  };
}

/** The owner's page; null when the code is unknown or somebody else's. */
export async function findOwnerPolicy(
  deps: Reads,
  { code, userId }: { code: string; userId: string },
): Promise<OwnerPolicy | null> {
  const now = deps.now();
  const row = await findPolicy(deps, code, now);
  if (row?.userId !== userId) return null;
  const today = shanghaiDateOf(now);
  const [supporters, endorsements, diagnosis, openOrder] = await Promise.all([
    listSupporters(deps, row.id, today),
    listEndorsements(deps, row.id),
    findDiagnosis(deps, row.id),
    findOpenFirstOrder(deps, row.id),
  ]);
  return {
    code: row.code,
    number: row.number,
    status: row.status,
    askerName: row.askerName,
    coverPerUnitYuan: row.coverPerUnitYuan,
    unitsMax: row.unitsMax,
    units: row.units.map((unit) => ({
      seq: unit.seq,
      isMatured: payableCover([unit], today) > 0,
      effectiveOn: unit.effectiveOn,
      maturesOn: unit.maturesOn,
      endedOn: unit.endedOn,
    })),
    ...coverSummary(row.units, today),
    timeline: coverTimeline(row.units),
    today,
    effectiveOn: row.effectiveOn,
    lastDayOn: row.lastDayOn,
    collectingUntil: row.collectingUntil?.toISOString() ?? null,
    collectingDaysLeft: collectingDaysLeft(row, now),
    endedOn: row.endedOn,
    endReason: row.endReason,
    canSurrender: row.status === "active" && row.lastDayOn !== null && today <= row.lastDayOn,
    diagnosis,
    supporters,
    endorsements,
    openOrder,
  };
}

/** Who supported, for the insured only (R42); null for everybody else. */
export async function findSupporters(
  deps: Reads,
  { code, userId }: { code: string; userId: string },
): Promise<Supporters | null> {
  const now = deps.now();
  const row = await findPolicy(deps, code, now);
  if (row?.userId !== userId) return null;
  return { supporters: await listSupporters(deps, row.id, shanghaiDateOf(now)) };
}

export async function listMyPolicies(
  deps: Reads,
  { userId }: { userId: string },
): Promise<MyPolicy[]> {
  const today = shanghaiDateOf(deps.now());
  const rows = await deps.db.query<PolicyRow>(MY_POLICIES, [today, userId]);
  return rows.map((row) => ({
    code: row.code,
    number: row.number,
    status: row.status,
    askerName: row.askerName,
    units: row.unitsPaid,
    unitsMax: row.unitsMax,
    maturedUnits: maturedCount(row.units, today),
    payableNowYuan: payableCover(row.units, today),
    totalYuan: coverSummary(row.units, today).totalYuan,
  }));
}

async function findPolicy(deps: Reads, code: string, now: Date): Promise<PolicyRow | undefined> {
  return (await deps.db.query<PolicyRow>(POLICY_BY_CODE, [shanghaiDateOf(now), code]))[0];
}

async function findPolicyForViewer(
  deps: Reads,
  { code, userId, now }: { code: string; userId: string | null; now: Date },
): Promise<(PolicyRow & { hasSupported: boolean }) | null> {
  if (!userId) {
    const row = await findPolicy(deps, code, now);
    return row ? { ...row, hasSupported: false } : null;
  }
  const [row] = await deps.db.query<PolicyRow & { hasSupported: boolean }>(POLICY_FOR_VIEWER, [
    shanghaiDateOf(now),
    code,
    userId,
  ]);
  return row ?? null;
}

/** What everybody may know of a policy, on the page and through the API alike. */
function publicFacts(row: PolicyRow, now: Date) {
  const today = shanghaiDateOf(now);
  // Which of the last units still count would tell strangers how it ended.
  const units = row.status === "ended" ? [] : row.units;
  return {
    code: row.code,
    status: row.status,
    units: row.unitsPaid,
    unitsMax: row.unitsMax,
    maturedUnits: maturedCount(units, today),
    coverPerUnitYuan: row.coverPerUnitYuan,
    coverYuan: coverSummary(units, today).totalYuan,
    payableNowYuan: payableCover(units, today),
    collectingUntil: row.collectingUntil?.toISOString() ?? null,
  };
}

function maturedCount(units: readonly UnitRow[], today: CalendarDate): number {
  return units.filter((unit) => payableCover([unit], today) > 0).length;
}

function collectingDaysLeft(row: PolicyRow, now: Date): number | null {
  if (row.status !== "active" || !row.collectingUntil || now >= row.collectingUntil) return null;
  // The window closes at midnight after its last day, so the last day itself is one day left.
  return daysBetween(shanghaiDateOf(now), shanghaiDateOf(row.collectingUntil));
}

async function previewUnit(deps: Reads, row: PolicyRow, now: Date): Promise<UnitPreview | null> {
  const guest = { isInsured: false, hasSupported: false };
  if (!decideContribution({ policy: row, payer: guest }, now).ok) return null;
  const { plan } = await getPlan(deps, row.planVersion);
  if (!row.effectiveOn || !row.lastDayOn) return null;
  const term = { effectiveOn: row.effectiveOn, lastDayOn: row.lastDayOn };
  return { coverYuan: row.coverPerUnitYuan, ...unitDates(plan, term, now) };
}
