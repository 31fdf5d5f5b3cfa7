/** Days without trade, late settles, refunds at midnight, fees that come back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { explainDifference } from "@/lib/reconciliation/explain-difference";
import {
  listDaysToReconcile,
  listUnbalancedDays,
} from "@/lib/reconciliation/list-days-to-reconcile";
import { startWorld, type World } from "@/tests/support/world";
import {
  advance,
  applyAndPay,
  atCashier,
  control,
  friendPays,
  openOrder,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";
import {
  advanceToBill,
  advanceToHour,
  checksums,
  found,
  outcome,
  payUnheard,
  plant,
  reconcile,
} from "./days";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  await advanceToHour(world, 20);
  ({ code } = await applyAndPay(world));
});
afterAll(() => world.close());

/** A payment that is given back: another amount than ordered, as a spoiled notify tells it. */
async function payUnusably(): Promise<string> {
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  return outTradeNo;
}

async function advanceTo(at: Date): Promise<void> {
  await advance(world, Math.round((at.getTime() - world.deps.now().getTime()) / 1000));
}

test("a day without any trade balances with nothing in it, and has no fee entry", async () => {
  const billDate = await advanceToHour(world, 11);
  await advanceToBill(world, billDate);
  const run = await reconcile(world, billDate);
  expect(run).toMatchObject({ state: "balanced", figures: { isEqual: true } });
  expect(run.figures?.payments.bill).toEqual({ count: 0, fen: 0 });
  const rows = await world.sql(
    `SELECT kind, sha1, content, lines_count AS lines,
       (SELECT count(*)::int FROM ledger_entries e WHERE e.bill_date = b.bill_date) AS fees
     FROM bills b WHERE bill_date = $1 ORDER BY kind`,
    [billDate],
  );
  expect(rows).toEqual([
    { kind: "fund_basic", sha1: null, content: null, lines: 0, fees: 0 },
    { kind: "trade", sha1: null, content: null, lines: 0, fees: 0 },
  ]);
});

test("a payment of the evening that we settle the next day is no difference", async () => {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  await advanceToHour(world, 23);
  const outTradeNo = await payUnheard(world, code);
  await advanceToHour(world, 1);
  await control(world, "DELETE", "/faults");
  await runWorkerRound(world);
  const [order] = await world.sql<{ paidAt: Date; settledAt: Date }>(
    'SELECT paid_at AS "paidAt", settled_at AS "settledAt" FROM orders WHERE out_trade_no = $1',
    [outTradeNo],
  );
  expect(shanghaiDateOf(order?.paidAt as Date)).toBe(billDate);
  expect(shanghaiDateOf(order?.settledAt as Date)).toBe(addDays(billDate, 1));
  await advanceToBill(world, billDate);
  expect(await outcome(world, billDate)).toEqual({ state: "balanced", found: [] });
});

test("a payment of the last minute is not called absent before the next day's bill is there", async () => {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  const midnight = startOfShanghaiDay(addDays(billDate, 1));
  await advanceTo(new Date(midnight.getTime() - 60_000));
  const { order } = await friendPays(world, code);
  await plant(world, { billDate, kind: "omit_row", outTradeNo: order.outTradeNo });
  await advanceToBill(world, billDate);
  expect(await outcome(world, billDate)).toEqual({ state: "balanced", found: [] });

  await advanceToHour(world, 12);
  await friendPays(world, code);
  const nextDay = addDays(billDate, 1);
  await advanceToBill(world, nextDay);
  const absent = [`open payment_absent ${order.outTradeNo}`];
  expect(await outcome(world, nextDay)).toEqual({ state: "differs", found: absent });
  // Looked at again, the day before does not list the same yuan a second time.
  expect(await outcome(world, billDate)).toEqual({ state: "balanced", found: [] });
});

test("a refund that WeChat dates before midnight and we after it is found in yesterday's bill", async () => {
  const billDate = await advanceToHour(world, 12);
  const outTradeNo = await payUnusably();
  const midnight = startOfShanghaiDay(addDays(billDate, 1));
  await advanceTo(new Date(midnight.getTime() - 30_000));
  await runWorkerRound(world);
  await advance(world, 60);
  // The answer was lost and the notify came after midnight: all that we know is when it arrived.
  await world.sql(
    `UPDATE refunds SET submitted_at = $2 WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [outTradeNo, midnight],
  );
  await advanceToHour(world, 12);
  await friendPays(world, code);
  const nextDay = addDays(billDate, 1);
  await advanceToBill(world, nextDay);

  const run = await reconcile(world, billDate);
  expect(run).toMatchObject({ state: "balanced" });
  expect(run.figures).toMatchObject({
    refunds: { bill: { count: 1 }, refunds: { count: 1 }, ledger: { count: 1 } },
    datedOtherwise: { payments: 0, refunds: 1 },
    isEqual: true,
  });
  const next = await reconcile(world, nextDay);
  expect(next).toMatchObject({ state: "balanced", figures: { isEqual: true } });
  expect(next.figures?.refunds.refunds.count).toBe(0);
});

test("fees: a payment costs one fen, its refund on another day gives it back", async () => {
  const billDate = await advanceToHour(world, 12);
  const outTradeNo = await payUnusably();
  await advanceToBill(world, billDate);
  await runWorkerRound(world);
  await advance(world, 60);
  await runWorkerRound(world);
  const paidDay = await reconcile(world, billDate);
  expect(paidDay).toMatchObject({
    state: "balanced",
    figures: { fees: { billFen: 1, ledgerFen: 1 } },
  });

  const nextDay = addDays(billDate, 1);
  await advanceToBill(world, nextDay);
  const refundedDay = await reconcile(world, nextDay);
  expect(refundedDay).toMatchObject({
    state: "balanced",
    figures: {
      refunds: { bill: { count: 1, fen: 100 }, ledger: { count: 1, fen: 100 } },
      fees: { billFen: -1, ledgerFen: -1 },
      account: { tradedFen: -99, movedFen: -99 },
      isEqual: true,
    },
  });
  const [ledger] = await world.sql(
    `SELECT sum(p.amount_fen)::int AS fen FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
     WHERE p.account = 'wechat_fees' AND e.bill_date IN ($1, $2)`,
    [billDate, nextDay],
  );
  expect(ledger).toEqual({ fen: 0 });
  expect(outTradeNo).toBeTruthy();
});

test("a refund of which we never heard the end is asked after and finished", async () => {
  const billDate = await advanceToHour(world, 12);
  const outTradeNo = await payUnusably();
  await spoil(world, { endpoint: "notify", kind: "drop", count: 100, outTradeNo });
  await runWorkerRound(world);
  await advanceToBill(world, billDate);
  expect(await outcome(world, billDate)).toEqual({
    state: "balanced",
    found: [`repaired refund_missed ${outTradeNo}`],
  });
  const [order] = await world.sql("SELECT state::text FROM orders WHERE out_trade_no = $1", [
    outTradeNo,
  ]);
  expect(order).toEqual({ state: "refunded" });
});

test("what another way has settled meanwhile is closed by the next comparison", async () => {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  const outTradeNo = await payUnheard(world, code);
  await advanceToBill(world, billDate);
  await spoil(world, { endpoint: "query", kind: "drop", count: 20, outTradeNo });
  expect((await reconcile(world, billDate)).state).toBe("waiting");
  expect(await found(world, billDate)).toEqual([`open payment_missed ${outTradeNo}`]);
  await control(world, "DELETE", "/faults");
  await runWorkerRound(world);
  expect(await outcome(world, billDate)).toEqual({
    state: "balanced",
    found: [`repaired payment_missed ${outTradeNo}`],
  });
});

test("what a repair brings up is found by the same run: the order was paid twice", async () => {
  const billDate = await advanceToHour(world, 12);
  const outTradeNo = await payUnheard(world, code);
  const transactionId = "4200009999000000000000000001";
  await plant(world, { billDate, kind: "add_payment", outTradeNo, amountFen: 100, transactionId });
  await advanceToBill(world, billDate);
  const run = await reconcile(world, billDate);
  expect(run).toMatchObject({
    state: "differs",
    figures: { differences: { open: 2, repaired: 2 } },
  });
  const all = await found(world, billDate);
  expect(all.filter((one) => one.startsWith("open"))).toEqual([
    // The planted line names a stranger as well.
    `open payment_payer_differs ${outTradeNo}`,
    `open payment_transaction_differs ${outTradeNo}`,
  ]);
  const before = await checksums(world);
  await reconcile(world, billDate);
  expect(await checksums(world)).toEqual(before);
  const ids = await world.sql<{ id: string }>(
    "SELECT id FROM bill_differences WHERE bill_date = $1 AND state = 'open'",
    [billDate],
  );
  for (const { id } of ids) await explainDifference(world.deps, { id, note: "asked WeChat" });
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});

test("the days to do: from the first payment to the last day whose bill is due, those not done", async () => {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  await advanceToHour(world, 9);
  expect(await listDaysToReconcile(world.deps)).not.toContain(billDate);
  await advanceToHour(world, 12);
  const emptyDay = addDays(billDate, 1);
  expect(await listDaysToReconcile(world.deps)).toContain(billDate);
  await advanceToBill(world, emptyDay);
  const days = await listDaysToReconcile(world.deps);
  expect(days.slice(-2)).toEqual([billDate, emptyDay]);
  for (const day of days) await reconcile(world, day);
  expect(await listDaysToReconcile(world.deps)).toEqual([]);
  // What differs stays for a person; the job does not come back to it, the command does.
  const open = await world.sql<{ day: string }>(
    "SELECT DISTINCT bill_date::text AS day FROM bill_differences WHERE state = 'open' ORDER BY day",
  );
  expect(open.length).toBeGreaterThan(0);
  expect(await listUnbalancedDays(world.deps)).toEqual(open.map(({ day }) => day));
});
