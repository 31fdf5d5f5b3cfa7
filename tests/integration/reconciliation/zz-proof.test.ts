import { expect, test } from "vitest";
import { startWorld } from "@/tests/support/world";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import { advanceToBill, advanceToHour } from "./days";
import { writeBulkDay } from "./zz-bulk";

const N = Number(process.env.PROOF_N ?? 200_000);
test("proof", async () => {
  const world = await startWorld();
  const billDate = await advanceToHour(world, 20);
  const t0 = performance.now();
  await writeBulkDay(world, { billDate, orders: N, wrongPayers: [] });
  await world.sql("UPDATE orders SET state = 'settled' WHERE state = 'refunded'").catch((e) => console.info(e.message));
  const omit = 5;
  await world.sql(`INSERT INTO bills (bill_date, kind, lines_count, downloaded_at) VALUES ($1, 'trade', $2, now()), ($1, 'fund_basic', $3, now())`, [billDate, N - omit, 2 * N - 2 * omit]);
  await world.sql(`INSERT INTO bill_lines (bill_date, kind, line_no, entry, at, transaction_id, out_trade_no, openid, amount_fen, fee_fen, fee_rate_ppm, state)
    SELECT $1, 'trade', row_number() OVER (ORDER BY paid_at) + 1, 'payment', paid_at, transaction_id, out_trade_no, payer_openid, 100, 1, 6000, 'SUCCESS' FROM orders ORDER BY paid_at OFFSET ${omit}`, [billDate]);
  await world.sql(`INSERT INTO bill_lines (bill_date, kind, line_no, entry, at, transaction_id, out_trade_no, amount_fen, fee_fen)
    SELECT $1, 'fund_basic', 2 * line_no + f, CASE f WHEN 0 THEN 'payment' ELSE 'fee' END, at, transaction_id, out_trade_no, CASE f WHEN 0 THEN 100 ELSE -1 END, 0 FROM bill_lines, generate_series(0, 1) f WHERE kind = 'trade'`, [billDate]);
  await advanceToBill(world, billDate);
  console.info("prepared", (performance.now() - t0) / 1000);
  const slow: Record<string, { max: number; n: number; sum: number }> = {};
  const deps = { ...world.deps, db: { ...world.deps.db, query: async (s: any, v: any) => {
    const at = performance.now();
    try { return await world.deps.db.query<any>(s, v); }
    finally { const ms = performance.now() - at; const e = (slow[s.name] ??= { max: 0, n: 0, sum: 0 }); e.max = Math.max(e.max, Math.round(ms)); e.n++; e.sum += Math.round(ms); }
  } } } as typeof world.deps;
  const go = async (label: string) => {
    for (const k of Object.keys(slow)) delete slow[k];
    const at = performance.now();
    const run = await reconcileDay(deps, { billDate });
    const { figures, ...rest } = run;
    console.info(label, (performance.now() - at) / 1000, JSON.stringify({ state: rest.state, error: rest.error }), JSON.stringify(figures),
      JSON.stringify(Object.entries(slow).sort((a, b) => b[1].max - a[1].max).slice(0, 12).map(([k, e]) => `${k} max ${e.max} n ${e.n} sum ${e.sum}`)), Math.round(process.memoryUsage().rss / 1e6));
  };
  await go("first");
  await go("second");
  await world.sql("UPDATE bill_lines SET openid = 'x' || openid WHERE kind = 'trade'");
  await go("all differ");
  await world.sql("UPDATE bill_lines SET openid = substr(openid, 2) WHERE kind = 'trade'");
  await go("all vanish");
  await world.close();
  expect(1).toBe(1);
}, 900_000);
