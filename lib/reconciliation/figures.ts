/**
 * The three sums of a day that must be one: WeChat's bill, our orders and refunds, our ledger. Added
 * up by the database, apart from the line-by-line comparison, so that each checks the other.
 */
import type { Deps } from "@/lib/deps";
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
        AS "movedFen",
      (SELECT coalesce(sum(p.amount_fen), 0)::float8 FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
        WHERE e.bill_date = $1 AND e.kind = 'fees_charged' AND p.account = 'wechat_fees') AS "ledgerFeeFen"
    FROM bill_lines WHERE bill_date = $1`,
};
const PAYMENT_SUMS = {
  name: "payment_sums",
  text: `WITH ours AS (
      SELECT o.id, o.paid_fen, o.paid_at FROM orders o
        WHERE o.transaction_id IS NOT NULL AND o.out_trade_no IN (
          SELECT l.out_trade_no FROM bill_lines l WHERE l.bill_date = $1 AND l.kind = 'trade' AND l.entry = 'payment')
      UNION SELECT o.id, o.paid_fen, o.paid_at FROM orders o
        WHERE o.paid_at >= $2 AND o.paid_at < $3 AND NOT EXISTS (
          SELECT 1 FROM bill_lines l WHERE l.out_trade_no = o.out_trade_no AND l.kind = 'trade' AND l.entry = 'payment'
            AND l.bill_date <> $1)
          AND NOT EXISTS (SELECT 1 FROM bill_differences d WHERE d.out_trade_no = o.out_trade_no
            AND d.kind = 'payment_absent' AND d.bill_date <> $1))
    SELECT count(*)::int AS count, coalesce(sum(ours.paid_fen), 0)::float8 AS fen,
      count(*) FILTER (WHERE (ours.paid_at AT TIME ZONE 'Asia/Shanghai')::date <> $1)::int AS "datedOtherwise",
      count(booked.fen)::int AS "ledgerCount", coalesce(sum(booked.fen), 0)::float8 AS "ledgerFen"
    FROM ours LEFT JOIN LATERAL (
      SELECT sum(p.amount_fen) AS fen FROM ledger_entries e
        JOIN ledger_postings p ON p.entry_id = e.id AND p.account = 'wechat_clearing'
      WHERE e.order_id = ours.id AND e.kind <> 'refund_paid') booked ON true`,
};
const REFUND_SUMS = {
  name: "refund_sums",
  text: `WITH ours AS (
      SELECT r.id, r.order_id, r.amount_fen, r.state, r.submitted_at FROM bill_lines l
        JOIN refunds r ON r.out_refund_no = l.out_refund_no
        WHERE l.bill_date = $1 AND l.kind = 'trade' AND l.entry = 'refund'
      UNION SELECT r.id, r.order_id, r.amount_fen, r.state, r.submitted_at FROM refunds r JOIN orders o ON o.id = r.order_id
        WHERE r.submitted_at >= $2 AND r.submitted_at < $3 AND NOT EXISTS (
          SELECT 1 FROM bill_lines l WHERE l.out_trade_no = o.out_trade_no AND l.out_refund_no = r.out_refund_no
            AND l.kind = 'trade' AND l.bill_date <> $1)
          AND NOT EXISTS (SELECT 1 FROM bill_differences d WHERE d.out_trade_no = o.out_trade_no
            AND d.out_refund_no = r.out_refund_no AND d.kind = 'refund_absent' AND d.bill_date <> $1))
    SELECT count(*)::int AS count, coalesce(sum(ours.amount_fen), 0)::float8 AS fen,
      count(*) FILTER (WHERE (ours.submitted_at AT TIME ZONE 'Asia/Shanghai')::date <> $1)::int AS "datedOtherwise",
      count(*) FILTER (WHERE ours.state <> 'succeeded')::int AS "underWayCount",
      coalesce(sum(ours.amount_fen) FILTER (WHERE ours.state <> 'succeeded'), 0)::float8 AS "underWayFen",
      count(booked.fen)::int AS "ledgerCount", coalesce(sum(booked.fen), 0)::float8 AS "ledgerFen"
    FROM ours LEFT JOIN LATERAL (
      SELECT -p.amount_fen AS fen FROM ledger_entries e
        JOIN ledger_postings p ON p.entry_id = e.id AND p.account = 'wechat_clearing'
      WHERE e.order_id = ours.order_id AND e.kind = 'refund_paid' AND ours.state = 'succeeded') booked ON true`,
};

interface BillSums {
  payments: number;
  paidFen: number;
  refunds: number;
  refundedFen: number;
  feeFen: number;
  tradedFen: number;
  movedFen: number;
  ledgerFeeFen: number;
}

interface OurSums extends Sum {
  datedOtherwise: number;
  ledgerCount: number;
  ledgerFen: number;
}

export async function calculateFigures(
  deps: Deps,
  { billDate, from, until }: DayScope,
  seconds: Record<string, number>,
): Promise<Figures> {
  const window = [billDate, from, until];
  const [bill] = (await deps.db.query<BillSums>(BILL_SUMS, [billDate])) as [BillSums];
  const [paid] = (await deps.db.query<OurSums>(PAYMENT_SUMS, window)) as [OurSums];
  const [refunded] = (await deps.db.query<OurSums & { underWayCount: number; underWayFen: number }>(
    REFUND_SUMS,
    window,
  )) as [OurSums & { underWayCount: number; underWayFen: number }];
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
    fees: { billFen: bill.feeFen, ledgerFen: bill.ledgerFeeFen },
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
