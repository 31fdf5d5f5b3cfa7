/** One friend, one order: however often he taps, with whatever key, and whatever is lost on the way. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createContribution } from "@/lib/contributions/create-contribution";
import type { PayableOrder } from "@/lib/payments/contract";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  friendPays,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("F21 double tap: 50 requests with one key are one order, and 50 equal answers", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);

  const orders = await Promise.all(
    Array.from({ length: 50 }, () => askAs(friend, code, "the-same-key")),
  );

  expect(new Set(orders.map(answerOf)).size).toBe(1);
  expect(await ordersOf(friend)).toHaveLength(1);
});

test("F21 two tabs: 20 keys at once are one order, and each key answers it again", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);
  const keys = Array.from({ length: 20 }, (_, index) => `tap-number-${index}`);

  const orders = await Promise.all(keys.map((key) => askAs(friend, code, key)));
  expect(new Set(orders.map(answerOf)).size).toBe(1);
  expect(await ordersOf(friend)).toHaveLength(1);
  expect(await keysOf(friend)).toEqual(
    [...keys].sort().map((key) => ({ key, outTradeNo: orders[0]?.outTradeNo })),
  );

  const again = await Promise.all(keys.map((key) => askAs(friend, code, key)));
  expect(again.map(answerOf)).toEqual(orders.map(answerOf));
});

test("cancelled at the cashier and tapped again: the same order goes on", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await atCashier(world, friend, order, "cancel");

  const again = await openOrder(world, code, friend);
  expect(again.order.outTradeNo).toBe(order.outTradeNo);
  await atCashier(world, friend, again.order);
  await settleDown(world);
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("tapped again when the old order has a minute left: it is put away, and a new one is made", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await advance(world, 14 * 60);

  const again = await openOrder(world, code, friend);

  expect(again.order.outTradeNo).not.toBe(order.outTradeNo);
  await expect(atCashier(world, friend, order)).rejects.toThrow("order_closed");
  expect((await ordersOf(friend)).map(({ state }) => state)).toEqual(["closed", "pending"]);
});

test("paying and tapping again at the same moment: one unit, one yuan, whoever wins", async () => {
  const { code } = await applyAndPay(world);
  const opened = await Promise.all(Array.from({ length: 12 }, () => openOrder(world, code)));
  await advance(world, 14 * 60);

  await Promise.all(
    opened.flatMap(({ friend, order }) => [
      atCashier(world, friend, order).catch(() => "closed before he could pay"),
      orderGift(world, code, friend),
    ]),
  );
  await settleDown(world);

  for (const { friend } of opened) {
    const states = (await ordersOf(friend)).map(({ state }) => state).join(" ");
    expect(states).toMatch(/^(settled|closed pending)$/);
  }
});

test("the amount is the plan's: a client that sends one is refused", async () => {
  const { code } = await applyAndPay(world);
  const answer = await orderGift(world, code, await newPerson(world), {
    body: { amountFen: 1 },
  });
  expect(answer.json).toMatchObject({ code: "invalid_input" });
});

test("a friend may support two policies, each once", async () => {
  const [one, other] = [await applyAndPay(world), await applyAndPay(world)];
  const { friend } = await friendPays(world, one.code);
  const { order } = await openOrder(world, other.code, friend);
  await atCashier(world, friend, order);
  await settleDown(world);
  expect((await ordersOf(friend)).map(({ state }) => state)).toEqual(["settled", "settled"]);
});

test.each([
  ["a wish of 60 characters", "愿".repeat(60), 201],
  ["a wish of 61 characters", "愿".repeat(61), 422],
  ["a wish of two lines", "平平\n安安", 201],
  ["a NUL, which Postgres cannot store", "平\u0000安", 422],
  ["half an emoji", "平安\ud83d", 422],
])("%s", async (_label, message, status) => {
  const { code } = await applyAndPay(world);
  const answer = await orderGift(world, code, await newPerson(world), { body: { message } });
  expect(answer.status, answer.text).toBe(status);
});

/** Past the route, whose limit of ten a minute would answer half of them. */
async function askAs(friend: Person, code: string, idempotencyKey: string): Promise<PayableOrder> {
  const request = { code, userId: friend.userId, input: {}, idempotencyKey };
  return (await createContribution(world.deps, request)).order;
}

/** Everything but the cashier's parameters, which are signed anew for every answer. */
function answerOf({ pay: _pay, ...order }: PayableOrder): string {
  return JSON.stringify(order);
}

function ordersOf(person: Person): Promise<{ state: string }[]> {
  return world.sql("SELECT state FROM orders WHERE payer_id = $1 ORDER BY created_at, id", [
    person.userId,
  ]);
}

function keysOf(person: Person): Promise<unknown[]> {
  return world.sql(
    `SELECT k.key, o.out_trade_no AS "outTradeNo" FROM idempotency_keys k LEFT JOIN orders o ON o.id = k.order_id
     WHERE k.payer_id = $1 ORDER BY k.key COLLATE "C"`,
    [person.userId],
  );
}
