/**
 * Postgres goes away, falls silent, or commits and dies before it can say so. Nobody hears a false
 * success, nobody hears a 500, and afterwards everything goes on by itself.
 */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newApplication } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listNotifications } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  call,
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
import { type DatabaseSwitch, startDatabaseSwitch } from "@/tests/support/world-switch";

let world: World;
let wire: DatabaseSwitch;
beforeAll(async () => {
  world = await startWorld({
    async environment(databaseUrl) {
      wire = await startDatabaseSwitch(databaseUrl);
      return { DATABASE_URL: wire.url };
    },
  });
});
afterEach(async () => {
  wire.heal();
  await expectCleanBooks(world);
});
afterAll(async () => {
  await world.close();
  await wire.close();
});

test("Postgres is gone: every answer is a 503 that says when to come back, and then all is well again", async () => {
  const { code, owner, outTradeNo } = await applyAndPay(world);
  const friend = await newPerson(world);
  const body = await newApplication(world);
  wire.cut();

  const answers = await Promise.all([
    call(world, "GET", `/api/policies/${code}`, { as: friend }),
    call(world, "GET", `/api/policies/${code}/supporters`, { as: owner }),
    orderGift(world, code, friend),
    call(world, "POST", "/api/applications", { as: friend, body }),
    call(world, "GET", `/api/orders/${outTradeNo}`, { as: owner }),
    call(world, "POST", `/api/orders/${outTradeNo}/sync`, { as: owner }),
    call(world, "GET", "/api/me", { as: owner }),
  ]);
  expect(answers.map(statusOf)).toEqual(Array(7).fill("503 unavailable"));
  expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(Array(7).fill("2"));
  expect(answers.map(({ text }) => text).join()).not.toMatch(/ECONN|postgres|prisma|127\.0/i);
  const sick = await call(world, "GET", "/api/health");
  expect([sick.status, sick.json]).toMatchObject([503, { database: "unavailable" }]);

  wire.heal();
  expect((await call(world, "GET", "/api/health")).status).toBe(200);
  expect((await orderGift(world, code, friend)).status).toBe(201);
});

test("paid while Postgres is gone: WeChat is not thanked, comes again, and it is a unit", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  wire.cut();
  await atCashier(world, friend, order);
  await control(world, "POST", "/clock", { advanceSeconds: 0 });
  expect(await attemptsOf(order.outTradeNo)).toEqual([503]);

  wire.heal();
  await advance(world, 16);
  expect(await attemptsOf(order.outTradeNo)).toEqual([503, 204]);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

test("F42 Postgres falls silent in the middle: nobody waits longer than a few seconds", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);
  wire.freeze();
  const startedAtMs = performance.now();

  const answers = await Promise.all([
    call(world, "GET", `/api/policies/${code}`, { as: friend }),
    orderGift(world, code, friend),
    call(world, "GET", "/api/me", { as: friend }),
  ]);

  expect(answers.map(statusOf)).toEqual(Array(3).fill("503 unavailable"));
  expect(performance.now() - startedAtMs).toBeLessThan(15_000);
  wire.heal();
  expect((await getPolicy(world, code)).units).toBe(1);
});

test("F41 the unit is committed and the answer lost: 503 to WeChat, and its next try finds the unit", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  wire.loseAnswerTo("settle_unit");
  await atCashier(world, friend, order);
  await settleDown(world);
  expect(await attemptsOf(order.outTradeNo)).toEqual([503]);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });

  await advance(world, 16);
  expect(await attemptsOf(order.outTradeNo)).toEqual([503, 204]);
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("the place is taken and the answer lost: the same key goes on with that order", async () => {
  const { code } = await applyAndPay(world);
  const friend = await newPerson(world);
  wire.loseAnswerTo("take_place");
  const failed = await orderGift(world, code, friend, { key: "the-key-of-the-lost" });
  expect(statusOf(failed)).toBe("503 unavailable");

  const again = await orderGift(world, code, friend, { key: "the-key-of-the-lost" });
  expect(again.status).toBe(201);
  expect(await world.sql("SELECT state FROM orders WHERE payer_id = $1", [friend.userId])).toEqual([
    { state: "pending" },
  ]);
  await atCashier(world, friend, again.json.order);
  await settleDown(world);
});

test("the application is written and the answer lost: applying again goes on with it", async () => {
  const owner = await newPerson(world);
  const { idNumber } = await newApplication(world);
  wire.loseAnswerTo("write_application");
  expect(statusOf(await applyFor(world, owner, { idNumber }))).toBe("503 unavailable");
  const again = await applyFor(world, owner, { idNumber });
  expect(again.status, again.text).toBe(201);
  expect(
    await world.sql("SELECT status FROM policies WHERE user_id = $1", [owner.userId]),
  ).toHaveLength(1);
});

test.each(["settle_refund", "mark_refund_processing", "finish_refund"])(
  "a refund whose %s is committed and whose answer is lost is still one refund",
  async (statement) => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    const { outTradeNo } = order;
    await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
    wire.loseAnswerTo(statement);
    await atCashier(world, friend, order);
    for (let step = 0; step < 6; step += 1) {
      await advance(world, 20);
      await runWorkerRound(world).catch(() => "the answer was lost here");
    }
    expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({
      kind: "refund",
      state: "succeeded",
    });
  },
);

test("the worker survives a round without Postgres", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  await advance(world, 6);
  wire.cut();
  await expect(runWorkerRound(world)).rejects.toThrow();
  wire.heal();
  await runWorkerRound(world);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

const statusOf = (answer: Answer) => `${answer.status} ${answer.json.code}`;

async function attemptsOf(outTradeNo: string): Promise<(number | null)[]> {
  const all = await listNotifications(world);
  const found = all.find((one) => one.outTradeNo === outTradeNo);
  return found?.attempts.map(({ status }) => status) ?? [];
}
