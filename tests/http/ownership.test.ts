/** Two people, every id: what is somebody else's reads exactly like what does not exist. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  applyAndPay,
  atCashier,
  call,
  friendPays,
  getPolicy,
  type InsuredPolicy,
  newPerson,
  openOrder,
  orderGift,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

let world: World;
let policy: InsuredPolicy;
let friend: Person;
let stranger: Person;
let outTradeNo: string;
beforeAll(async () => {
  world = await startWorld();
  policy = await applyAndPay(world);
  const paid = await friendPays(world, policy.code);
  friend = paid.friend;
  outTradeNo = paid.order.outTradeNo;
  stranger = await newPerson(world);
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("an order is its payer's alone", () => {
  const calls: [method: "GET" | "POST", path: (number: string) => string][] = [
    ["GET", (number) => `/api/orders/${number}`],
    ["POST", (number) => `/api/orders/${number}/sync`],
    ["POST", (number) => `/api/orders/${number}/cashier`],
  ];
  test.each(calls)("%s %o", async (method, path) => {
    const unknown = await call(world, method, path("W261122unknown"), { as: stranger });
    for (const other of [stranger, policy.owner]) {
      const answer = await call(world, method, path(outTradeNo), { as: other });
      expect(answer.status).toBe(404);
      expect(sameBut(answer.json)).toEqual(sameBut(unknown.json));
    }
    expect((await call(world, method, path(outTradeNo))).status).toBe(401);
  });

  test("its payer reads where his yuan went", async () => {
    const answer = await call(world, "GET", `/api/orders/${outTradeNo}`, { as: friend });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      outTradeNo,
      state: "settled",
      amountFen: 100,
      outcome: { kind: "unit", seq: 2, coverYuan: 1000 },
    });
    expect(answer.json.outcome.endorsementNo).toMatch(/^WH\d{4}-\d{6}-002$/);
  });
});

describe("the list of supporters is the insured's alone (R42)", () => {
  test("everybody else gets what an unknown policy gives", async () => {
    const path = (code: string) => `/api/policies/${code}/supporters`;
    const unknown = await call(world, "GET", path("0".repeat(22)), { as: stranger });
    expect(unknown.status).toBe(404);
    for (const other of [stranger, friend]) {
      const answer = await call(world, "GET", path(policy.code), { as: other });
      expect(answer.status).toBe(404);
      expect(sameBut(answer.json)).toEqual(sameBut(unknown.json));
    }
    expect((await call(world, "GET", path(policy.code))).status).toBe(401);
  });

  test("the insured reads wishes, and not the name of who wants none", async () => {
    const shy = await newPerson(world);
    const ordered = await orderGift(world, policy.code, shy, {
      body: { message: "平平安安", anonymous: true },
    });
    await atCashier(world, shy, ordered.json.order);
    await settleDown(world);
    await world.sql("UPDATE users SET nickname = '害羞的人' WHERE id = $1", [shy.userId]);

    const answer = await call(world, "GET", `/api/policies/${policy.code}/supporters`, {
      as: policy.owner,
    });
    expect(answer.status).toBe(200);
    const [newest] = answer.json.supporters;
    expect(newest).toMatchObject({
      message: "平平安安",
      isAnonymous: true,
      nickname: null,
      seq: 3,
    });
    expect(answer.text).not.toContain("害羞");
    expect(answer.text).not.toContain(shy.openid);
  });
});

describe("the public page of a policy", () => {
  test("says to each viewer what he may do, and to nobody who the insured is", async () => {
    const guest = await getPolicy(world, policy.code);
    expect(guest.viewer).toEqual({
      isInsured: false,
      hasSupported: false,
      canSupport: true,
      reason: null,
    });
    const [insured, supporter] = [
      await getPolicy(world, policy.code, policy.owner),
      await getPolicy(world, policy.code, friend),
    ];
    expect(insured.viewer).toMatchObject({ isInsured: true, reason: "own_policy" });
    expect(supporter.viewer).toMatchObject({ hasSupported: true, reason: "already_supported" });
    expect(JSON.stringify(guest)).not.toMatch(/小雨|usr_|idn_|pol_|WH20/);
  });

  test("does not exist for a code that is not one", async () => {
    for (const code of ["x", "0".repeat(22), "0".repeat(23), "..%2f..%2fetc", "'%20OR%201=1--"]) {
      const answer = await call(world, "GET", `/api/policies/${code}`);
      expect(answer.status).toBe(404);
    }
  });
});

test("a new order's cashier opens again for its payer only, while it can be paid", async () => {
  const { friend: payer, order } = await openOrder(world, policy.code);
  const path = `/api/orders/${order.outTradeNo}/cashier`;
  const again = await call(world, "POST", path, { as: payer });
  expect(again.json.order.outTradeNo).toBe(order.outTradeNo);
  await atCashier(world, payer, again.json.order);
  await settleDown(world);
  const paid = await call(world, "POST", path, { as: payer });
  expect([paid.status, paid.json.code]).toEqual([409, "order_closed"]);
});

test("me is the signed-in person and his own policies", async () => {
  const [mine, others] = [
    await call(world, "GET", "/api/me", { as: policy.owner }),
    await call(world, "GET", "/api/me", { as: friend }),
  ];
  expect(mine.json).toMatchObject({ id: policy.owner.userId, policies: [{ code: policy.code }] });
  expect(others.json.policies).toEqual([]);
});

/** The same refusal but for what names the request itself. */
function sameBut({ requestId: _id, instance: _path, ...rest }: Record<string, unknown>): unknown {
  return rest;
}
