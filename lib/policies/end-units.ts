/**
 * Writes the end of units, with their refunds, ledger lines and one endorsement, or of a whole
 * policy. Decided by the caller from what he read; the SQL function `end_units` refuses when the rows
 * have moved since, and then nothing is written.
 */
import type { Database } from "@/lib/db/database";
import { isStaleDecision, isUniqueViolation } from "@/lib/db/errors";
import { assert, DomainError } from "@/lib/errors/errors";
import { newId, outRefundNoFor } from "@/lib/ids";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { UnitRefund } from "@/lib/pricing/refunds";
import type { EndReason } from "./contract";
import type { PolicyToEnd } from "./policy-to-end";

const END_UNITS = {
  name: "end_units",
  text: `SELECT end_units($1, $2, $3, $4, $5, $6) AS "endorsementNo"`,
};

interface Identified {
  id: string;
  orderId: string;
  outTradeNo: string;
}

/**
 * Ends one unit of a policy that goes on. Guarded by the unit alone: gifts that arrive meanwhile
 * change nothing about it.
 *
 * @returns the number of the endorsement `unit_ended`.
 * @throws an error that `isStaleDecision` knows when the unit, its order or its policy has ended.
 */
export function endUnit(
  query: Database["query"],
  policyId: string,
  unit: Identified,
  refund: UnitRefund,
  now: Date,
): Promise<string> {
  return write(query, [
    policyId,
    null,
    JSON.stringify([toRecord(unit, refund, now)]),
    null,
    null,
    now,
  ]);
}

/**
 * Ends the policy with every unit that it had when it was read.
 *
 * @returns the number of the endorsement `policy_ended`.
 * @throws an error that `isStaleDecision` knows when a unit has come or gone since.
 */
export function endPolicy(
  query: Database["query"],
  policy: Pick<PolicyToEnd, "id" | "version" | "units">,
  end: { reason: EndReason; endedOn: CalendarDate; refunds: readonly UnitRefund[] },
  now: Date,
): Promise<string> {
  const byNumber = new Map(policy.units.map((unit) => [unit.unitNumber, unit]));
  const records = end.refunds.map((refund) => {
    const unit = byNumber.get(refund.unitNumber);
    assert(unit, "a refund is of a unit that was read");
    return toRecord(unit, refund, now);
  });
  return write(query, [
    policy.id,
    policy.version,
    JSON.stringify(records),
    end.endedOn,
    end.reason,
    now,
  ]);
}

async function write(query: Database["query"], values: readonly unknown[]): Promise<string> {
  const [row] = await query<{ endorsementNo: string }>(END_UNITS, values);
  assert(row, "end_units returns its endorsement");
  return row.endorsementNo;
}

/** One element of the JSON that `ending_units` reads; the names are its columns. */
function toRecord(unit: Identified, refund: UnitRefund, now: Date): Record<string, unknown> {
  return {
    unit_id: unit.id,
    order_id: unit.orderId,
    ended_on: refund.endedOn,
    refund_fen: refund.refundFen,
    reason: refund.reason,
    refund_id: newId("refund", now),
    out_refund_no: outRefundNoFor(unit.outTradeNo),
    entry_id: newId("ledgerEntry", now),
  };
}

/** A policy has a hundred places; each lost race means that one of them was filled or emptied. */
const TURNS_MAX = 20;

/**
 * Reads, decides and writes again while the write finds that somebody else moved first.
 *
 * @throws DomainError unavailable when that never ends, besides whatever `turn` throws.
 */
export async function decideAgain<Result>(turn: () => Promise<Result>): Promise<Result> {
  for (let count = 0; count < TURNS_MAX; count += 1) {
    try {
      return await turn();
    } catch (error) {
      const lostRace =
        isStaleDecision(error) || isUniqueViolation(error, "diagnosis_reports_policy_id_key");
      if (!lostRace) throw error;
    }
  }
  throw new DomainError("unavailable", { retryAfterSeconds: 1 });
}
