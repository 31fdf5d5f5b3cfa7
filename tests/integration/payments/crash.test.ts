/** The process dies between WeChat's success and our settle: after a restart the yuan still arrives. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listNotifications } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  control,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
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

test("paid while nobody listens: after the restart the worker asks WeChat, and it is a unit", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await world.crash();
  await atCashier(world, friend, order, "pay_silently");
  await settleWhileDown();

  await world.restart();
  await runWorkerRound(world);

  expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({
    state: "settled",
    outcome: { kind: "unit", seq: 2 },
  });
  expect(await provenBy(order.outTradeNo)).toBe("query");

  await advance(world, 60);
  const [notification] = (await listNotifications(world)).filter(
    ({ outTradeNo }) => outTradeNo === order.outTradeNo,
  );
  expect(notification?.attempts[0]).toMatchObject({ status: null, isAcknowledged: false });
  expect(notification).toMatchObject({ state: "acknowledged" });
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("unit 1, the same: the policy is issued after the restart", async () => {
  const owner = await newPerson(world);
  const { json } = await applyFor(world, owner);
  await world.crash();
  await atCashier(world, owner, json.order, "pay_silently");
  await settleWhileDown();

  await world.restart();
  await runWorkerRound(world);

  expect(await getPolicy(world, json.policyCode, owner)).toMatchObject({
    status: "active",
    units: 1,
    viewer: { isInsured: true },
  });
});

test("every notify of a payment is lost: the worker's own questions find it within the hold", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo: order.outTradeNo });
  await advance(world, 10 * 60);
  await runWorkerRound(world);
  await atCashier(world, friend, order, "pay_silently");
  await settleDown(world);

  await advance(world, 5 * 60 + 1);
  await runWorkerRound(world);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

test("dead for a whole day after the payment: still a unit, dated by the payment and not by us", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order, "pay_silently");
  const paidAt = world.deps.now();
  await world.crash();
  await control(world, "POST", "/clock", { advanceSeconds: 24 * 3600 });

  await world.restart();
  await runWorkerRound(world);

  const order2 = await getOrder(world, friend, order.outTradeNo);
  expect(order2.outcome).toMatchObject({ kind: "unit" });
  expect(Math.abs(Date.parse(`${order2.paidAt}`) - paidAt.getTime())).toBeLessThan(10_000);
});

test("dead between WeChat's prepay and our note of it: the next try pays the same order", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await world.sql("UPDATE orders SET prepay_id = NULL WHERE out_trade_no = $1", [order.outTradeNo]);
  await world.crash();
  await world.restart();

  const again = await orderGift(world, code, friend);
  expect(again.json.order.outTradeNo).toBe(order.outTradeNo);
  await atCashier(world, friend, again.json.order);
  await settleDown(world);
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("dead with a refund decided and not yet asked for: the next process sends it", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  await world.crash();
  await world.restart();

  await runWorkerRound(world);
  await advance(world, 5);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
    kind: "refund",
    state: "succeeded",
  });
});

/** WeChat's first notify meets a closed port; the next one is due 15 seconds later. */
async function settleWhileDown(): Promise<void> {
  await control(world, "POST", "/clock", { advanceSeconds: 10 });
}

async function provenBy(outTradeNo: string): Promise<unknown> {
  const [row] = await world.sql("SELECT proven_by FROM orders WHERE out_trade_no = $1", [
    outTradeNo,
  ]);
  return row?.proven_by;
}
