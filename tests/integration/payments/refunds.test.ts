/** A refund is asked for with one number for ever and followed to its end, whatever WeChat does. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import {
  comeToRest,
  expectCleanBooks,
  listNotifications,
  listRefunds,
  type SandboxRefund,
} from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  control,
  getOrder,
  openOrder,
  type Person,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  ({ code } = await applyAndPay(world));
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("F15 WeChat makes trouble when the refund is asked for: one refund, with one number", () => {
  test.each([
    ["500 after it was accepted", { kind: "error_after_effect" }, "SYSTEM_ERROR"],
    [
      "500 after it was accepted, four times",
      { kind: "error_after_effect", count: 4 },
      "SYSTEM_ERROR",
    ],
    ["500 before", { kind: "error" }, "SYSTEM_ERROR"],
    ["the connection is cut, twice", { kind: "drop", count: 2 }, "network"],
    [
      "not enough money in the account, three times",
      { kind: "error", count: 3, status: 403, code: "NOT_ENOUGH" },
      "NOT_ENOUGH",
    ],
    ["too many requests", { kind: "rate_limited" }, "FREQUENCY_LIMITED"],
    ["an answer WeChat did not sign", { kind: "unsigned_response" }, "unverified"],
  ])("%s", async (_label, fault, noted) => {
    const { friend, outTradeNo } = await payUnusably();
    await spoil(world, { endpoint: "refund", outTradeNo, ...fault });

    await runWorkerRound(world);
    expect(await ourRefund(outTradeNo)).toMatchObject({ state: "requested", last_error: noted });
    expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunding");

    for (let step = 0; step < 6; step += 1) {
      await advance(world, 60);
      await runWorkerRound(world);
    }
    expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({
      kind: "refund",
      state: "succeeded",
    });
    expect(await theirRefunds(outTradeNo)).toMatchObject([
      { outRefundNo: `R${outTradeNo.slice(1)}`, amountFen: 100, status: "SUCCESS" },
    ]);
  });
});

test("told by ten notifies and two polls at once: booked once", async () => {
  const { outTradeNo } = await payUnusably();
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo });
  await runWorkerRound(world);
  await advance(world, 5);
  const notification = (await listNotifications(world)).find(
    (one) => one.outTradeNo === outTradeNo && one.eventType === "REFUND.SUCCESS",
  );
  await makeDue(outTradeNo);

  await Promise.all([
    control(world, "POST", `/notifications/${notification?.id}/resend`, { copies: 10 }),
    runWorkerRound(world),
    runWorkerRound(world),
  ]);

  expect(await ourRefund(outTradeNo)).toMatchObject({ state: "succeeded", entries: "1" });
});

test("never told: the poll finds the end", async () => {
  const { friend, outTradeNo } = await payUnusably();
  await spoil(world, { endpoint: "notify", kind: "drop", count: 20, outTradeNo });
  await runWorkerRound(world);
  expect(await ourRefund(outTradeNo)).toMatchObject({ state: "processing" });
  await advance(world, 30);
  await runWorkerRound(world);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunded");
});

test("WeChat takes a day: the refund is followed patiently, not asked for again", async () => {
  const { friend, outTradeNo } = await payUnusably();
  await control(world, "POST", "/settings", { refundDelaySeconds: 24 * 3600 });
  await runWorkerRound(world);
  await control(world, "POST", "/settings", { refundDelaySeconds: 2 });
  for (let hour = 0; hour < 12; hour += 1) {
    await advance(world, 3600);
    await runWorkerRound(world);
  }
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({
    state: "processing",
  });
  await advance(world, 13 * 3600);
  await runWorkerRound(world);
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ state: "succeeded" });
  expect(await theirRefunds(outTradeNo)).toHaveLength(1);
});

test("several workers at once ask for each refund once", async () => {
  const paid = await Promise.all(Array.from({ length: 8 }, () => payUnusably()));
  await Promise.all(Array.from({ length: 4 }, () => runWorkerRound(world)));
  await comeToRest(world);
  for (const { outTradeNo } of paid) {
    expect(await theirRefunds(outTradeNo)).toMatchObject([{ status: "SUCCESS" }]);
    expect(await ourRefund(outTradeNo)).toMatchObject({ state: "succeeded", entries: "1" });
  }
});

/** A payment that cannot be a unit, decided and not yet asked back. */
async function payUnusably(): Promise<{ friend: Person; outTradeNo: string }> {
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunding");
  return { friend, outTradeNo };
}

async function theirRefunds(outTradeNo: string): Promise<SandboxRefund[]> {
  return (await listRefunds(world)).filter((refund) => refund.outTradeNo === outTradeNo);
}

async function ourRefund(outTradeNo: string): Promise<unknown> {
  const [row] = await world.sql(
    `SELECT r.state, r.last_error, (SELECT count(*) FROM ledger_entries e
       WHERE e.order_id = o.id AND e.kind = 'refund_paid') AS entries
     FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.out_trade_no = $1`,
    [outTradeNo],
  );
  return row;
}

async function makeDue(outTradeNo: string): Promise<void> {
  await world.sql(
    `UPDATE refunds SET next_attempt_at = requested_at
     WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [outTradeNo],
  );
}
