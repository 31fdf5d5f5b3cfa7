/** R26–R29: the insured ends the whole policy, having seen what goes back to whom. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addDays, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  advance,
  applyFor,
  call,
  friendPays,
  getOrder,
  getPolicy,
  newPerson,
} from "@/tests/support/world-story";
import {
  endorsementsOf,
  issueAtNoon,
  ledgerOf,
  passDays,
  policyRow,
  postSurrender,
  previewSurrender,
  refundsOf,
  returnedInFull,
  surrender,
  today,
} from "./story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("R26: before it takes effect", () => {
  test("everything goes back, to each payer his own yuan (R29), and it is as if it had not been", async () => {
    const policy = await issueAtNoon(world);
    const gifts = [await friendPays(world, policy.code), await friendPays(world, policy.code)];
    expect(await previewSurrender(world, policy)).toEqual({
      reason: "cancelled_before_effective",
      totalFen: 300,
      units: [
        { seq: 1, refundFen: 100, endedOn: today(world), isOwn: true },
        { seq: 2, refundFen: 100, endedOn: today(world), isOwn: false },
        { seq: 3, refundFen: 100, endedOn: today(world), isOwn: false },
      ],
      coolingOffUntil: addDays(today(world), 15),
      coverUntil: null,
    });
    const done = await surrender(world, policy);
    expect(done.endorsementNo).toMatch(/-004$/);
    expect(await policyRow(world, policy.code)).toEqual({
      status: "ended",
      ended_on: today(world),
      end_reason: "cancelled_before_effective",
      units_paid: 0,
      units_held: 0,
    });
    expect(await endorsementsOf(world, policy.code)).toEqual([
      "001 unit_added +1000",
      "002 unit_added +1000",
      "003 unit_added +1000",
      "004 policy_ended -3000",
    ]);

    await comeToRest(world);
    const numbers = [policy.outTradeNo, ...gifts.map(({ order }) => order.outTradeNo)];
    for (const number of numbers) expect(await ledgerOf(world, number)).toEqual(returnedInFull);
    const theirs = (await listRefunds(world)).filter((one) => numbers.includes(one.outTradeNo));
    expect(theirs.map(({ status, amountFen }) => `${status} ${amountFen}`)).toEqual([
      "SUCCESS 100",
      "SUCCESS 100",
      "SUCCESS 100",
    ]);
    for (const { friend, order } of gifts) {
      expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({ state: "refunded" });
    }
    // R7: nothing of the old policy stands in the way of a new one.
    expect((await applyFor(world, policy.owner)).status).toBe(201);
  });
});

describe("R27: in the cooling-off", () => {
  test("the fifteenth day after issue to 24:00 everything, after it the days that are left", async () => {
    const [early, late] = [await issueAtNoon(world), await issueAtNoon(world)];
    const { coolingOffUntil } = await previewSurrender(world, late);
    expect(coolingOffUntil).toBe(addDays(today(world), 15));
    await passDays(world, 14);
    // Issued a day earlier, so its fifteenth day is today.
    expect(await previewSurrender(world, early)).toMatchObject({
      reason: "cooling_off",
      totalFen: 100,
      coolingOffUntil: today(world),
      coverUntil: null,
      units: [{ seq: 1, refundFen: 100, endedOn: today(world) }],
    });
    await toMidnightAfter(coolingOffUntil, -60);
    expect(await previewSurrender(world, early)).toMatchObject({ reason: "surrender" });
    const seen = await previewSurrender(world, late);
    expect(seen).toMatchObject({ reason: "cooling_off", totalFen: 100 });

    // The person looks at it at 23:59 and agrees at 00:00.
    await advance(world, 60);
    const tooLate = await postSurrender(world, late, seen);
    expect([tooLate.status, tooLate.json.code]).toEqual([409, "quote_changed"]);
    expect(await policyRow(world, late.code)).toMatchObject({ status: "active" });
    expect((await surrender(world, late)).totalFen).toBeLessThan(100);
  });
});

describe("R28: later", () => {
  test("each unit returns the days it has left of its own term, and the cover lasts to midnight", async () => {
    const policy = await issueAtNoon(world);
    const issuedOn = today(world);
    const [effectiveOn, lastDayOn] = [addDays(issuedOn, 1), await lastDayOf(policy.code)];
    await passDays(world, 20);
    const gift = await friendPays(world, policy.code);
    const giftEffectiveOn = addDays(today(world), 1);
    await passDays(world, 100);
    const askedOn = today(world);
    const left = days(askedOn, lastDayOn);
    const expected = [
      Math.floor((100 * left) / (days(effectiveOn, lastDayOn) + 1)),
      Math.floor((100 * left) / (days(giftEffectiveOn, lastDayOn) + 1)),
    ];
    expect(expected[0]).not.toBe(expected[1]);

    const preview = await previewSurrender(world, policy);
    expect(preview).toMatchObject({
      reason: "surrender",
      coverUntil: askedOn,
      totalFen: (expected[0] ?? 0) + (expected[1] ?? 0),
    });
    const done = await surrender(world, policy);
    expect(done.units).toEqual([
      { seq: 1, refundFen: expected[0], endedOn: addDays(askedOn, 1), isOwn: true },
      { seq: 2, refundFen: expected[1], endedOn: addDays(askedOn, 1), isOwn: false },
    ]);
    expect(await policyRow(world, policy.code)).toMatchObject({
      status: "ended",
      ended_on: addDays(askedOn, 1),
      end_reason: "surrender",
    });
    const giftFen = expected[1] ?? 0;
    expect(await getOrder(world, gift.friend, gift.order.outTradeNo)).toMatchObject({
      state: "refunding",
      outcome: { kind: "refund", amountFen: giftFen },
    });

    await comeToRest(world);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual([
      "payment_settled wechat_clearing 100",
      "payment_settled premium -100",
      `premium_returned premium ${giftFen}`,
      `premium_returned refunds_payable -${giftFen}`,
      `refund_paid refunds_payable ${giftFen}`,
      `refund_paid wechat_clearing -${giftFen}`,
    ]);
    const theirs = await listRefunds(world);
    expect(theirs.find((one) => one.outTradeNo === gift.order.outTradeNo)).toMatchObject({
      status: "SUCCESS",
      amountFen: giftFen,
    });
  });

  test("asked again it answers the same; with another sum or reason there is nothing to end", async () => {
    const policy = await issueAtNoon(world);
    await friendPays(world, policy.code);
    await passDays(world, 40);
    const done = await surrender(world, policy);
    const again = await postSurrender(world, policy, done);
    expect(again.status, again.text).toBe(200);
    expect(again.json).toEqual(done);
    await comeToRest(world);
    expect((await postSurrender(world, policy, done)).json).toEqual(done);
    for (const other of [
      { reason: "surrender", totalFen: done.totalFen + 1 },
      { reason: "cooling_off", totalFen: done.totalFen },
    ] as const) {
      const answer = await postSurrender(world, policy, other);
      expect([answer.status, answer.json.code]).toEqual([409, "policy_not_open"]);
    }
    const look = await call(world, "GET", `/api/policies/${policy.code}/surrender`, {
      as: policy.owner,
    });
    expect([look.status, look.json.code]).toEqual([409, "policy_not_open"]);
    expect(Object.keys(await refundsOf(world, policy.code))).toHaveLength(2);
  });

  test("on the last day nothing is left: it ends without a refund, and the cover lasts to midnight", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const lastDayOn = await lastDayOf(policy.code);
    await passDays(world, days(today(world), lastDayOn));
    const done = await surrender(world, policy);
    expect(done).toMatchObject({ reason: "surrender", totalFen: 0 });
    expect(done.units.map(({ refundFen }) => refundFen)).toEqual([0, 0]);
    expect((await postSurrender(world, policy, done)).json).toEqual(done);

    expect(await refundsOf(world, policy.code)).toEqual({});
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull.slice(0, 2));
    for (const [payer, outTradeNo, seq] of [
      [policy.owner, policy.outTradeNo, 1],
      [gift.friend, gift.order.outTradeNo, 2],
    ] as const) {
      expect(await getOrder(world, payer, outTradeNo)).toMatchObject({
        state: "settled",
        outcome: { kind: "unit", seq, endedOn: addDays(lastDayOn, 1) },
      });
    }
  });

  test("R21: a unit whose year has passed reads as ended too, and as living until then", async () => {
    const policy = await issueAtNoon(world);
    const lastDayOn = await lastDayOf(policy.code);
    const readOutcome = async () =>
      (await getOrder(world, policy.owner, policy.outTradeNo)).outcome;
    await passDays(world, days(today(world), lastDayOn));
    expect(await readOutcome()).toMatchObject({ kind: "unit", endedOn: null });
    await passDays(world, 1);
    expect(await readOutcome()).toMatchObject({ kind: "unit", endedOn: addDays(lastDayOn, 1) });
  });
});

describe("what was seen is what is done", () => {
  test("a friend's unit arrives between the look and the yes: look again", async () => {
    const policy = await issueAtNoon(world);
    const seen = await previewSurrender(world, policy);
    await friendPays(world, policy.code);
    const answer = await postSurrender(world, policy, seen);
    expect([answer.status, answer.json.code]).toEqual([409, "quote_changed"]);
    expect(await policyRow(world, policy.code)).toMatchObject({ status: "active", units_paid: 2 });
    expect((await surrender(world, policy)).totalFen).toBe(200);
  });

  test("nobody but the insured sees or ends it, and an unpaid application is not a policy", async () => {
    const policy = await issueAtNoon(world);
    const { friend } = await friendPays(world, policy.code);
    const seen = await previewSurrender(world, policy);
    for (const owner of [friend, await newPerson(world)]) {
      const other = { ...policy, owner };
      const look = await call(world, "GET", `/api/policies/${policy.code}/surrender`, {
        as: owner,
      });
      expect(look.json.code).toBe("not_found");
      expect((await postSurrender(world, other, seen)).json.code).toBe("not_found");
    }
    const path = `/api/policies/${policy.code}/surrender`;
    expect((await call(world, "GET", path)).status).toBe(401);
    const applicant = await newPerson(world);
    const applied = await applyFor(world, applicant);
    const unpaid = { owner: applicant, code: applied.json.policyCode };
    const answer = await postSurrender(world, unpaid, { reason: "cooling_off", totalFen: 100 });
    expect([answer.status, answer.json.code]).toEqual([409, "policy_not_open"]);
  });

  test("a sum that is no sum is refused as input", async () => {
    const policy = await issueAtNoon(world);
    for (const totalFen of [-1, 1.5, 1e9]) {
      const answer = await postSurrender(world, policy, { reason: "surrender", totalFen });
      expect(answer.status).toBe(422);
    }
  });
});

describe("R42: what others learn", () => {
  test("that it has ended; not how, nor what still counts", async () => {
    const surrendered = await issueAtNoon(world);
    const gift = await friendPays(world, surrendered.code);
    await passDays(world, 100);
    expect((await getPolicy(world, surrendered.code)).payableNowYuan).toBe(2000);
    await surrender(world, surrendered);
    const cancelled = await issueAtNoon(world);
    await surrender(world, cancelled);

    const publicOf = async (code: string) => {
      const { code: _code, collectingUntil: _until, ...rest } = await getPolicy(world, code);
      return rest;
    };
    expect(await publicOf(surrendered.code)).toEqual(await publicOf(cancelled.code));
    expect(await publicOf(surrendered.code)).toMatchObject({
      status: "ended",
      payableNowYuan: 0,
      viewer: { canSupport: false, reason: "policy_not_open" },
    });
    expect((await getOrder(world, gift.friend, gift.order.outTradeNo)).outcome).toMatchObject({
      kind: "refund",
      reason: "policy_ended",
    });
  });
});

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

async function lastDayOf(code: string): Promise<string> {
  const [row] = await world.sql<{ on: string }>(
    `SELECT last_day_on::text AS "on" FROM policies WHERE code = $1`,
    [code],
  );
  if (!row) throw new Error("no policy");
  return row.on;
}

/** So many seconds after the 24:00 of a day; negative is before it. */
async function toMidnightAfter(day: string, seconds: number): Promise<void> {
  const midnight = startOfShanghaiDay(addDays(day, 1)).getTime();
  await advance(world, (midnight - world.deps.now().getTime()) / 1000 + seconds);
}
