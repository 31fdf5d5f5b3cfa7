/**
 * The order numbers that a day is about, read a window at a time: no statement grows with the day, so
 * none comes near its three seconds however much was traded.
 */
import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { DayScope } from "./day-scope";

const LAST_LINE = {
  name: "last_line_of_day",
  text: `SELECT greatest(
      (SELECT max(line_no) FROM bill_lines WHERE bill_date = $1 AND kind = 'trade'),
      (SELECT max(line_no) FROM bill_lines WHERE bill_date = $1 AND kind = 'fund_basic'), 0) AS "lineNo"`,
};
const NUMBERS_OF_LINES = {
  name: "numbers_of_lines",
  text: `SELECT DISTINCT out_trade_no AS "outTradeNo" FROM bill_lines
    WHERE bill_date = $1 AND kind IN ('trade', 'fund_basic') AND line_no > $2 AND line_no <= $3
      AND out_trade_no IS NOT NULL`,
};
// The first bound is for the index, which knows only the instant; the second parts those of one instant.
const NUMBERS_OF_PAYMENTS = {
  name: "numbers_of_payments",
  text: `SELECT out_trade_no AS "outTradeNo", paid_at AS at, out_trade_no AS no FROM orders
    WHERE paid_at >= $1 AND paid_at < $2 AND (paid_at, out_trade_no) > ($1, $3)
    ORDER BY paid_at, out_trade_no LIMIT $4`,
};
const NUMBERS_OF_REFUNDS = {
  name: "numbers_of_refunds",
  text: `SELECT o.out_trade_no AS "outTradeNo", r.submitted_at AS at, r.out_refund_no AS no
    FROM (SELECT order_id, submitted_at, out_refund_no FROM refunds
      WHERE submitted_at >= $1 AND submitted_at < $2 AND (submitted_at, out_refund_no) > ($1, $3)
      ORDER BY submitted_at, out_refund_no LIMIT $4) r JOIN orders o ON o.id = r.order_id
    ORDER BY r.submitted_at, r.out_refund_no`,
};

/** Lines or rows of one window: some 20 ms. */
const WINDOW = 10_000;
/** Each chunk of numbers is then read by statements of some 50 ms. */
const CHUNK = 2_000;

/** Windows `after < line_no <= until` that together hold every line of the day's bills. */
export async function* lineWindows(
  deps: Pick<Deps, "db">,
  billDate: CalendarDate,
  size = WINDOW,
): AsyncGenerator<{ after: number; until: number }> {
  const [last] = await deps.db.query<{ lineNo: number }>(LAST_LINE, [billDate]);
  for (let after = 0; after < (last?.lineNo ?? 0); after += size) {
    yield { after, until: after + size };
  }
}

/** Every number once, in chunks for one statement each: in the day's bills, or of a payment or refund of its scope. */
export async function* numbersOfDay(
  deps: Pick<Deps, "db">,
  scope: DayScope,
  windowSize = WINDOW,
): AsyncGenerator<string[]> {
  const seen = new Set<string>();
  let chunk: string[] = [];
  for await (const numbers of readNumbers(deps, scope, windowSize)) {
    for (const number of numbers) {
      if (seen.has(number)) continue;
      seen.add(number);
      chunk.push(number);
      if (chunk.length === CHUNK) {
        yield chunk;
        chunk = [];
      }
    }
  }
  if (chunk.length > 0) yield chunk;
}

async function* readNumbers(
  deps: Pick<Deps, "db">,
  { billDate, from, until }: DayScope,
  windowSize: number,
): AsyncGenerator<string[]> {
  for await (const window of lineWindows(deps, billDate, windowSize)) {
    const rows = await deps.db.query<{ outTradeNo: string }>(NUMBERS_OF_LINES, [
      billDate,
      window.after,
      window.until,
    ]);
    yield rows.map(({ outTradeNo }) => outTradeNo);
  }
  for (const statement of [NUMBERS_OF_PAYMENTS, NUMBERS_OF_REFUNDS]) {
    let after = { at: from, no: "" };
    for (;;) {
      const values = [after.at, until, after.no, windowSize];
      const rows = await deps.db.query<{ outTradeNo: string; at: Date; no: string }>(
        statement,
        values,
      );
      yield rows.map(({ outTradeNo }) => outTradeNo);
      const last = rows.at(-1);
      if (!last || rows.length < windowSize) break;
      after = last;
    }
  }
}
