/**
 * Two people, or one and midnight, want different things of the same rows. Whoever is second decides
 * from what the first has left, and no yuan goes two ways.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { withdrawContribution } from "@/lib/contributions/withdraw-contribution";
import type { Database } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { surrenderPolicy } from "@/lib/policies/surrender-policy";
import { voidPolicy } from "@/lib/policies/void-policy";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  atCashier,
  call,
  friendPays,
  getOrder,
  type InsuredPolicy,
  newPeople,
  openOrder,
  orderGift,
  settleDown,
} from "@/tests/support/world-story";
import { type DatabaseSwitch, startDatabaseSwitch } from "@/tests/support/world-switch";
import {
  codesOf,
  type Gift,
  issueAtNoon,
  ledgerOf,
  liveSeqs,
  passDays,
  policyRow,
  postSurrender,
  previewSurrender,
  refundsOf,
  refuse,
  returnedInFull,
  surrender,
  withdraw,
} from "./story";

let wire: DatabaseSwitch;
let world: World;
beforeAll(async () => {
  world = await startWorld({
    environment: async (databaseUrl) => {
      wire = await startDatabaseSwitch(databaseUrl);
      return { DATABASE_URL: wire.url };
    },
  });
});
afterEach(() => expectCleanBooks(world));
afterAll(async () => {
  await world.close();
  await wire.close();
});

describe("between the decision and its write", () => {
  test("a gift is settled: the surrender looks again, and the person is asked again", async () => {
    const policy = await issueAtNoon(world);
    const seen = await previewSurrender(world, policy);
    const deps = interruptedBy(() => friendPays(world, policy.code));
    await expect(surrenderPolicy(deps, { ...who(policy), seen })).rejects.toMatchObject({
      code: "quote_changed",
    });
    expect(await policyRow(world, policy.code)).toMatchObject({ status: "active", units_paid: 2 });
    expect(await refundsOf(world, policy.code)).toEqual({});
  });

  test("a gift is taken back and another one settled, so the sum is the same: the new units end", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const seen = await previewSurrender(world, policy);
    let next: Gift | undefined;
    const deps = interruptedBy(async () => {
      expect((await withdraw(world, gift.friend, gift.order.outTradeNo)).status).toBe(200);
      next = await friendPays(world, policy.code);
    });
    const done = await surrenderPolicy(deps, { ...who(policy), seen });
    expect(done).toMatchObject({ totalFen: 200, units: [{ seq: 1 }, { seq: 2 }] });
    expect(await refundsOf(world, policy.code)).toEqual({
      [policy.outTradeNo]: "cancelled_before_effective 100",
      [gift.order.outTradeNo]: "gift_withdrawn 100",
      [next?.order.outTradeNo ?? ""]: "cancelled_before_effective 100",
    });
    // The unit that was gone before is no part of what is read back.
    expect((await postSurrender(world, policy, seen)).json).toEqual(done);
  });

  test("the policy is surrendered: the withdrawal finds the yuan on its way for another reason", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const deps = interruptedBy(() => surrender(world, policy));
    const asked = { outTradeNo: gift.order.outTradeNo, userId: gift.friend.userId };
    await expect(withdrawContribution(deps, asked)).rejects.toMatchObject({ code: "not_settled" });
    await comeToRest(world);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull);
  });

  test("gifts are settled: a withdrawal is no matter of theirs and is written at once", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    let writes = 0;
    const deps = interruptedBy(
      () => friendPays(world, policy.code),
      () => {
        writes += 1;
      },
    );
    const order = { outTradeNo: gift.order.outTradeNo, userId: gift.friend.userId };
    expect((await withdrawContribution(deps, order)).state).toBe("refunding");
    expect(writes).toBe(1);
    expect(await liveSeqs(world, policy.code)).toEqual([1, 3]);
  });

  test("R32 a gift is settled: staff who void the policy give that one back too", async () => {
    const policy = await issueAtNoon(world);
    const deps = interruptedBy(() => friendPays(world, policy.code));
    const done = await voidPolicy(deps, { code: policy.code, reason: "underwriting_failed" });
    expect(done).toMatchObject({ totalFen: 200, units: [{ seq: 1 }, { seq: 2 }] });
  });
});

describe("really at once", () => {
  test("eight taps on the same surrender: one ending, eight equal answers", async () => {
    const policy = await issueAtNoon(world);
    for (let count = 0; count < 3; count += 1) await friendPays(world, policy.code);
    const seen = await previewSurrender(world, policy);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => postSurrender(world, policy, seen)),
    );
    expect(codesOf(answers)).toEqual({ "200": 8 });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await comeToRest(world);
    expect(await theirRefunds(policy)).toHaveLength(4);
  });

  test("surrender, ten payments and five withdrawals: every yuan one way", async () => {
    for (let round = 0; round < 4; round += 1) {
      const policy = await issueAtNoon(world);
      const leaving = await Promise.all(
        (await newPeople(world, 5)).map((friend) => openOrder(world, policy.code, friend)),
      );
      await Promise.all(leaving.map(({ friend, order }) => atCashier(world, friend, order)));
      await settleDown(world);
      const coming = await Promise.all(
        (await newPeople(world, 10)).map((friend) => openOrder(world, policy.code, friend)),
      );
      const seen = await previewSurrender(world, policy);
      const [surrendered, withdrawals] = await Promise.all([
        postSurrender(world, policy, seen),
        Promise.all(leaving.map(({ friend, order }) => withdraw(world, friend, order.outTradeNo))),
        Promise.all(coming.map(({ friend, order }) => atCashier(world, friend, order))),
      ]);
      await settleDown(world);

      expect([200, 409]).toContain(surrendered.status);
      const isOver = surrendered.status === 200;
      if (!isOver) expect(surrendered.json.code).toBe("quote_changed");
      const withdrawn = withdrawals.filter(({ status }) => status === 200).length;
      const refunds = Object.values(await refundsOf(world, policy.code));
      const count = (refund: string) => refunds.filter((one) => one === refund).length;
      expect(count("gift_withdrawn 100")).toBe(withdrawn);
      expect(withdrawn).toBe(isOver ? withdrawn : 5);
      // Units of the ten who came: alive, or ended with the policy; the late ones found it closed.
      const live = (await liveSeqs(world, policy.code)).length;
      expect(live + refunds.length).toBe(16);
      expect(live).toBe(isOver ? 0 : 11);
      expect(count("policy_not_open 100") + count("cancelled_before_effective 100")).toBe(
        isOver ? 16 - withdrawn : 0,
      );
    }
  });

  test("a surrender against a refusal of the insured's other phone: one after the other", async () => {
    for (let round = 0; round < 5; round += 1) {
      const policy = await issueAtNoon(world);
      const gift = await friendPays(world, policy.code);
      const { outcome } = await getOrder(world, gift.friend, gift.order.outTradeNo);
      if (outcome?.kind !== "unit") throw new Error("not a unit");
      const seen = await previewSurrender(world, policy);
      const answers = await Promise.all([
        postSurrender(world, policy, seen),
        refuse(world, policy, outcome),
      ]);
      expect([
        { "200": 1, "409 not_settled": 1 },
        { "200": 1, "409 quote_changed": 1 },
      ]).toContainEqual(codesOf(answers));
      const live = (await liveSeqs(world, policy.code)).length;
      expect(live + Object.keys(await refundsOf(world, policy.code)).length).toBe(2);
    }
  });
});

describe("an order that was open when the policy ended", () => {
  test("paid after all: the yuan goes back, policy_not_open", async () => {
    const policy = await issueAtNoon(world);
    const { friend, order } = await openOrder(world, policy.code);
    await surrender(world, policy);
    expect(await policyRow(world, policy.code)).toMatchObject({ status: "ended", units_held: 1 });
    expect(
      (await orderGift(world, policy.code, (await newPeople(world, 1))[0] as never)).json.code,
    ).toBe("policy_not_open");

    await atCashier(world, friend, order);
    await settleDown(world);
    expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({
      state: "refunding",
      outcome: { kind: "refund", reason: "policy_not_open" },
    });
    const answer = await withdraw(world, friend, order.outTradeNo);
    expect([answer.status, answer.json.code]).toEqual([409, "not_settled"]);
    await comeToRest(world);
    expect(await ledgerOf(world, order.outTradeNo)).toEqual([
      "payment_unusable wechat_clearing 100",
      "payment_unusable refunds_payable -100",
      "refund_paid refunds_payable 100",
      "refund_paid wechat_clearing -100",
    ]);
    expect(await policyRow(world, policy.code)).toMatchObject({ units_held: 0 });
  });

  test("never paid: it closes by itself and its place is given back", async () => {
    const policy = await issueAtNoon(world);
    const { friend, order } = await openOrder(world, policy.code);
    await surrender(world, policy);
    await comeToRest(world);
    expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("closed");
    expect(await policyRow(world, policy.code)).toMatchObject({ units_held: 0, units_paid: 0 });
  });
});

describe("F41 the commit's answer is lost: 503, and the repeat reads what happened", () => {
  test("a withdrawal", async () => {
    const { code } = await issueAtNoon(world);
    const gift = await friendPays(world, code);
    wire.loseAnswerTo("end_units");
    const lost = await withdraw(world, gift.friend, gift.order.outTradeNo);
    expect([lost.status, lost.json.code]).toEqual([503, "unavailable"]);
    const again = await withdraw(world, gift.friend, gift.order.outTradeNo);
    expect(again.json.outcome).toMatchObject({ kind: "refund", reason: "gift_withdrawn" });
    await comeToRest(world);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull);
  });

  test("a surrender", async () => {
    const policy = await issueAtNoon(world);
    await friendPays(world, policy.code);
    await passDays(world, 30);
    const seen = await previewSurrender(world, policy);
    wire.loseAnswerTo("end_units");
    expect((await postSurrender(world, policy, seen)).status).toBe(503);
    const again = await postSurrender(world, policy, seen);
    expect(again.status, again.text).toBe(200);
    expect(again.json).toMatchObject({ totalFen: seen.totalFen, units: seen.units });
    expect(Object.keys(await refundsOf(world, policy.code))).toHaveLength(2);
    const look = await call(world, "GET", `/api/policies/${policy.code}`);
    expect(look.json.status).toBe("ended");
  });
});

const who = ({ code, owner }: InsuredPolicy) => ({ code, userId: owner.userId });

/** Something happens just before the first write of an ending; every write is counted. */
function interruptedBy(event: () => Promise<unknown>, onWrite?: () => void): Deps {
  let isFirst = true;
  const db: Database = {
    ...world.deps.db,
    async query(statement, values) {
      if (statement.name === "end_units") {
        onWrite?.();
        if (isFirst) {
          isFirst = false;
          await event();
        }
      }
      return world.deps.db.query(statement, values);
    },
  };
  return { ...world.deps, db };
}

async function theirRefunds(policy: InsuredPolicy) {
  const numbers = Object.keys(await refundsOf(world, policy.code));
  return (await listRefunds(world)).filter(({ outTradeNo }) => numbers.includes(outTradeNo));
}
