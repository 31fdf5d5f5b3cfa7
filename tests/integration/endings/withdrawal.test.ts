/** R30 and R26: one friend's unit goes back before it takes effect. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addDays, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  advance,
  atCashier,
  call,
  fillTo,
  friendPays,
  getOrder,
  getPolicy,
  newPeople,
  newPerson,
  openOrder,
  orderGift,
  settleDown,
  spoil,
} from "@/tests/support/world-story";
import {
  codesOf,
  endorsementsOf,
  type Gift,
  goToNextNoon,
  issueAtNoon,
  ledgerOf,
  liveSeqs,
  refundsOf,
  refuse,
  returnedInFull,
  today,
  withdraw,
} from "./story";

/** A hundred friends order and pay, on a machine that does other things as well. */
const HUNDRED_PAYMENTS_MS = 90_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("R30: a giver takes his gift back until it is in effect", () => {
  test("he gets it all back, the ledger says so line by line, and his number is free", async () => {
    const { code } = await issueAtNoon(world);
    const [first, second] = [await friendPays(world, code), await friendPays(world, code)];
    expect(await liveSeqs(world, code)).toEqual([1, 2, 3]);

    const answer = await withdraw(world, first.friend, first.order.outTradeNo);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toMatchObject({
      outTradeNo: first.order.outTradeNo,
      state: "refunding",
      outcome: { kind: "refund", reason: "gift_withdrawn", amountFen: 100 },
    });
    expect(answer.json).toEqual(await getOrder(world, first.friend, first.order.outTradeNo));
    expect(await liveSeqs(world, code)).toEqual([1, 3]);
    expect(await getPolicy(world, code)).toMatchObject({ units: 2, coverYuan: 2000 });
    expect(await endorsementsOf(world, code)).toEqual([
      "001 unit_added +1000",
      "002 unit_added +1000",
      "003 unit_added +1000",
      "004 unit_ended -1000",
    ]);

    await comeToRest(world);
    expect(await ledgerOf(world, first.order.outTradeNo)).toEqual(returnedInFull);
    expect(await ledgerOf(world, second.order.outTradeNo)).toEqual(returnedInFull.slice(0, 2));
    expect(await theirRefunds(first)).toMatchObject([
      { outRefundNo: `R${first.order.outTradeNo.slice(1)}`, amountFen: 100, status: "SUCCESS" },
    ]);
  });

  test("asked again, before and after the money is back: the same refund", async () => {
    const { code } = await issueAtNoon(world);
    const gift = await friendPays(world, code);
    const first = await withdraw(world, gift.friend, gift.order.outTradeNo);
    const again = await withdraw(world, gift.friend, gift.order.outTradeNo);
    expect(again.json).toEqual(first.json);
    await comeToRest(world);
    const later = await withdraw(world, gift.friend, gift.order.outTradeNo);
    expect(later.status).toBe(200);
    expect(later.json.outcome).toMatchObject({ reason: "gift_withdrawn", state: "succeeded" });
    expect(await theirRefunds(gift)).toHaveLength(1);
  });

  test("the next gift fills the hole, also that of the same friend", async () => {
    const { code } = await issueAtNoon(world);
    const gifts = [await friendPays(world, code), await friendPays(world, code)];
    const { friend, order } = gifts[0] as Gift;
    expect((await withdraw(world, friend, order.outTradeNo)).status).toBe(200);

    const again = await openOrder(world, code, friend);
    await atCashier(world, friend, again.order);
    await settleDown(world);
    expect((await getOrder(world, friend, again.order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
      seq: 2,
      endorsementNo: expect.stringMatching(/-005$/),
    });
    expect((await orderGift(world, code, friend)).json.code).toBe("already_supported");
    const next = await friendPays(world, code);
    expect((await getOrder(world, next.friend, next.order.outTradeNo)).outcome).toMatchObject({
      seq: 4,
    });
  });

  test(
    "a full policy has a free cell again",
    async () => {
      const { code } = await issueAtNoon(world);
      const gift = await friendPays(world, code);
      await fillTo(world, code, 100);
      const [late] = await newPeople(world, 1);
      if (!late) throw new Error("nobody came");
      expect((await orderGift(world, code, late)).json.code).toBe("cap_reached");
      expect((await withdraw(world, gift.friend, gift.order.outTradeNo)).status).toBe(200);
      const { order } = await openOrder(world, code, late);
      await atCashier(world, late, order);
      await settleDown(world);
      expect((await getOrder(world, late, order.outTradeNo)).outcome).toMatchObject({ seq: 2 });
    },
    HUNDRED_PAYMENTS_MS,
  );

  test("a minute before 00:00 of its effective date still, at 00:00 no longer", async () => {
    const { code } = await issueAtNoon(world);
    const [early, late] = [await friendPays(world, code), await friendPays(world, code)];
    const midnight = startOfShanghaiDay(addDays(today(world), 1)).getTime();
    await advance(world, (midnight - world.deps.now().getTime()) / 1000 - 60);
    expect((await withdraw(world, early.friend, early.order.outTradeNo)).status).toBe(200);
    await advance(world, 60);
    const refused = await withdraw(world, late.friend, late.order.outTradeNo);
    expect([refused.status, refused.json.code]).toEqual([409, "unit_in_effect"]);
    expect(await liveSeqs(world, code)).toEqual([1, 3]);
  });

  test("the insured's own first unit: that is a surrender", async () => {
    const { owner, outTradeNo } = await issueAtNoon(world);
    const answer = await withdraw(world, owner, outTradeNo);
    expect([answer.status, answer.json.code]).toEqual([409, "base_unit_ends_policy"]);
  });

  test("what is not a unit cannot be taken back: unpaid, closed, refunded for another reason", async () => {
    const { code } = await issueAtNoon(world);
    const pending = await openOrder(world, code);
    const closed = await openOrder(world, code);
    const unusable = await openOrder(world, code);
    const { outTradeNo } = unusable.order;
    await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
    await atCashier(world, unusable.friend, unusable.order);
    await settleDown(world);
    for (const { friend, order } of [pending, unusable]) {
      const answer = await withdraw(world, friend, order.outTradeNo);
      expect([answer.status, answer.json.code]).toEqual([409, "not_settled"]);
    }
    await comeToRest(world);
    const answer = await withdraw(world, closed.friend, closed.order.outTradeNo);
    expect([answer.status, answer.json.code]).toEqual([409, "not_settled"]);
    expect((await getOrder(world, closed.friend, closed.order.outTradeNo)).state).toBe("closed");
  });

  test("it is the payer's alone, on our own pages only", async () => {
    const { code, owner } = await issueAtNoon(world);
    const { friend, order } = await friendPays(world, code);
    const stranger = await newPerson(world);
    for (const other of [owner, stranger]) {
      expect((await withdraw(world, other, order.outTradeNo)).json.code).toBe("not_found");
    }
    const path = `/api/orders/${order.outTradeNo}/withdrawal`;
    expect((await call(world, "POST", path)).status).toBe(401);
    const elsewhere = { as: friend, headers: { origin: "https://evil.example" } };
    expect((await call(world, "POST", path, elsewhere)).json.code).toBe("forbidden_origin");
    expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("settled");
  });
});

describe("R26: the insured declines a friend's unit until it is in effect", () => {
  test("the friend gets it all back; asked again the answer is the same", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const unit = await unitOf(gift);
    const answer = await refuse(world, policy, unit);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toEqual({
      endorsementNo: expect.stringMatching(/-003$/),
      seq: 2,
      refundFen: 100,
      endedOn: today(world),
    });
    expect((await refuse(world, policy, unit)).json).toEqual(answer.json);
    expect((await getOrder(world, gift.friend, gift.order.outTradeNo)).outcome).toMatchObject({
      reason: "cancelled_before_effective",
    });
    expect((await withdraw(world, gift.friend, gift.order.outTradeNo)).json.code).toBe(
      "not_settled",
    );
    await comeToRest(world);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull);
    expect(await theirRefunds(gift)).toMatchObject([{ amountFen: 100, status: "SUCCESS" }]);
  });

  test("a repeat never hits the friend who has the number now", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const refused = await unitOf(gift);
    const first = await refuse(world, policy, refused);
    const next = await friendPays(world, policy.code);
    expect((await unitOf(next)).seq).toBe(refused.seq);

    expect((await refuse(world, policy, refused)).json).toEqual(first.json);
    expect((await getOrder(world, next.friend, next.order.outTradeNo)).state).toBe("settled");
    expect(await liveSeqs(world, policy.code)).toEqual([1, 2]);
  });

  test("the supporters' list says which may be declined, and for how long", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const list = async () =>
      (
        await call(world, "GET", `/api/policies/${policy.code}/supporters`, { as: policy.owner })
      ).json.supporters.map((one: { seq: number; canRefuse: boolean }) => [one.seq, one.canRefuse]);
    expect(await list()).toEqual([
      [2, true],
      [1, false],
    ]);
    const unit = await unitOf(gift);
    await goToNextNoon(world);
    expect(await list()).toEqual([
      [2, false],
      [1, false],
    ]);
    expect((await refuse(world, policy, unit)).json.code).toBe("unit_in_effect");
  });

  test("unit 1, what is not his, and what is not there", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    const unit = await unitOf(gift);
    const own = (await getOrder(world, policy.owner, policy.outTradeNo)).outcome;
    if (own?.kind !== "unit") throw new Error("no first unit");
    const other = await issueAtNoon(world);
    const answers = [
      await refuse(world, policy, own),
      await refuse(world, { ...policy, owner: gift.friend }, unit),
      await refuse(world, other, unit),
      await refuse(world, policy, { ...unit, seq: 3 }),
      await refuse(world, policy, { ...unit, seq: 101 }),
      await refuse(world, policy, { ...unit, endorsementNo: "2" }),
    ];
    expect(answers.map(({ status, json }) => `${status} ${json.code}`)).toEqual([
      "409 base_unit_ends_policy",
      "404 not_found",
      "404 not_found",
      "404 not_found",
      "404 not_found",
      "422 invalid_input",
    ]);
  });
});

describe("at the same moment", () => {
  test("twelve taps on the same button: one refund, twelve equal answers", async () => {
    const { code } = await issueAtNoon(world);
    const gift = await friendPays(world, code);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => withdraw(world, gift.friend, gift.order.outTradeNo)),
    );
    expect(codesOf(answers)).toEqual({ "200": 12 });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await comeToRest(world);
    expect(await theirRefunds(gift)).toHaveLength(1);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull);
  });

  test(
    "F36 release and grab: fifteen take theirs back while fifteen others pay",
    async () => {
      const { code } = await issueAtNoon(world);
      const leaving = await Promise.all(
        (await newPeople(world, 15)).map((friend) => openOrder(world, code, friend)),
      );
      await Promise.all(leaving.map(({ friend, order }) => atCashier(world, friend, order)));
      await settleDown(world);
      const coming = await Promise.all(
        (await newPeople(world, 15)).map((friend) => openOrder(world, code, friend)),
      );
      const [answers] = await Promise.all([
        Promise.all(leaving.map(({ friend, order }) => withdraw(world, friend, order.outTradeNo))),
        Promise.all(coming.map(({ friend, order }) => atCashier(world, friend, order))),
      ]);
      await settleDown(world);

      expect(codesOf(answers)).toEqual({ "200": 15 });
      expect(await liveSeqs(world, code)).toHaveLength(16);
      expect(await getPolicy(world, code)).toMatchObject({ units: 16, coverYuan: 16_000 });
      expect(Object.values(await refundsOf(world, code))).toEqual(
        Array.from({ length: 15 }, () => "gift_withdrawn 100"),
      );
      // 1 + 15 came, 15 went, 15 came: every change has its own document.
      expect(await endorsementsOf(world, code)).toHaveLength(46);
      await fillTo(world, code, 100);
      expect(await liveSeqs(world, code)).toEqual(
        Array.from({ length: 100 }, (_, index) => index + 1),
      );
    },
    HUNDRED_PAYMENTS_MS,
  );

  test("the friend takes it back while the insured declines it: one of them did it", async () => {
    const policy = await issueAtNoon(world);
    const gifts = [];
    for (let count = 0; count < 5; count += 1) gifts.push(await friendPays(world, policy.code));
    const units = await Promise.all(gifts.map(unitOf));
    for (const [index, gift] of gifts.entries()) {
      const unit = units[index];
      if (!unit) throw new Error("no unit");
      const answers = await Promise.all([
        withdraw(world, gift.friend, gift.order.outTradeNo),
        refuse(world, policy, unit),
      ]);
      expect(codesOf(answers)).toEqual({ "200": 1, "409 not_settled": 1 });
    }
    expect(Object.keys(await refundsOf(world, policy.code))).toHaveLength(5);
    expect(await liveSeqs(world, policy.code)).toEqual([1]);
  });
});

async function unitOf(gift: Gift): Promise<{ seq: number; endorsementNo: string }> {
  const { outcome } = await getOrder(world, gift.friend, gift.order.outTradeNo);
  if (outcome?.kind !== "unit") throw new Error("not a unit");
  return outcome;
}

async function theirRefunds({ order }: Gift) {
  return (await listRefunds(world)).filter(({ outTradeNo }) => outTradeNo === order.outTradeNo);
}
