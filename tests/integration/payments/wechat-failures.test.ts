/** WeChat fails, is slow, or does the work and never says so: nothing is lost, doubled or claimed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listTransactions } from "@/tests/support/world-books";
import {
  type Answer,
  applyAndPay,
  applyFor,
  atCashier,
  call,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
  type Person,
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

describe("F14 ordering at WeChat fails: 502 that says when to try again, and the next try is the same order", () => {
  test.each([
    ["500 after the order was made there", { kind: "error_after_effect" }],
    ["500 before anything was made", { kind: "error" }],
    ["too many requests", { kind: "rate_limited" }],
    ["202 accepted, nothing done", { kind: "accepted" }],
    ["the connection is cut, twice", { kind: "drop", count: 2 }],
    ["an answer that WeChat did not sign", { kind: "unsigned_response" }],
    ["an answer signed by a stranger, twice", { kind: "forge", count: 2 }],
  ])("%s", async (_label, fault) => {
    const { code } = await policy;
    const friend = await newPerson(world);
    await spoil(world, { endpoint: "jsapi", ...fault });

    const failed = await orderGift(world, code, friend, { key: `key-of-${friend.userId}` });
    expectUnavailable(failed);
    const pending = await ordersOf(friend);
    expect(pending).toMatchObject([{ state: "pending" }]);

    const again = await orderGift(world, code, friend, { key: `key-of-${friend.userId}` });
    expect(again.status, again.text).toBe(201);
    expect(await ordersOf(friend)).toEqual(pending);
    expect(again.json.order.outTradeNo).toBe(pending[0]?.out_trade_no);
    await atCashier(world, friend, again.json.order);
    await settleDown(world);
    expect((await getOrder(world, friend, again.json.order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
    });
  });

  test("the same for unit 1: the application continues", async () => {
    const owner = await newPerson(world);
    await spoil(world, { endpoint: "jsapi", kind: "error_after_effect" });
    const idNumber = newIdNumber();
    expectUnavailable(await applyFor(world, owner, { idNumber }, "first-try-key"));
    const again = await applyFor(world, owner, { idNumber }, "first-try-key");
    expect(again.status, again.text).toBe(201);
    expect(await ordersOf(owner)).toHaveLength(1);
    await atCashier(world, owner, again.json.order);
    await settleDown(world);
    expect((await getPolicy(world, again.json.policyCode)).status).toBe("active");
  });

  test("WeChat is silent for six seconds, at the prepay and at the question", async () => {
    const { code } = await policy;
    const [slow, asking] = [await newPerson(world), await openOrder(world, code)];
    const other = asking.order.outTradeNo;
    await spoil(world, { endpoint: "query", kind: "timeout", outTradeNo: other });
    await spoil(world, { endpoint: "jsapi", kind: "timeout" });

    const [order, sync] = await Promise.all([
      orderGift(world, code, slow, { key: "key-of-the-slow-one" }),
      call(world, "POST", `/api/orders/${other}/sync`, { as: asking.friend }),
    ]);

    expectUnavailable(order);
    expectUnavailable(sync);
    expect((await getOrder(world, asking.friend, other)).state).toBe("pending");
    const again = await orderGift(world, code, slow, { key: "key-of-the-slow-one" });
    const theirs = (await listTransactions(world)).filter(({ outTradeNo }) =>
      [other, again.json.order.outTradeNo].includes(outTradeNo),
    );
    expect(theirs).toHaveLength(2);
    expect(await ordersOf(slow)).toHaveLength(1);
  });

  let policy: ReturnType<typeof applyAndPay>;
  beforeAll(() => {
    policy = applyAndPay(world);
    return policy;
  });
});

test("WeChat cannot be asked: the order stays open, the page hears 502, and the next question settles it", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  await spoil(world, { endpoint: "query", kind: "error", outTradeNo: order.outTradeNo });

  const path = `/api/orders/${order.outTradeNo}/sync`;
  expectUnavailable(await call(world, "POST", path, { as: friend }));
  expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({
    state: "pending",
    outcome: null,
  });
  const settled = await call(world, "POST", path, { as: friend });
  expect(settled.json.outcome).toMatchObject({ kind: "unit" });
});

test("one order's failure does not stop the worker's other work", async () => {
  const { code } = await applyAndPay(world);
  const [bad, good] = [await openOrder(world, code), await openOrder(world, code)];
  for (const { friend, order } of [bad, good]) {
    await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
    await atCashier(world, friend, order);
  }
  await settleDown(world);
  await makeDue();
  await spoil(world, { endpoint: "query", kind: "error", outTradeNo: bad.order.outTradeNo });

  await runWorkerRound(world);

  expect((await getOrder(world, bad.friend, bad.order.outTradeNo)).state).toBe("pending");
  expect((await getOrder(world, good.friend, good.order.outTradeNo)).state).toBe("settled");
  expect((await getPolicy(world, code)).units).toBe(2);
});

function expectUnavailable(answer: Answer): void {
  expect(answer.status, answer.text).toBe(502);
  expect(answer.json).toMatchObject({ code: "provider_unavailable" });
  expect(answer.headers.get("retry-after")).toBe("3");
}

function ordersOf(person: Person): Promise<{ state: string; out_trade_no: string }[]> {
  return world.sql("SELECT state, out_trade_no FROM orders WHERE payer_id = $1", [person.userId]);
}

async function makeDue(): Promise<void> {
  await world.sql("UPDATE orders SET next_check_at = created_at WHERE state = 'pending'");
}

describe("WeChat says at the prepay that the number is over: it is asked, and the order ends as it says", () => {
  const eventsOf = async (outTradeNo: string) =>
    (
      await world.sql<{ kind: string }>(
        `SELECT e.kind FROM order_events e JOIN orders o ON o.id = e.order_id WHERE o.out_trade_no = $1 ORDER BY e.id`,
        [outTradeNo],
      )
    ).map(({ kind }) => kind);

  test.each(["OUT_TRADE_NO_USED", "ORDERPAID", "ORDER_CLOSED"])(
    "%s for a number that nobody paid: closed, the place is free, and a new tap is a new order",
    async (wechatCode) => {
      const { code } = await applyAndPay(world);
      const friend = await newPerson(world);
      await spoil(world, { endpoint: "jsapi", kind: "error", status: 403, code: wechatCode });
      const refused = await orderGift(world, code, friend);
      expect([refused.status, refused.json.code]).toEqual([409, "order_closed"]);
      const [order] = await ordersOf(friend);
      expect(order?.state).toBe("closed");
      expect(await eventsOf(order?.out_trade_no ?? "")).toEqual(
        expect.arrayContaining(["prepay_failed", "asked"]),
      );
      expect((await orderGift(world, code, friend)).status).toBe(201);
    },
  );

  test("ORDERPAID and it is: the yuan is a unit", async () => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    const { outTradeNo } = order;
    await spoil(world, { endpoint: "notify", kind: "drop", count: 20, outTradeNo });
    await atCashier(world, friend, order);
    await settleDown(world);
    // The answer of the first prepay was lost with the process, so it is asked for again.
    await world.sql("UPDATE orders SET prepay_id = NULL WHERE out_trade_no = $1", [outTradeNo]);
    const again = await orderGift(world, code, friend);
    expect([again.status, again.json.code]).toEqual([409, "order_closed"]);
    expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  });
});
