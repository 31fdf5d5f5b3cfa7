/** 人品鉴定 (R43): what people did, as their appraisals count it, and who may read which. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MyAppraisal, PublicAppraisal } from "@/lib/appraisal/contract";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  call,
  friendPays,
  newPerson,
  openOrder,
  type Person,
  settleDown,
} from "@/tests/support/world-story";
import { goToNextNoon, passDays, refuse, surrender, withdraw } from "../endings/story";

const HOUR = 3_600;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  expect(internalErrors(world)).toEqual([]);
  await world.close();
});

async function readMine(person: Person): Promise<MyAppraisal> {
  const answer = await call(world, "GET", "/api/me/appraisal", { as: person });
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}
const readShared = (code: string, as?: Person) =>
  call(world, "GET", `/api/policies/${code}/appraisal`, { as });
const show = (person: Person, isAppraisalVisible: boolean) =>
  call(world, "POST", "/api/me/profile", { as: person, key: null, body: { isAppraisalVisible } });

async function give(person: Person, code: string): Promise<{ outTradeNo: string }> {
  const { order } = await openOrder(world, code, person);
  await atCashier(world, person, order);
  await settleDown(world);
  return order;
}

/** `gave 2 +6`, in the order of the lines. */
const pointsOf = ({ lines }: Pick<MyAppraisal, "lines">) =>
  lines.map(({ kind, count, points }) => `${kind} ${count} +${points}`);

describe("what counts", () => {
  test("somebody without a policy: two friends within an hour, another in the next week", async () => {
    await goToNextNoon(world);
    const person = await newPerson(world, "热心人");
    const friends = [];
    for (let count = 0; count < 3; count += 1) friends.push(await applyAndPay(world));
    const [first, second, third] = friends.map(({ code }) => code) as [string, string, string];
    expect(await readMine(person)).toEqual({
      score: 0,
      title: "loading",
      lines: [],
      next: { title: "hand", pointsToGo: 3 },
      giving: { friends: 0, cells: 0 },
      isVisible: false,
    });
    await give(person, first);
    await advance(world, HOUR / 2);
    await give(person, second);
    expect(pointsOf(await readMine(person))).toEqual(["gave 2 +6", "hour 2 +6"]);
    await passDays(world, 7);
    await give(person, third);
    const mine = await readMine(person);
    expect(pointsOf(mine)).toEqual(["gave 3 +9", "hour 2 +6", "weeks 2 +4"]);
    expect(mine).toMatchObject({ score: 19, title: "heater", giving: { friends: 3, cells: 3 } });
    // Asked again, later and by another process: the same.
    await passDays(world, 40);
    await world.crash();
    await world.restart();
    expect(await readMine(person)).toEqual(mine);
  });

  test("friends who came, give and take, and thanks", async () => {
    await goToNextNoon(world);
    const [mine, theirs] = [await applyAndPay(world), await applyAndPay(world)];
    await friendPays(world, mine.code);
    await friendPays(world, mine.code);
    expect(pointsOf(await readMine(mine.owner))).toEqual(["came 2 +2"]);
    await give(mine.owner, theirs.code);
    const path = `/api/policies/${mine.code}/thanks`;
    const thanks = await call(world, "POST", path, {
      as: mine.owner,
      key: null,
      body: { all: true },
    });
    expect(thanks.status, thanks.text).toBe(200);
    expect(pointsOf(await readMine(mine.owner))).toEqual([
      "gave 1 +3",
      "came 2 +2",
      "both 1 +2",
      "thanked 2 +2",
    ]);
    // The cells that a person bought for himself are no merit.
    expect(pointsOf(await readMine(theirs.owner))).toEqual(["came 1 +1"]);
  });

  test("being declined changes nothing; only taking it back oneself does", async () => {
    await goToNextNoon(world);
    const policy = await applyAndPay(world);
    const [person, other] = [await newPerson(world), await newPerson(world)];
    await give(person, policy.code);
    const { outTradeNo } = await give(other, policy.code);
    const before = await readMine(person);
    expect(pointsOf(before)).toEqual(["gave 1 +3"]);

    const { json } = await call(world, "GET", `/api/policies/${policy.code}/supporters`, {
      as: policy.owner,
    });
    const unit = json.supporters.find(({ seq }: { seq: number }) => seq === 2);
    expect((await refuse(world, policy, unit)).status).toBe(200);
    expect(await readMine(person)).toEqual(before);
    expect(pointsOf(await readMine(policy.owner))).toEqual(["came 2 +2"]);
    // Once more to the same friend is no second merit.
    await give(person, policy.code);
    expect(pointsOf(await readMine(person))).toEqual(["gave 1 +3"]);

    expect((await withdraw(world, other, outTradeNo)).status).toBe(200);
    expect(await readMine(other)).toMatchObject({ score: 0, giving: { friends: 0, cells: 0 } });

    // The friend's policy ends, the gift has been given.
    await surrender(world, policy);
    expect(await readMine(person)).toEqual(before);
  });

  test("who gives without his name counts the same, on both sides, before and after", async () => {
    await goToNextNoon(world);
    const policy = await applyAndPay(world);
    const person = await newPerson(world);
    const { outTradeNo } = await give(person, policy.code);
    await give(policy.owner, (await applyAndPay(world)).code);
    const before = [await readMine(person), await readMine(policy.owner)];
    expect(before.map(({ score }) => score)).toEqual([3, 6]);
    for (const anonymous of [true, false, true]) {
      const path = `/api/orders/${outTradeNo}/anonymity`;
      const answer = await call(world, "POST", path, {
        as: person,
        key: null,
        body: { anonymous },
      });
      expect(answer.status, answer.text).toBeLessThan(300);
      expect([await readMine(person), await readMine(policy.owner)]).toEqual(before);
    }
  });

  test("an unpaid order is no gift", async () => {
    await goToNextNoon(world);
    const { code } = await applyAndPay(world);
    const { friend } = await openOrder(world, code);
    expect(await readMine(friend)).toMatchObject({ score: 0, lines: [] });
  });
});

describe("who may read it", () => {
  test("nobody but the insured until he shows it, and again once he hides it", async () => {
    await goToNextNoon(world);
    const { owner, code } = await applyAndPay(world);
    const { friend } = await friendPays(world, code);
    const unknown = await readShared("0".repeat(22));
    const fields = ({ json }: typeof unknown) => ({ ...json, instance: "", request_id: "" });
    for (const isShown of [false, true, false]) {
      if (isShown) expect((await show(owner, true)).status).toBe(200);
      else await show(owner, false);
      for (const viewer of [undefined, friend, await newPerson(world)]) {
        const answer = await readShared(code, viewer);
        expect(answer.status).toBe(isShown ? 200 : 404);
        if (!isShown) expect(Object.keys(answer.json)).toEqual(Object.keys(unknown.json));
        if (!isShown) expect(fields(answer).code).toBe(fields(unknown).code);
      }
      expect((await readShared(code, owner)).status).toBe(200);
    }
  });

  test("others read counts of whole days and nobody's name, words, id or hour", async () => {
    await goToNextNoon(world);
    const { owner, code } = await applyAndPay(world);
    const { friend, order } = await friendPays(world, code);
    await give(owner, (await applyAndPay(world)).code);
    await show(owner, true);
    const today: PublicAppraisal = (await readShared(code)).json;
    // What happened just now would tell who it was.
    expect(today).toMatchObject({ score: 0, lines: [] });
    await passDays(world, 1);
    const answer = await readShared(code);
    expect(pointsOf(answer.json)).toEqual(["gave 1 +3", "came 1 +1", "both 1 +2"]);
    expect(Object.keys(answer.json).sort()).toEqual(["countedUntil", "lines", "score", "title"]);
    expect(Object.keys(answer.json.lines[0]).sort()).toEqual(
      ["count", "countMax", "counted", "kind", "points", "pointsEach"].sort(),
    );
    expect(answer.json.countedUntil).toMatch(/T16:00:00\.000Z$/);
    for (const secret of [
      owner.userId,
      owner.openid,
      friend.userId,
      friend.openid,
      order.outTradeNo,
    ]) {
      expect(answer.text).not.toContain(secret);
    }
    // The insured reads what others read.
    expect((await readShared(code, owner)).json).toEqual(answer.json);
    expect(answer.headers.get("cache-control")).toContain("no-store");
  });

  test("guests have no appraisal, and a policy that nobody paid shows none", async () => {
    expect((await call(world, "GET", "/api/me/appraisal")).status).toBe(401);
    const person = await newPerson(world);
    const { policyCode } = (await applyFor(world, person)).json;
    await show(person, true);
    for (const viewer of [undefined, person]) {
      expect((await readShared(policyCode, viewer)).status).toBe(404);
      expect((await readShared("not-a-code", viewer)).status).toBe(404);
    }
  });
});
