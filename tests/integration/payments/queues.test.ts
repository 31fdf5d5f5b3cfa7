/** The worker's queues run side by side: one that waits for WeChat holds up none of the others. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  openOrder,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("WeChat does not answer questions about orders: a refund that is due goes out meanwhile", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  const asked = (await openOrder(world, code)).order.outTradeNo;
  await advance(world, 6);
  await spoil(world, { endpoint: "query", kind: "timeout", outTradeNo: asked });

  let isRoundOver = false;
  const round = runWorkerRound(world).then(() => {
    isRoundOver = true;
  });
  await expect
    .poll(async () => (await listRefunds(world)).map(({ outTradeNo }) => outTradeNo), {
      timeout: 5_000,
    })
    .toContain(order.outTradeNo);
  expect(isRoundOver).toBe(false);
  await round;

  // The silent question is planned again, on the usual schedule.
  const [row] = await world.sql<{ state: string; next_check_at: Date }>(
    "SELECT state, next_check_at FROM orders WHERE out_trade_no = $1",
    [asked],
  );
  expect(row?.state).toBe("pending");
  expect(row?.next_check_at.getTime()).toBeGreaterThan(world.deps.now().getTime());
  expect(row?.next_check_at.getTime()).toBeLessThan(world.deps.now().getTime() + 60_000);
});
