/** How soon a yuan ends where it belongs, on the real clock with the real worker. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import { applyAndPay, atCashier, openOrder, spoil } from "@/tests/support/world-story";

let world: World;
let worker: Worker;
beforeAll(async () => {
  world = await startWorld();
  worker = startWorker(world.deps, { isAutomatic: true });
});
afterAll(async () => {
  await worker.stop();
  await expectCleanBooks(world);
  await world.close();
});

const PAYMENTS = 15;

/** Milliseconds from WeChat's success until the row says so; the median of all. */
async function medianMs(
  spoilIt: (outTradeNo: string) => Promise<void>,
  isThere: string,
): Promise<number> {
  const { code } = await applyAndPay(world);
  const times = await Promise.all(
    Array.from({ length: PAYMENTS }, async () => {
      const { friend, order } = await openOrder(world, code);
      await spoilIt(order.outTradeNo);
      await atCashier(world, friend, order);
      const paidAtMs = performance.now();
      await expect
        .poll(() => world.sql(isThere, [order.outTradeNo]), { timeout: 20_000, interval: 20 })
        .toHaveLength(1);
      return performance.now() - paidAtMs;
    }),
  );
  return times.sort((one, other) => one - other)[Math.floor(PAYMENTS / 2)] ?? Infinity;
}

const IS_UNIT = "SELECT 1 FROM orders WHERE out_trade_no = $1 AND state = 'settled'";
const IS_SUBMITTED = `SELECT 1 FROM refunds r JOIN orders o ON o.id = r.order_id
  WHERE o.out_trade_no = $1 AND r.submitted_at IS NOT NULL`;

test("a payment that is notified is a unit within a second", async ({ annotate }) => {
  const ms = await medianMs(async () => undefined, IS_UNIT);
  await annotate(`success to unit, notified: median ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(1_000);
});

test("F06 a payment whose notify is lost is a unit within ten seconds", async ({ annotate }) => {
  const ms = await medianMs(
    (outTradeNo) => spoil(world, { endpoint: "notify", kind: "drop", count: 20, outTradeNo }),
    IS_UNIT,
  );
  await annotate(`success to unit, notifies dropped: median ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(10_000);
});

test("the refund of a payment that cannot be a unit is with WeChat within five seconds", async ({
  annotate,
}) => {
  const ms = await medianMs(
    (outTradeNo) => spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo }),
    IS_SUBMITTED,
  );
  await annotate(`success to refund submitted: median ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(5_000);
});
