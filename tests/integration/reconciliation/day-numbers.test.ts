/** A day is read in windows: nothing falls between two of them and nothing comes twice. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { numbersOfDay } from "@/lib/reconciliation/day-numbers";
import { startWorld, type World } from "@/tests/support/world";
import { outTradeNoOf, writeBulkDay } from "./bulk-day";

const ORDERS = 100;

let world: World;
const billDate = () => addDays(shanghaiDateOf(world.deps.now()), -2);
beforeAll(async () => {
  world = await startWorld();
  await writeBulkDay(world, { billDate: billDate(), orders: ORDERS, wrongPayers: [] });
  // Twenty of them were paid at the same instant, over the edge of any window.
  await world.sql("ALTER TABLE orders DISABLE TRIGGER USER");
  await world.sql(
    "UPDATE orders SET paid_at = (SELECT paid_at FROM orders WHERE id = 'ord_41') WHERE id = ANY ($1)",
    [Array.from({ length: 20 }, (_, index) => `ord_${41 + index}`)],
  );
  await world.sql("ALTER TABLE orders ENABLE TRIGGER USER");
  await world.sql(
    `INSERT INTO bills (bill_date, kind, lines_count, downloaded_at)
     SELECT $1, kind, 30, now() FROM unnest('{trade,fund_basic}'::text[]) kind`,
    [billDate()],
  );
  await world.sql(
    `INSERT INTO bill_lines (bill_date, kind, line_no, entry, at, out_trade_no, amount_fen, fee_fen)
     SELECT $1, kind, n + 1, 'payment', now(), $2 || lpad((90 + n)::text, 22, '0'), 100, 1
     FROM generate_series(1, 30) n, unnest('{trade,fund_basic}'::text[]) kind`,
    [billDate(), outTradeNoOf(billDate(), 1).slice(0, -22)],
  );
});
afterAll(() => world.close());

async function numbers(windowSize: number): Promise<string[]> {
  const from = startOfShanghaiDay(billDate());
  const scope = { billDate: billDate(), from, until: startOfShanghaiDay(addDays(billDate(), 1)) };
  const all: string[] = [];
  for await (const chunk of numbersOfDay(world.deps, scope, windowSize)) all.push(...chunk);
  return all.sort();
}

const range = (from: number, until: number) =>
  Array.from({ length: until - from + 1 }, (_, index) => outTradeNoOf(billDate(), from + index));

test.each([1, 7, 50, 100, 1_000])(
  "%i at a time: every payment and every line, once",
  async (size) => {
    expect(await numbers(size)).toEqual(range(1, ORDERS + 20));
  },
);
