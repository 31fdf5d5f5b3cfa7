/**
 * Reads a day's lines and our orders of the same numbers, a chunk at a time, lets the rules compare
 * them and records what they find. Changes nothing but rows of differences.
 */
import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { numbersOfDay } from "./day-numbers";
import type { DayScope } from "./day-scope";
import { closeVanished, recordDifferences } from "./differences";
import { compareDay, type DayLine, type Difference, type OurOrder, type OurRefund } from "./rules";

// Of every day: the same index finds them all, and those of other days say what was told there. Asking
// for the day as well would lead Postgres to read all of it for every chunk, and so would a plain join
// while it has not counted a new bill's lines: OFFSET 0 has each number looked up by itself.
const LINES = {
  name: "lines_of_numbers",
  text: `SELECT l.bill_date AS "billDate", l.kind, l.line_no AS "lineNo", l.entry, l.transaction_id AS "transactionId",
      l.out_trade_no AS "outTradeNo", l.out_refund_no AS "outRefundNo", l.openid, l.amount_fen AS "amountFen",
      l.fee_fen AS "feeFen", l.fee_rate_ppm AS "feeRatePpm", l.state, l.attach
    FROM unnest($1::text[]) AS n(out_trade_no) CROSS JOIN LATERAL (
      SELECT * FROM bill_lines b WHERE b.out_trade_no = n.out_trade_no OFFSET 0) l
    WHERE l.kind IN ('trade', 'fund_basic') ORDER BY l.bill_date, l.kind, l.line_no`,
};
// One statement, so that an order, its refunds and its ledger are of the same instant.
const ORDERS = {
  name: "orders_to_reconcile",
  text: `SELECT o.out_trade_no AS "outTradeNo", o.state, o.transaction_id AS "transactionId", o.paid_fen AS "paidFen",
      o.payer_openid AS "payerOpenid", coalesce(o.paid_at >= $2 AND o.paid_at < $3, false) AS "isDue",
      booked.paid_fen AS "ledgerPaidFen", booked.refunded_fen AS "ledgerRefundedFen",
      (SELECT coalesce(json_agg(json_build_object('outRefundNo', r.out_refund_no, 'amountFen', r.amount_fen,
          'state', r.state, 'isDue', coalesce(r.submitted_at >= $2 AND r.submitted_at < $3, false))), '[]')
        FROM refunds r WHERE r.order_id = o.id) AS refunds
    FROM orders o CROSS JOIN LATERAL (
      SELECT coalesce(sum(p.amount_fen) FILTER (WHERE e.kind <> 'refund_paid'), 0)::int AS paid_fen,
        coalesce(-sum(p.amount_fen) FILTER (WHERE e.kind = 'refund_paid'), 0)::int AS refunded_fen
      FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id AND p.account = 'wechat_clearing'
      WHERE e.order_id = o.id) booked
    WHERE o.out_trade_no = ANY ($1::text[])`,
};
const ABSENT_ELSEWHERE = {
  name: "absent_elsewhere",
  text: `SELECT d.out_trade_no AS "outTradeNo", d.out_refund_no AS "outRefundNo"
    FROM unnest($1::text[]) AS n(out_trade_no) JOIN bill_differences d ON d.out_trade_no = n.out_trade_no
    WHERE d.bill_date <> $2 AND d.kind IN ('payment_absent', 'refund_absent')`,
};

/** @returns the kinds and subjects of everything on which the day disagrees now. */
export async function matchDay(
  deps: Deps,
  scope: DayScope,
  beforeChunk: () => Promise<void>,
): Promise<Pick<Difference, "kind" | "subject">[]> {
  const { billDate } = scope;
  const found: Pick<Difference, "kind" | "subject">[] = [];
  for await (const numbers of numbersOfDay(deps, scope)) {
    await beforeChunk();
    const differences = await compareNumbers(deps, scope, numbers);
    await recordDifferences(deps, billDate, differences);
    found.push(...differences.map(({ kind, subject }) => ({ kind, subject })));
  }
  await closeVanished(deps, billDate, found, beforeChunk);
  return found;
}

type Told = Pick<DayLine, "outTradeNo" | "outRefundNo">;

async function compareNumbers(
  deps: Deps,
  { billDate, from, until }: DayScope,
  numbers: string[],
): Promise<Difference[]> {
  const [lines, orders, absent] = await Promise.all([
    deps.db.query<DayLine & { billDate: CalendarDate }>(LINES, [numbers]),
    deps.db.query<OurOrder>(ORDERS, [numbers, from, until]),
    deps.db.query<Told>(ABSENT_ELSEWHERE, [numbers, billDate]),
  ]);
  // By another day's bill, or called absent by another day's run already.
  const elsewhere = lines.filter((line) => line.kind === "trade" && line.billDate !== billDate);
  const told = new Set(
    [...elsewhere, ...absent].map(({ outRefundNo, outTradeNo }) => outRefundNo ?? outTradeNo),
  );
  const ours = orders.map(
    (order): OurOrder => ({
      ...order,
      isDue: order.isDue && !told.has(order.outTradeNo),
      refunds: order.refunds.map(
        (refund): OurRefund => ({
          ...refund,
          isDue: refund.isDue && !told.has(refund.outRefundNo),
        }),
      ),
    }),
  );
  return compareDay(
    ours,
    lines.filter((line) => line.billDate === billDate),
  );
}
