/**
 * The stampede: two hundred friends and one cell. The database must sell that cell once, tell 199
 * people so in words, and give back every yuan that arrives too late, without a deadlock or a 500.
 */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { PayableOrder } from "@/lib/payments/contract";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  atCashier,
  fillTo,
  getOrder,
  getPolicy,
  newPeople,
  openOrder,
  orderGift,
  type Person,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";

const FRIENDS = 200;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("F34 200 friends order one free cell at once: one unit, 199 clear refusals", async () => {
  const { code } = await applyAndPay(world);
  await fillTo(world, code, 99);
  const friends = await newPeople(world, FRIENDS);

  const startedAtMs = performance.now();
  const answers = await Promise.all(friends.map((friend) => orderGift(world, code, friend)));
  const orderedMs = performance.now() - startedAtMs;
  const winners = await payAll(friends, answers);
  await settleDown(world);

  expect(winners).toBe(1);
  expect(countBy(answers, ({ status, json }) => `${status} ${json.code ?? ""}`)).toEqual({
    "201 ": 1,
    "409 cap_reached": FRIENDS - 1,
  });
  expect(answers.filter(({ json }) => json.code && !json.detail)).toEqual([]);
  expect(await getPolicy(world, code)).toMatchObject({ units: 100, coverYuan: 100_000 });
  expect(deadlocks()).toEqual([]);
  figure(`200 orders for one cell answered in ${Math.round(orderedMs)} ms`);
});

test("60 friends order 10 free cells at once, everyone who may pays at once: exactly 10 units", async () => {
  const { code } = await applyAndPay(world);
  await fillTo(world, code, 90);
  const friends = await newPeople(world, 60);

  const answers = await Promise.all(friends.map((friend) => orderGift(world, code, friend)));
  expect(await payAll(friends, answers)).toBe(10);
  await settleDown(world);

  expect((await getPolicy(world, code)).units).toBe(100);
  expect(await sequencesOf(code)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test("holds that lapsed unpaid give their cells back, and the next friends get them", async () => {
  const { code } = await applyAndPay(world);
  await fillTo(world, code, 95);
  await Promise.all((await newPeople(world, 5)).map((friend) => openOrder(world, code, friend)));
  const [late] = await newPeople(world, 1);
  expect((await orderGift(world, code, late as Person)).json.code).toBe("cap_reached");

  await advance(world, 15 * 60 + 1);
  await runWorkerRound(world);

  await fillTo(world, code, 100);
});

test("F05 places given back while WeChat still takes the money: the latecomers' yuan are refunded", async () => {
  const { code } = await applyAndPay(world);
  await fillTo(world, code, 80);
  const early = await Promise.all(
    (await newPeople(world, 20)).map((friend) => openOrder(world, code, friend)),
  );
  await giveBackPlacesOnly(code);
  await fillTo(world, code, 100);

  await Promise.all(early.map(({ friend, order }) => atCashier(world, friend, order)));
  await settleDown(world);
  const outcomes = await Promise.all(
    early.map(({ friend, order }) => getOrder(world, friend, order.outTradeNo)),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(
    early.map(() => expect.objectContaining({ kind: "refund", reason: "cap_reached" })),
  );

  await expectCleanBooks(world);
  const refunds = await listRefunds(world);
  const numbers = new Set(early.map(({ order }) => order.outTradeNo));
  const theirs = refunds.filter(({ outTradeNo }) => numbers.has(outTradeNo));
  expect(countBy(theirs, ({ status, amountFen }) => `${status} ${amountFen}`)).toEqual({
    "SUCCESS 100": 20,
  });
  figure("20 late payments into a full policy: 20 refunds, all SUCCESS at WeChat");
});

/** Everyone who was given an order pays at the same moment. */
async function payAll(friends: readonly Person[], answers: readonly Answer[]): Promise<number> {
  const given = friends.flatMap((friend, index) => {
    const order = answers[index]?.json.order as PayableOrder | undefined;
    return order ? [{ friend, order }] : [];
  });
  await Promise.all(given.map(({ friend, order }) => atCashier(world, friend, order)));
  return given.length;
}

/** As if a close at WeChat had been lost: our side forgets the orders, WeChat's cashier does not. */
async function giveBackPlacesOnly(code: string): Promise<void> {
  await world.sql(
    `WITH gone AS (UPDATE orders o SET state = 'closed', next_check_at = NULL FROM policies p
       WHERE p.id = o.policy_id AND p.code = $1 AND o.state = 'pending' RETURNING o.policy_id)
     UPDATE policies SET units_held = 0 WHERE id IN (SELECT policy_id FROM gone)`,
    [code],
  );
}

async function sequencesOf(code: string): Promise<number[]> {
  const rows = await world.sql<{ seq: number }>(
    "SELECT u.seq FROM units u JOIN policies p ON p.id = u.policy_id WHERE p.code = $1 ORDER BY 1",
    [code],
  );
  return rows.map(({ seq }) => seq);
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

function deadlocks(): string[] {
  return world.logs.filter((line) => /deadlock|40P01/.test(line));
}

function figure(text: string): void {
  process.stdout.write(`figure: ${text}\n`);
}
