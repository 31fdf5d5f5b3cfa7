/** A fault of ours in one repair: that difference is a person's, and every other one is repaired. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { listDifferences } from "@/lib/reconciliation/differences";
import { startWorld, type World } from "@/tests/support/world";
import { applyAndPay, friendPays } from "@/tests/support/world-story";
import { advanceToBill, advanceToHour, found, payUnheard, reconcile } from "./days";

/** More than are repaired at a time. */
const MISSED = 12;

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  await advanceToHour(world, 20);
  ({ code } = await applyAndPay(world));
});
afterAll(() => world.close());

test("one payment that cannot be written does not keep the day's others from their units", async () => {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  const missed: string[] = [];
  for (let n = 0; n < MISSED; n += 1) missed.push(await payUnheard(world, code));
  const [faulty, ...others] = missed.sort() as [string, ...string[]];
  // The smallest number is also the first to be tried.
  await world.sql(
    `ALTER TABLE orders ADD CONSTRAINT planted CHECK (out_trade_no <> '${faulty}' OR state <> 'settled')`,
  );
  await advanceToBill(world, billDate);

  const run = await reconcile(world, billDate);
  expect(run).toMatchObject({ state: "differs", error: null });
  expect(await found(world, billDate)).toEqual([
    `open payment_missed ${faulty}`,
    ...others.map((outTradeNo) => `repaired payment_missed ${outTradeNo}`),
  ]);
  const [open] = await listDifferences(world.deps, { billDate, state: "open" });
  expect(open?.resolution).toBe("a fault of ours: Error 23514");
  expect(world.logs.filter((line) => line.includes("a difference could not be repaired"))).toEqual([
    expect.stringContaining(`${open?.id}`),
  ]);

  await world.sql("ALTER TABLE orders DROP CONSTRAINT planted");
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});
