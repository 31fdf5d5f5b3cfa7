/** One friend, one order: however often he taps, with whatever key, and whatever is lost on the way. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createContribution } from "@/lib/contributions/create-contribution";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  call,
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

test("20 identical requests at once are one order", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);

  const orders = await Promise.all(
    Array.from({ length: 20 }, () => askAs(friend, code, "the-same-key")),
  );

  expect(new Set(orders).size).toBe(1);
  expect(await ordersOf(friend)).toHaveLength(1);
});

test("20 taps with 20 keys at once are one order", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);

  const orders = await Promise.all(
    Array.from({ length: 20 }, (_, index) => askAs(friend, code, `tap-number-${index}`)),
  );

  expect(new Set(orders).size).toBe(1);
  expect(await ordersOf(friend)).toHaveLength(1);
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

describe("an idempotency key belongs to its first content", () => {
  test.each([
    ["another wish", { message: "别怕" }, { message: "加油" }, "message"],
    ["a wish where there was none", {}, { message: "加油" }, "message"],
    ["another anonymity", { anonymous: false }, { anonymous: true }, "anonymous"],
  ])("%s: 409 that names the field", async (_label, first, second, field) => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const key = `key-of-${field}-${friend.userId.slice(-8)}`;
    expect((await orderGift(world, code, friend, { key, body: first })).status).toBe(201);
    const answer = await orderGift(world, code, friend, { key, body: second });
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      code: "idempotency_mismatch",
      invalid_params: [{ name: field }],
    });
  });

  test("another policy: 409 that names the code", async () => {
    const [one, other] = [await applyAndPay(world), await applyAndPay(world)];
    const friend = await newPerson(world);
    const key = "one-key-two-policies";
    await orderGift(world, one.code, friend, { key });
    const answer = await orderGift(world, other.code, friend, { key });
    expect(answer.json).toMatchObject({
      code: "idempotency_mismatch",
      invalid_params: [{ name: "code" }],
    });
  });

  test("the same key of another person is another key", async () => {
    const { code } = await applyAndPay(world);
    const key = "everyone-uses-this";
    const [one, other] = [await newPerson(world), await newPerson(world)];
    const answers = [
      await orderGift(world, code, one, { key }),
      await orderGift(world, code, other, { key }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.json.order.outTradeNo).not.toBe(answers[1]?.json.order.outTradeNo);
  });

  test("yesterday's key never becomes today's charge", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    await orderGift(world, code, friend, { key: "yesterdays-key" });
    await advance(world, 24 * 3600);
    const answer = await orderGift(world, code, friend, { key: "yesterdays-key" });
    expect(answer.json).toMatchObject({
      code: "idempotency_mismatch",
      invalid_params: [{ name: "Idempotency-Key" }],
    });
    expect((await ordersOf(friend)).map(({ state }) => state)).toEqual(["closed"]);
  });

  test("the key of a gift that has arrived answers that he has given", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const first = await orderGift(world, code, friend, { key: "the-key-that-paid" });
    await atCashier(world, friend, first.json.order);
    await settleDown(world);
    const answer = await orderGift(world, code, friend, { key: "the-key-that-paid" });
    expect(answer.json.code).toBe("already_supported");
  });

  test.each([
    ["none", null],
    ["too short", "1234567"],
    ["too long", "k".repeat(65)],
    ["with a space", "has a space in it"],
  ])("%s: refused before anything is ordered", async (_label, key) => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const path = `/api/policies/${code}/contributions`;
    const answer = await call(world, "POST", path, { as: friend, body: {}, key });
    expect(answer.json).toMatchObject({
      code: "invalid_input",
      invalid_params: [{ name: "Idempotency-Key" }],
    });
    expect(await ordersOf(friend)).toEqual([]);
  });
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
async function askAs(friend: Person, code: string, idempotencyKey: string): Promise<string> {
  const request = { code, userId: friend.userId, input: {}, idempotencyKey };
  return (await createContribution(world.deps, request)).order.outTradeNo;
}

function ordersOf(person: Person): Promise<{ state: string }[]> {
  return world.sql("SELECT state FROM orders WHERE payer_id = $1 ORDER BY created_at, id", [
    person.userId,
  ]);
}
