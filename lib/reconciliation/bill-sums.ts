import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { lineWindows } from "./day-numbers";

/** What WeChat's bills of a day add up to. */
export interface BillSums {
  payments: number;
  paidFen: number;
  refunds: number;
  refundedFen: number;
  feeFen: number;
  /** The trade bill less its fees. */
  tradedFen: number;
  /** What moved in the account for trade. */
  movedFen: number;
}

// Sums are read as float8, which JavaScript holds exactly up to 90 billion yuan.
const BILL_SUMS = {
  name: "bill_sums",
  text: `SELECT count(*) FILTER (WHERE kind = 'trade' AND entry = 'payment')::int AS payments,
      coalesce(sum(amount_fen) FILTER (WHERE kind = 'trade' AND entry = 'payment'), 0)::float8 AS "paidFen",
      count(*) FILTER (WHERE kind = 'trade' AND entry = 'refund')::int AS refunds,
      coalesce(-sum(amount_fen) FILTER (WHERE kind = 'trade' AND entry = 'refund'), 0)::float8 AS "refundedFen",
      coalesce(sum(fee_fen) FILTER (WHERE kind = 'trade'), 0)::float8 AS "feeFen",
      coalesce(sum(amount_fen - fee_fen) FILTER (WHERE kind = 'trade'), 0)::float8 AS "tradedFen",
      coalesce(sum(amount_fen) FILTER (WHERE kind = 'fund_basic' AND entry IN ('payment', 'refund', 'fee')), 0)::float8
        AS "movedFen"
    FROM bill_lines WHERE bill_date = $1 AND kind IN ('trade', 'fund_basic') AND line_no > $2 AND line_no <= $3`,
};

export async function sumBill(
  deps: Deps,
  billDate: CalendarDate,
  beforeChunk: () => Promise<void>,
): Promise<BillSums> {
  const total: BillSums = {
    payments: 0,
    paidFen: 0,
    refunds: 0,
    refundedFen: 0,
    feeFen: 0,
    tradedFen: 0,
    movedFen: 0,
  };
  for await (const { after, until } of lineWindows(deps, billDate)) {
    await beforeChunk();
    const [part] = await deps.db.query<BillSums>(BILL_SUMS, [billDate, after, until]);
    addTo(total, part as BillSums);
  }
  return total;
}

/** Adds every figure of a part to its like in the total. */
export function addTo<Sums extends { [Name in keyof Sums]: number }>(
  total: Sums,
  part: Sums,
): void {
  for (const name of Object.keys(total) as (keyof Sums)[]) {
    total[name] = (total[name] + part[name]) as Sums[keyof Sums];
  }
}
