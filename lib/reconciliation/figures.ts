/**
 * The three sums of a day that must be one: WeChat's bill, our orders and refunds, our ledger. Added
 * up by the database, apart from the line-by-line comparison, so that each checks the other.
 */
import type { Deps } from "@/lib/deps";
import { addTo, sumBill } from "./bill-sums";
import { numbersOfDay } from "./day-numbers";
import type { DayScope } from "./day-scope";
import { countDifferences, type DifferenceCounts } from "./differences";

export interface Sum {
  count: number;
  fen: number;
}

export interface Figures {
  payments: { bill: Sum; orders: Sum; ledger: Sum };
  /** A refund enters the ledger when it has arrived; until then it is `underWay`. */
  refunds: { bill: Sum; refunds: Sum; ledger: Sum; underWay: Sum };
  fees: { billFen: number; ledgerFen: number };
  /** What the trade bill says less its fees, and what moved in the account for it. */
  account: { tradedFen: number; movedFen: number };
  /** Of the above: what we date into a neighbouring day, and this bill lists. */
  datedOtherwise: { payments: number; refunds: number };
  differences: DifferenceCounts;
  /** True when all of it agrees to the fen, without anybody's explanation. */
  isEqual: boolean;
  /** Wall time of each stage. */
  seconds: Record<string, number>;
}

const BOOKED_FEES = {
  name: "booked_fees",
  text: `SELECT coalesce(sum(p.amount_fen), 0)::float8 AS fen
    FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
    WHERE e.bill_date = $1 AND e.kind = 'fees_charged' AND p.account = 'wechat_fees'`,
};
// Of the day: what its bill lists, and what we date into it unless another day's bill or run tells of
// it. Each order looks its own lines up by its number, and the day only sorts them: asked for in the
// search, Postgres would read all of the day for every chunk.
const PAYMENT_SUMS = {
  name: "payment_sums",
  text: `WITH ours AS (
      SELECT o.id, o.paid_fen, o.paid_at
      FROM orders o
        CROSS JOIN LATERAL (
          SELECT coalesce(bool_or(l.bill_date = $2), false) AS here, coalesce(bool_or(l.bill_date <> $2), false) AS elsewhere
          FROM bill_lines l WHERE l.out_trade_no = o.out_trade_no AND l.kind = 'trade' AND l.entry = 'payment') told
        CROSS JOIN LATERAL (
          SELECT count(*) > 0 AS elsewhere FROM bill_differences d
          WHERE d.out_trade_no = o.out_trade_no AND d.kind = 'payment_absent' AND d.bill_date <> $2) absent
      WHERE o.out_trade_no = ANY ($1::text[]) AND o.transaction_id IS NOT NULL AND (told.here
        OR (o.paid_at >= $3 AND o.paid_at < $4 AND NOT told.elsewhere AND NOT absent.elsewhere)))
    SELECT count(*)::int AS count, coalesce(sum(ours.paid_fen), 0)::float8 AS fen,
      count(*) FILTER (WHERE (ours.paid_at AT TIME ZONE 'Asia/Shanghai')::date <> $2)::int AS "datedOtherwise",
      count(booked.fen)::int AS "ledgerCount", coalesce(sum(booked.fen), 0)::float8 AS "ledgerFen"
    FROM ours CROSS JOIN LATERAL (
      SELECT sum(p.amount_fen) AS fen FROM ledger_entries e
        JOIN ledger_postings p ON p.entry_id = e.id AND p.account = 'wechat_clearing'
      WHERE e.order_id = ours.id AND e.kind <> 'refund_paid') booked`,
};
const REFUND_SUMS = {
  name: "refund_sums",
  text: `WITH ours AS (
      SELECT r.order_id, r.amount_fen, r.state, r.submitted_at
      FROM orders o JOIN refunds r ON r.order_id = o.id
        CROSS JOIN LATERAL (
          SELECT coalesce(bool_or(l.bill_date = $2), false) AS here, coalesce(bool_or(l.bill_date <> $2), false) AS elsewhere
          FROM bill_lines l WHERE l.out_trade_no = o.out_trade_no AND l.out_refund_no = r.out_refund_no
            AND l.kind = 'trade' AND l.entry = 'refund') told
        CROSS JOIN LATERAL (
          SELECT count(*) > 0 AS elsewhere FROM bill_differences d
          WHERE d.out_trade_no = o.out_trade_no AND d.out_refund_no = r.out_refund_no AND d.kind = 'refund_absent'
            AND d.bill_date <> $2) absent
      WHERE o.out_trade_no = ANY ($1::text[]) AND (told.here
        OR (r.submitted_at >= $3 AND r.submitted_at < $4 AND NOT told.elsewhere AND NOT absent.elsewhere)))
    SELECT count(*)::int AS count, coalesce(sum(ours.amount_fen), 0)::float8 AS fen,
      count(*) FILTER (WHERE (ours.submitted_at AT TIME ZONE 'Asia/Shanghai')::date <> $2)::int AS "datedOtherwise",
      count(*) FILTER (WHERE ours.state <> 'succeeded')::int AS "underWayCount",
      coalesce(sum(ours.amount_fen) FILTER (WHERE ours.state <> 'succeeded'), 0)::float8 AS "underWayFen",
      count(booked.fen)::int AS "ledgerCount", coalesce(sum(booked.fen), 0)::float8 AS "ledgerFen"
    FROM ours CROSS JOIN LATERAL (
      SELECT -sum(p.amount_fen) AS fen FROM ledger_entries e
        JOIN ledger_postings p ON p.entry_id = e.id AND p.account = 'wechat_clearing'
      WHERE e.order_id = ours.order_id AND e.kind = 'refund_paid' AND ours.state = 'succeeded') booked`,
};

interface OurSums extends Sum {
  datedOtherwise: number;
  ledgerCount: number;
  ledgerFen: number;
}

interface OurRefundSums extends OurSums {
  underWayCount: number;
  underWayFen: number;
}

const NOTHING: OurSums = { count: 0, fen: 0, datedOtherwise: 0, ledgerCount: 0, ledgerFen: 0 };

/** @throws what `beforeChunk` throws. */
export async function calculateFigures(
  deps: Deps,
  scope: DayScope,
  seconds: Record<string, number>,
  beforeChunk: () => Promise<void>,
): Promise<Figures> {
  const { billDate } = scope;
  const bill = await sumBill(deps, billDate, beforeChunk);
  const { paid, refunded } = await sumOurs(deps, scope, beforeChunk);
  const [booked] = await deps.db.query<{ fen: number }>(BOOKED_FEES, [billDate]);
  const figures = {
    payments: {
      bill: { count: bill.payments, fen: bill.paidFen },
      orders: { count: paid.count, fen: paid.fen },
      ledger: { count: paid.ledgerCount, fen: paid.ledgerFen },
    },
    refunds: {
      bill: { count: bill.refunds, fen: bill.refundedFen },
      refunds: { count: refunded.count, fen: refunded.fen },
      ledger: { count: refunded.ledgerCount, fen: refunded.ledgerFen },
      underWay: { count: refunded.underWayCount, fen: refunded.underWayFen },
    },
    fees: { billFen: bill.feeFen, ledgerFen: booked?.fen ?? 0 },
    account: { tradedFen: bill.tradedFen, movedFen: bill.movedFen },
    datedOtherwise: { payments: paid.datedOtherwise, refunds: refunded.datedOtherwise },
  };
  return {
    ...figures,
    differences: await countDifferences(deps, billDate),
    isEqual: areEqual(figures),
    seconds,
  };
}

async function sumOurs(
  deps: Deps,
  scope: DayScope,
  beforeChunk: () => Promise<void>,
): Promise<{ paid: OurSums; refunded: OurRefundSums }> {
  const paid = { ...NOTHING };
  const refunded = { ...NOTHING, underWayCount: 0, underWayFen: 0 };
  for await (const numbers of numbersOfDay(deps, scope)) {
    await beforeChunk();
    const values = [numbers, scope.billDate, scope.from, scope.until];
    const [[payments], [refunds]] = await Promise.all([
      deps.db.query<OurSums>(PAYMENT_SUMS, values),
      deps.db.query<OurRefundSums>(REFUND_SUMS, values),
    ]);
    addTo(paid, payments as OurSums);
    addTo(refunded, refunds as OurRefundSums);
  }
  return { paid, refunded };
}

function areEqual({
  payments,
  refunds,
  fees,
  account,
}: Pick<Figures, "payments" | "refunds" | "fees" | "account">): boolean {
  const { ledger, underWay } = refunds;
  const booked = { count: ledger.count + underWay.count, fen: ledger.fen + underWay.fen };
  return (
    isSame(payments.bill, payments.orders) &&
    isSame(payments.orders, payments.ledger) &&
    isSame(refunds.bill, refunds.refunds) &&
    isSame(refunds.refunds, booked) &&
    fees.billFen === fees.ledgerFen &&
    account.tradedFen === account.movedFen
  );
}

const isSame = (one: Sum, other: Sum) => one.count === other.count && one.fen === other.fen;
