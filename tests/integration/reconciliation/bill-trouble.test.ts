/** F24: the bill is late, false, broken or gone. Nothing of such a bill is ever imported. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { listDaysToReconcile } from "@/lib/reconciliation/list-days-to-reconcile";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import { retryAt } from "@/lib/reconciliation/runs";
import { startWorld, type World } from "@/tests/support/world";
import { advance, applyAndPay, control, friendPays, spoil } from "@/tests/support/world-story";
import { advanceToBill, advanceToHour, found, plant, reconcile } from "./days";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  // The insured's own payment is of a day that no test is about.
  await advanceToHour(world, 20);
  ({ code } = await applyAndPay(world));
});
afterEach(() => control(world, "DELETE", "/faults"));
afterAll(() => world.close());

async function tradeOfADay(): Promise<CalendarDate> {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  return billDate;
}

const stored = async (billDate: CalendarDate) =>
  world.sql<{ bills: number; lines: number }>(
    `SELECT (SELECT count(*) FROM bills WHERE bill_date = $1)::int AS bills,
       (SELECT count(*) FROM bill_lines WHERE bill_date = $1)::int AS lines`,
    [billDate],
  );
const NOTHING = [{ bills: 0, lines: 0 }];

test("F24 before 10:00 of the next day WeChat is not asked", async () => {
  const billDate = await tradeOfADay();
  const run = await reconcile(world, billDate);
  expect(run.state).toBe("waiting");
  expect(await listDaysToReconcile(world.deps)).not.toContain(billDate);
  await advanceToBill(world, billDate);
  expect(retryAt(run)?.getTime()).toBeLessThanOrEqual(world.deps.now().getTime());
  expect(await listDaysToReconcile(world.deps)).toContain(billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
  expect(await listDaysToReconcile(world.deps)).not.toContain(billDate);
});

test("F24 asked for too early by hand, WeChat is still making it: wait half an hour", async () => {
  const billDate = await tradeOfADay();
  await advanceToHour(world, 8);
  const run = await reconcileDay(world.deps, { billDate, isForced: true });
  expect(run).toMatchObject({ state: "waiting", error: "WeChat is still making the bill" });
  expect(await stored(billDate)).toEqual(NOTHING);
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});

test("F24 a file that is not the announced one is never imported", async () => {
  const billDate = await tradeOfADay();
  await plant(world, { billDate, kind: "bad_hash", bill: "trade", count: 1 });
  await advanceToBill(world, billDate);
  expect(await reconcile(world, billDate)).toMatchObject({
    state: "failed",
    error: "WeChat: bad_hash",
    figures: null,
  });
  expect(await stored(billDate)).toEqual(NOTHING);
  expect(await listDaysToReconcile(world.deps)).not.toContain(billDate);
  await advance(world, 1_800);
  expect(await listDaysToReconcile(world.deps)).toContain(billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});

test("F24 a false fund bill keeps the trade bill out too", async () => {
  const billDate = await tradeOfADay();
  await plant(world, { billDate, kind: "bad_hash", bill: "fund", count: 1 });
  await advanceToBill(world, billDate);
  expect(await reconcile(world, billDate)).toMatchObject({ state: "failed" });
  expect(await stored(billDate)).toEqual(NOTHING);
});

test("F24 a bill whose summary is not the sum of its rows is never imported", async () => {
  const billDate = await tradeOfADay();
  await plant(world, { billDate, kind: "bad_summary", bill: "trade" });
  await advanceToBill(world, billDate);
  const run = await reconcile(world, billDate);
  expect(run.state).toBe("failed");
  expect(run.error).toMatch(/disagrees with the rows/);
  expect(await stored(billDate)).toEqual(NOTHING);
});

test("F24 an address that has run out is asked for anew", async () => {
  const billDate = await tradeOfADay();
  await advanceToBill(world, billDate);
  const expired = {
    endpoint: "bill_download",
    kind: "error",
    status: 400,
    code: "INVALID_REQUEST",
  };
  await spoil(world, expired);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});

test("F24 WeChat away: the day waits and is taken up by itself", async () => {
  const billDate = await tradeOfADay();
  await advanceToBill(world, billDate);
  await spoil(world, { endpoint: "fund_bill", kind: "drop", count: 10 });
  expect(await reconcile(world, billDate)).toMatchObject({ state: "waiting" });
  expect(await stored(billDate)).toEqual(NOTHING);
  await control(world, "DELETE", "/faults");
  await advance(world, 1_800);
  expect(await listDaysToReconcile(world.deps)).toContain(billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});

test("WeChat says that there was no trade, and our books have one: not believed", async () => {
  const billDate = await advanceToHour(world, 12);
  const { order } = await friendPays(world, code);
  await plant(world, { billDate, kind: "omit_row", outTradeNo: order.outTradeNo });
  await advanceToBill(world, billDate);
  const run = await reconcile(world, billDate);
  expect(run.state).toBe("failed");
  expect(run.error).toMatch(/our books have 1 payments/);
  expect(await found(world, billDate)).toEqual([]);
});

test("a stored bill is never asked for again", async () => {
  const billDate = await tradeOfADay();
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
  await spoil(world, { endpoint: "trade_bill", kind: "drop", count: 10 });
  await spoil(world, { endpoint: "fund_bill", kind: "drop", count: 10 });
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});
