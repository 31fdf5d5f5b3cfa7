/**
 * Writes settled units. Settles that run at the same time are written by one statement, in one
 * commit: at a thousand a second the round trips and the syncs are what costs, not the rows.
 */
import { createBatcher } from "@/lib/db/batcher";
import type { Database } from "@/lib/db/database";
import { perDatabase } from "@/lib/db/per-database";
import type { UnitTerms } from "./rules";

export interface UnitWrite {
  orderId: string;
  policyId: string;
  /** The state in which the decision saw the order; any other by now refuses the write. */
  expectedState: string;
  transactionId: string | null;
  paidFen: number | null;
  paidAt: Date | null;
  provenBy: "notify" | "query";
  now: Date;
  unitId: string;
  entryId: string;
  terms: UnitTerms;
}

export interface WrittenUnit {
  seq: number;
  endorsementNo: string;
}

export const SETTLE_UNITS = {
  name: "settle_units",
  text: `SELECT place::int, unit_seq AS seq, endorsement_number AS "endorsementNo", failure,
      failed_constraint AS constraint FROM settle_units($1::jsonb)`,
};

interface SettledRow extends WrittenUnit {
  place: number;
  /** SQLSTATE; null when the unit was written. */
  failure: string | null;
  constraint: string | null;
}

/** Thirty-two subtransactions stay inside what Postgres keeps in memory for one transaction (64). */
const BATCH_MAX = 32;

const batcherOf = perDatabase((db: Database) =>
  createBatcher<UnitWrite, WrittenUnit>({
    lanes: 1,
    sizeMax: BATCH_MAX,
    run: (writes) => writeUnits(db, writes),
  }),
);

/**
 * @throws an error with the SQLSTATE (`code`) and `constraint` of this unit's refusal: WH001 when a
 *   row changed since the decision, 23505 when a unique index speaks. Nothing was written then, and
 *   what is wrong with one unit never touches the others of its statement.
 */
export function writeUnit(db: Database, write: UnitWrite): Promise<WrittenUnit> {
  return batcherOf(db)(write);
}

async function writeUnits(db: Database, writes: UnitWrite[]): Promise<(WrittenUnit | Error)[]> {
  // In one order everywhere, so that two statements cannot wait for each other.
  const ordered = writes
    .map((write, place) => ({ write, place }))
    .sort((one, other) => compare(one.write, other.write));
  const rows = await db.query<SettledRow>(SETTLE_UNITS, [
    JSON.stringify(ordered.map(({ write, place }) => toRecord(write, place))),
  ]);
  const results: (WrittenUnit | Error)[] = [];
  for (const { place, seq, endorsementNo, failure, constraint } of rows) {
    results[place] = failure
      ? Object.assign(new Error(`unit not written: ${failure}`), { code: failure, constraint })
      : { seq, endorsementNo };
  }
  return results;
}

function compare(one: UnitWrite, other: UnitWrite): number {
  if (one.policyId !== other.policyId) return one.policyId < other.policyId ? -1 : 1;
  return one.orderId < other.orderId ? -1 : 1;
}

/** One element of the JSON that `settle_units` reads; the names are its columns. */
export function toRecord({ terms, ...write }: UnitWrite, place: number): Record<string, unknown> {
  return {
    place,
    policy_id: write.policyId,
    order_id: write.orderId,
    expected_state: write.expectedState,
    transaction_id: write.transactionId,
    paid_fen: write.paidFen,
    paid_at: write.paidAt,
    proven_by: write.provenBy,
    now: write.now,
    unit_id: write.unitId,
    entry_id: write.entryId,
    cover_yuan: terms.coverYuan,
    effective_on: terms.effectiveOn,
    matures_on: terms.maturesOn,
    last_day_on: terms.lastDayOn,
    collecting_until: terms.issue?.collectingUntil ?? null,
    identity_id: terms.issue?.identityId ?? null,
    band: terms.issue?.band ?? null,
    age_at_issue: terms.issue?.ageAtIssue ?? null,
    units_max: terms.issue?.unitsMax ?? null,
  };
}
