/**
 * Between application and payment lies a person's hesitation: a midnight with a birthday in it (R3,
 * R4), or a declaration he mends. What is written is what is true of him on the day he pays.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/lib/db/database";
import { assert } from "@/lib/errors/errors";
import { settlePayment } from "@/lib/payments/settle-payment";
import { SETTLE_UNITS } from "@/lib/payments/write-unit";
import { addDays, addYears, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyFor,
  atCashier,
  getOrder,
  newPerson,
  openOrder,
  type Person,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("applied for at 23:55, paid at 00:03", () => {
  test("40 on the day cover starts: the policy is one of band B", async () => {
    const { owner, applied } = await applyOnTheEveOf(40);
    expect(await policyOf(applied)).toMatchObject({ band: "A", age_at_issue: 39 });
    await advance(world, 8 * 60);
    await atCashier(world, owner, applied.json.order);
    await settleDown(world);

    expect((await getOrder(world, owner, applied.json.order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
      seq: 1,
      coverYuan: 300,
    });
    const paidOn = shanghaiDateOf(world.deps.now());
    expect(await policyOf(applied)).toEqual({
      status: "active",
      band: "B",
      age_at_issue: 40,
      cover_per_unit_yuan: 300,
      units_max: 100,
      effective_on: addDays(paidOn, 1),
    });
    const { friend, order } = await openOrder(world, applied.json.policyCode);
    await atCashier(world, friend, order);
    await settleDown(world);
    expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
      seq: 2,
      coverYuan: 300,
    });
  });

  test("40 only the day after that: band A, as he was told", async () => {
    const { owner, applied } = await applyOnTheEveOf(40, { daysLater: 1 });
    await advance(world, 8 * 60);
    await atCashier(world, owner, applied.json.order);
    await settleDown(world);
    expect(await policyOf(applied)).toMatchObject({
      status: "active",
      band: "A",
      age_at_issue: 39,
    });
  });

  test("50 on the day cover would start: all money back, and no policy", async () => {
    const { owner, applied } = await applyOnTheEveOf(50);
    const { outTradeNo } = applied.json.order;
    await advance(world, 8 * 60);
    await atCashier(world, owner, applied.json.order);
    await settleDown(world);
    expect(await getOrder(world, owner, outTradeNo)).toMatchObject({
      state: "refunding",
      outcome: { kind: "refund", reason: "age_out_of_range" },
    });

    await comeToRest(world);
    expect((await getOrder(world, owner, outTradeNo)).outcome).toEqual({
      kind: "refund",
      state: "succeeded",
      reason: "age_out_of_range",
      amountFen: 100,
    });
    const refunds = (await listRefunds(world)).filter((one) => one.outTradeNo === outTradeNo);
    expect(refunds).toMatchObject([{ status: "SUCCESS", amountFen: 100 }]);
    expect(await policyOf(applied)).toMatchObject({
      status: "pending_payment",
      effective_on: null,
    });
  });

  test("sent again unchanged after midnight: declared anew with the age and band of the new day", async () => {
    const { owner, applied, idNumber } = await applyOnTheEveOf(40, {}, "the-key-of-the-eve");
    await advance(world, 8 * 60);
    // The key of the eve answers what it answered; settling takes the age of the day of payment anyway.
    const replayed = await applyFor(world, owner, { idNumber }, "the-key-of-the-eve");
    expect(replayed.json.order.outTradeNo).toBe(applied.json.order.outTradeNo);
    expect(await declarationsOf(applied)).toBe(1);

    // Sent anew, the person changed nothing, and the calendar did.
    for (let time = 0; time < 2; time += 1) {
      const again = await applyFor(world, owner, { idNumber });
      expect(again.status, again.text).toBe(201);
      expect(again.json.order.outTradeNo).toBe(applied.json.order.outTradeNo);
      expect(await declarationsOf(applied)).toBe(2);
    }
    expect(await policyOf(applied)).toMatchObject({
      status: "pending_payment",
      band: "B",
      age_at_issue: 40,
      cover_per_unit_yuan: 300,
    });
  });

  test("sent again unchanged by somebody who is 50 now: refused, and his open order is a refund", async () => {
    const { owner, applied, idNumber } = await applyOnTheEveOf(50);
    await advance(world, 8 * 60);
    const again = await applyFor(world, owner, { idNumber });
    expect(again.status).toBe(422);
    expect(again.json.code).toBe("age_out_of_range");
    await atCashier(world, owner, applied.json.order);
    await settleDown(world);
    expect((await getOrder(world, owner, applied.json.order.outTradeNo)).outcome).toMatchObject({
      kind: "refund",
      reason: "age_out_of_range",
      amountFen: 100,
    });
  });
});

test("mended between the decision and its write: decided again, for the person now on record", async () => {
  const owner = await newPerson(world);
  const today = shanghaiDateOf(world.deps.now());
  const applied = await applyFor(world, owner, { name: "王小宇" });
  const { outTradeNo } = applied.json.order;
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo });
  await atCashier(world, owner, applied.json.order);
  await settleDown(world);
  const transaction = await world.deps.pay.findTransaction(outTradeNo);
  assert(transaction, "WeChat knows the payment");

  let writes = 0;
  const db: Database = {
    ...world.deps.db,
    async query(statement, values) {
      if (statement.name === SETTLE_UNITS.name) {
        writes += 1;
        if (writes === 1) await mend(owner, { name: "王大雨", bornOn: addYears(today, -45) });
      }
      return world.deps.db.query(statement, values);
    },
  };
  const result = await settlePayment({ ...world.deps, db }, transaction, "query");

  expect(result).toMatchObject({ kind: "unit", seq: 1 });
  expect(writes).toBe(2);
  expect(await policyOf(applied)).toMatchObject({
    status: "active",
    band: "B",
    age_at_issue: 45,
    cover_per_unit_yuan: 300,
  });
  const [unit] = await world.sql(
    "SELECT cover_yuan FROM units WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)",
    [outTradeNo],
  );
  expect(unit).toEqual({ cover_yuan: 300 });
});

async function mend(owner: Person, change: { name: string; bornOn: string }): Promise<void> {
  const { name, bornOn } = change;
  const mended = await applyFor(world, owner, { name, idNumber: newIdNumber(bornOn) });
  expect(mended.status, mended.text).toBe(201);
}

/**
 * Somebody applies at 23:55 whose birthday is the day after tomorrow, or later: tomorrow's cover finds
 * him a year younger than the cover of somebody who pays after midnight.
 */
async function applyOnTheEveOf(
  age: number,
  { daysLater = 0 } = {},
  key?: string,
): Promise<{ owner: Person; applied: Answer; idNumber: string }> {
  await goToFiveToMidnight();
  let birthday = birthdayAfter(daysLater);
  if (birthday.endsWith("-02-29")) {
    await advance(world, 24 * 3600);
    birthday = birthdayAfter(daysLater);
  }
  const idNumber = newIdNumber(addYears(birthday, -age));
  const owner = await newPerson(world);
  const applied = await applyFor(world, owner, { idNumber }, key);
  expect(applied.status, applied.text).toBe(201);
  return { owner, applied, idNumber };
}

function birthdayAfter(daysLater: number): string {
  return addDays(shanghaiDateOf(world.deps.now()), 2 + daysLater);
}

async function goToFiveToMidnight(): Promise<void> {
  const now = world.deps.now();
  const tomorrow = startOfShanghaiDay(addDays(shanghaiDateOf(now), 1));
  const secondsLeft = (tomorrow.getTime() - now.getTime()) / 1000 - 5 * 60;
  await advance(world, secondsLeft > 0 ? secondsLeft : secondsLeft + 24 * 3600);
}

async function policyOf(applied: Answer): Promise<unknown> {
  const [row] = await world.sql(
    `SELECT status, band, age_at_issue, cover_per_unit_yuan, units_max,
       effective_on::text AS effective_on FROM policies WHERE code = $1`,
    [applied.json.policyCode],
  );
  return row;
}

async function declarationsOf(applied: Answer): Promise<number> {
  const [row] = await world.sql<{ count: string }>(
    `SELECT count(*) FROM applications
     WHERE policy_id = (SELECT id FROM policies WHERE code = $1)`,
    [applied.json.policyCode],
  );
  return Number(row?.count);
}
