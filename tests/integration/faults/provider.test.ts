/** WeChat is away, slow, or takes money that it should not; nobody loses a place or a yuan by it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listRefunds, listTransactions } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
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
} from "@/tests/support/world-story";
import { limitPlaces, loseHold, payUnheard } from "./trouble";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  ({ code } = await applyAndPay(world));
});
afterEach(async () => {
  await control(world, "DELETE", "/chaos");
  await expectCleanBooks(world);
});
afterAll(() => world.close());

test("F19 paid although it was closed, and the place is somebody else's by now: he keeps it, the yuan goes back", async () => {
  await limitPlaces(world, code, 2);
  const late = await openOrder(world, code);
  await loseHold(world, late.order);
  const owner = await openOrder(world, code);
  await Promise.all([
    atCashier(world, late.friend, late.order),
    atCashier(world, owner.friend, owner.order),
  ]);
  await settleDown(world);
  const ends = await Promise.all(
    [late, owner].map(({ friend, order }) => getOrder(world, friend, order.outTradeNo)),
  );
  // Whichever of the two payments is told first: the place was promised to one of them only.
  expect(ends.map(({ outcome }) => outcome?.kind)).toEqual(["refund", "unit"]);
  expect(await getPolicy(world, code)).toMatchObject({ units: 2 });
});

test("F20 a second payer cannot pay somebody else's order; each friend has one of his own", async () => {
  const { friend, order } = await openOrder(world, code);
  const other = await newPerson(world);
  await expect(atCashier(world, other, order)).rejects.toThrow(/403/);
  const path = `/api/orders/${order.outTradeNo}/cashier`;
  expect((await call(world, "POST", path, { as: other })).status).toBe(404);
  const own = await openOrder(world, code, other);
  expect(own.order.outTradeNo).not.toBe(order.outTradeNo);
  await Promise.all([atCashier(world, friend, order), atCashier(world, other, own.order)]);
  await settleDown(world);
  expect((await getPolicy(world, code)).units).toBe(3);
});

test("F51 WeChat is away for half an hour: every place stays promised, nothing is refunded, and all heals", async () => {
  const paid = await Promise.all(Array.from({ length: 5 }, () => openOrder(world, code)));
  const unpaid = await Promise.all(Array.from({ length: 3 }, () => openOrder(world, code)));
  for (const { friend, order } of paid) await payUnheard(world, friend, order);
  const calls = ["jsapi", "query", "close", "refund", "refund_query"];
  const rates = Object.fromEntries(calls.map((endpoint) => [`${endpoint}.drop`, 1]));
  await control(world, "POST", "/chaos", { seed: 1, rates });

  const refused = await orderGift(world, code, await newPerson(world));
  expect([refused.status, refused.json.code]).toEqual([502, "provider_unavailable"]);
  for (let minutes = 0; minutes < 30; minutes += 10) {
    await advance(world, 600);
    await runWorkerRound(world);
  }
  expect(await heldPlaces()).toBe(paid.length + unpaid.length + 1);
  const paidNumbers = new Set(paid.map(({ order }) => order.outTradeNo));
  const refunds = await listRefunds(world);
  expect(refunds.filter(({ outTradeNo }) => paidNumbers.has(outTradeNo))).toEqual([]);

  await control(world, "DELETE", "/chaos");
  await advance(world, 660);
  await runWorkerRound(world);
  expect((await getPolicy(world, code)).units).toBe(1 + paid.length);
  expect(await heldPlaces()).toBe(0);
  const theirs = new Map((await listTransactions(world)).map((one) => [one.outTradeNo, one]));
  for (const { order } of unpaid) {
    expect(theirs.get(order.outTradeNo)?.tradeState).toBe("CLOSED");
  }
});

async function heldPlaces(): Promise<number> {
  const [row] = await world.sql<{ held: number }>(
    "SELECT units_held AS held FROM policies WHERE code = $1",
    [code],
  );
  return Number(row?.held);
}
