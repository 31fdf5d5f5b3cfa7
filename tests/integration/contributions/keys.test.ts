/** An Idempotency-Key answers once: the same order while it lives, the same refusal for ever. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { newApplication } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  call,
  newPerson,
  openOrder,
  orderGift,
  type Person,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

const KEY = "the-key-of-this-friend";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("F22 key reuse, other body: 409 that names the field, and nothing is ordered", () => {
  test.each([
    ["another wish", { message: "别怕" }, { message: "加油" }, "message"],
    ["a wish where there was none", {}, { message: "加油" }, "message"],
    ["capitals for small letters", { message: "ok" }, { message: "OK" }, "message"],
    ["another anonymity", { anonymous: false }, { anonymous: true }, "anonymous"],
  ])("%s", async (_label, first, second, field) => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    expect((await orderGift(world, code, friend, { key: KEY, body: first })).status).toBe(201);
    expectMismatch(await orderGift(world, code, friend, { key: KEY, body: second }), field);
    const same = await orderGift(world, code, friend, { key: KEY, body: first });
    expect(same.status, same.text).toBe(201);
    expect(await ordersOf(friend)).toEqual(["pending"]);
  });

  test("another policy", async () => {
    const [one, other] = [await applyAndPay(world), await applyAndPay(world)];
    const friend = await newPerson(world);
    await orderGift(world, one.code, friend, { key: KEY });
    expectMismatch(await orderGift(world, other.code, friend, { key: KEY }), "code");
    expect(await ordersOf(friend)).toEqual(["pending"]);
  });

  test("another purpose, both ways", async () => {
    const { code } = await applyAndPay(world);
    const [applicant, friend] = [await newPerson(world), await newPerson(world)];
    const body = await newApplication(world);
    const apply = (as: Person) => call(world, "POST", "/api/applications", { as, body, key: KEY });
    await apply(applicant);
    expectMismatch(await orderGift(world, code, applicant, { key: KEY }), "Idempotency-Key");
    await orderGift(world, code, friend, { key: KEY });
    expectMismatch(await apply(friend), "Idempotency-Key");
    expect([await ordersOf(applicant), await ordersOf(friend)]).toEqual([["pending"], ["pending"]]);
  });

  test("the same ways of writing it are the same: no wish and an empty one, seen and not said", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const bodies = [{}, { message: "  " }, { anonymous: false }];
    const answers = await Promise.all(
      bodies.map((body) => orderGift(world, code, friend, { key: KEY, body })),
    );
    expect(new Set(answers.map(({ json }) => json.order?.outTradeNo)).size).toBe(1);
  });

  test("the same key of another person is another key", async () => {
    const { code } = await applyAndPay(world);
    const people = [await newPerson(world), await newPerson(world)];
    const answers = await Promise.all(
      people.map((one) => orderGift(world, code, one, { key: KEY })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(answers.map(({ json }) => json.order.outTradeNo)).size).toBe(2);
  });
});

describe("the key's order", () => {
  test("is answered again, signed anew, while it can be paid, whatever other keys did since", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const first = await orderGift(world, code, friend, { key: KEY, body: { message: "别怕" } });
    await openOrder(world, code, friend);
    await advance(world, 60);
    const again = await orderGift(world, code, friend, { key: KEY, body: { message: "别怕" } });
    const { pay, ...order } = first.json.order;
    expect(again.json.order).toMatchObject({ ...order, pay: { package: pay.package } });
    expect(again.json.order.pay.paySign).not.toBe(pay.paySign);
  });

  test("yesterday's key never becomes today's charge: order_closed for ever", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    await orderGift(world, code, friend, { key: KEY });
    await advance(world, 24 * 3600);
    const ask = async () => (await orderGift(world, code, friend, { key: KEY })).json.code;
    expect(await ask()).toBe("order_closed");
    expect(await ordersOf(friend)).toEqual(["closed"]);
    const { order } = await openOrder(world, code, friend);
    expect(await ask()).toBe("order_closed");
    await atCashier(world, friend, order);
    await settleDown(world);
    expect(await ask()).toBe("order_closed");
    expect(await ordersOf(friend)).toEqual(["closed", "settled"]);
  });

  test("with a minute left is put away before it is called closed, so that nobody can pay it after", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const { json } = await orderGift(world, code, friend, { key: KEY });
    await advance(world, 14 * 60);
    expect((await orderGift(world, code, friend, { key: KEY })).json.code).toBe("order_closed");
    await expect(atCashier(world, friend, json.order)).rejects.toThrow("order_closed");
  });

  test("that was paid, and told to nobody yet: the key finds the payment", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const { json } = await orderGift(world, code, friend, { key: KEY });
    const { outTradeNo } = json.order;
    await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo });
    await atCashier(world, friend, json.order, "pay_silently");
    await advance(world, 20 * 60);
    const answers = [
      await orderGift(world, code, friend, { key: KEY }),
      await orderGift(world, code, friend, { key: KEY }),
    ];
    expect(answers.map((answer) => answer.json.code)).toEqual(Array(2).fill("already_supported"));
    expect(await ordersOf(friend)).toEqual(["settled"]);
  });
});

describe("a key that failed stays failed", () => {
  test("what was refused yesterday and would be allowed today is refused again; a new key is not", async () => {
    const [owner, friend] = [await newPerson(world), await newPerson(world)];
    const { policyCode: code, order } = (await applyFor(world, owner)).json;
    const refused = await orderGift(world, code, friend, { key: KEY });
    expect(refused.json.code).toBe("policy_not_open");
    await atCashier(world, owner, order);
    await settleDown(world);

    const again = await orderGift(world, code, friend, { key: KEY });
    expect({ ...again.json, requestId: "" }).toEqual({ ...refused.json, requestId: "" });
    expectMismatch(
      await orderGift(world, code, friend, { key: KEY, body: { message: "加油" } }),
      "message",
    );
    expect(await ordersOf(friend)).toEqual([]);
    await openOrder(world, code, friend);
  });

  test("8 requests at once with a key that fails: 8 equal answers, one row", async () => {
    const { code, owner } = await applyAndPay(world);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => orderGift(world, code, owner, { key: KEY })),
    );
    expect(answers.map(({ json }) => json.code)).toEqual(Array(8).fill("own_policy"));
    const rows = await rowsOf(owner);
    expect(rows.filter(({ key }) => key === KEY)).toMatchObject([
      { failure: { code: "own_policy", fields: [], retryAfterSeconds: null }, order_id: null },
    ]);
  });

  test("nothing was decided: a form that is wrong, a policy that is not there, WeChat that is away", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const wrong = { message: "愿".repeat(61) };
    const answers = [
      await orderGift(world, code, friend, { key: KEY, body: wrong }),
      await orderGift(world, "0".repeat(22), friend, { key: KEY }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 404]);
    expect(await rowsOf(friend)).toEqual([]);
    await spoil(world, { endpoint: "jsapi", kind: "error" });
    expect((await orderGift(world, code, friend, { key: KEY })).status).toBe(502);
    expect((await orderGift(world, code, friend, { key: KEY })).status).toBe(201);
    expect(await ordersOf(friend)).toEqual(["pending"]);
  });
});

describe("F26 the process dies between COMMIT and reply: the retry gets the stored order", () => {
  test.each([
    ["with WeChat's prepay noted", ""],
    ["before it could note WeChat's prepay", "UPDATE orders SET prepay_id = NULL"],
  ])("%s", async (_label, undo) => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    const lost = await orderGift(world, code, friend, { key: KEY });
    await world.crash();
    if (undo) await world.sql(`${undo} WHERE payer_id = $1`, [friend.userId]);
    await world.restart();

    const again = await orderGift(world, code, friend, { key: KEY });
    expect(again.json.order?.outTradeNo).toBe(lost.json.order.outTradeNo);
    await atCashier(world, friend, again.json.order);
    await settleDown(world);
    expect(await ordersOf(friend)).toEqual(["settled"]);
  });
});

describe("the header", () => {
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

test("what is kept of a request tells nobody what was in it", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);
  await orderGift(world, code, friend, {
    key: KEY,
    body: { message: "Get well", anonymous: true },
  });
  const [row] = await rowsOf(friend);
  expect(Object.keys(row?.fingerprint ?? {}).sort()).toEqual(["anonymous", "code", "message"]);
  expect(JSON.stringify(row)).not.toMatch(/Get well/i);
  expect(JSON.stringify(row)).not.toContain(code);
});

function expectMismatch(answer: Answer, field: string): void {
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({
    code: "idempotency_mismatch",
    invalid_params: [{ name: field }],
  });
}

async function ordersOf(person: Person): Promise<string[]> {
  const rows = await world.sql<{ state: string }>(
    "SELECT state FROM orders WHERE payer_id = $1 ORDER BY created_at, id",
    [person.userId],
  );
  return rows.map(({ state }) => state);
}

function rowsOf(person: Person): Promise<{ key: string; fingerprint: object }[]> {
  return world.sql("SELECT * FROM idempotency_keys WHERE payer_id = $1", [person.userId]);
}
