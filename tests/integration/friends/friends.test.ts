/** R42: who appears to whom. Friends are those who exchanged a unit, and only by their own choice. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Friends } from "@/lib/friends/contract";
import { startWorld, type World } from "@/tests/support/world";
import {
  advance,
  applyFor,
  atCashier,
  call,
  fillTo,
  newPerson,
  orderGift,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

const DAY_SECONDS = 86_400;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface Insured extends Person {
  code: string;
}

/** Somebody with a policy of his own, who lets friends see that he asks unless told otherwise. */
async function newInsured(isAskingVisible = true): Promise<Insured> {
  const person = await newPerson(world);
  const applied = await applyFor(world, person);
  expect(applied.status, applied.text).toBe(201);
  await atCashier(world, person, applied.json.order);
  await settleDown(world);
  if (isAskingVisible) await show(person, true);
  return { ...person, code: applied.json.policyCode };
}

async function show(person: Person, isAskingVisible: boolean): Promise<void> {
  const body = { isAskingVisible };
  const answer = await call(world, "POST", "/api/me/profile", { as: person, key: null, body });
  expect(answer.status, answer.text).toBe(200);
}

/** @returns the gift's outTradeNo. */
async function give(from: Person, to: Insured, body: object = {}): Promise<string> {
  const ordered = await orderGift(world, to.code, from, { body });
  expect(ordered.status, ordered.text).toBe(201);
  await atCashier(world, from, ordered.json.order);
  await settleDown(world);
  return ordered.json.order.outTradeNo;
}

/** The codes in each list. */
async function friendsOf(person: Person) {
  const answer = await call(world, "GET", "/api/me/friends", { as: person });
  expect(answer.status, answer.text).toBe(200);
  const friends = answer.json as Friends;
  const codes = (list: Friends["asking"]) => list.map(({ code }) => code);
  return {
    helpBack: codes(friends.helpBack),
    asking: codes(friends.asking),
    helped: codes(friends.helped),
    text: answer.text,
  };
}
const NOBODY = { helpBack: [], asking: [], helped: [] };

test("who came to me and asks too is there until I have been there; then it is told how far he is", async () => {
  const [me, friend] = [await newInsured(), await newInsured()];
  await give(friend, me);
  expect(await friendsOf(me)).toMatchObject({ ...NOBODY, helpBack: [friend.code] });
  // The other way round it is already done, so nothing is asked of him.
  expect(await friendsOf(friend)).toMatchObject({ ...NOBODY, helped: [me.code] });
  await give(me, friend);
  expect(await friendsOf(me)).toMatchObject({ ...NOBODY, helped: [friend.code] });
  const answer = await call(world, "GET", "/api/me/friends", { as: me });
  expect(answer.json.helped).toEqual([
    { code: friend.code, name: "小雨", units: 2, unitsMax: 100 },
  ]);
});

test("an anonymous giver never appears to the insured, who still appears to nobody by it", async () => {
  const [me, shy] = [await newInsured(), await newInsured()];
  await give(shy, me, { anonymous: true });
  const seen = await friendsOf(me);
  expect(seen).toMatchObject(NOBODY);
  expect(seen.text).not.toContain(shy.code);
  // He knows himself whom he helped.
  expect(await friendsOf(shy)).toMatchObject({ ...NOBODY, helped: [me.code] });
});

test("hiding behind anonymity afterwards takes one off the list at once", async () => {
  const [me, friend] = [await newInsured(), await newInsured()];
  const outTradeNo = await give(friend, me);
  expect((await friendsOf(me)).helpBack).toEqual([friend.code]);
  await world.sql("UPDATE orders SET is_anonymous = true WHERE out_trade_no = $1", [outTradeNo]);
  expect(await friendsOf(me)).toMatchObject(NOBODY);
});

test("without his own yes nobody appears, and a yes taken back counts at once", async () => {
  const [me, friend] = [await newInsured(), await newInsured(false)];
  await give(friend, me);
  expect(await friendsOf(me)).toMatchObject(NOBODY);
  await show(friend, true);
  expect((await friendsOf(me)).helpBack).toEqual([friend.code]);
  await show(friend, false);
  expect(await friendsOf(me)).toMatchObject(NOBODY);
});

test("strangers who ask visibly are nobody's friends, and neither is one's own policy", async () => {
  const [me] = [await newInsured(), await newInsured()];
  expect(await friendsOf(me)).toMatchObject(NOBODY);
  expect((await friendsOf(await newPerson(world))).text).toBe(JSON.stringify(NOBODY));
  expect((await call(world, "GET", "/api/me/friends")).status).toBe(401);
});

test("friends of friends are no friends", async () => {
  const [me, friend, other] = [await newInsured(), await newInsured(), await newInsured()];
  await give(friend, me);
  await give(other, friend);
  expect((await friendsOf(me)).text).not.toContain(other.code);
});

test("a gift that was taken back is no exchange", async () => {
  const [me, friend] = [await newInsured(), await newInsured()];
  const outTradeNo = await give(friend, me);
  const path = `/api/orders/${outTradeNo}/withdrawal`;
  expect((await call(world, "POST", path, { as: friend, key: null, body: {} })).status).toBe(200);
  expect(await friendsOf(me)).toMatchObject(NOBODY);
  expect(await friendsOf(friend)).toMatchObject(NOBODY);
});

test("a full page is asked for no more", async () => {
  const [me, friend] = [await newInsured(), await newInsured()];
  await give(friend, me);
  await fillTo(world, friend.code, 100);
  expect(await friendsOf(me)).toMatchObject(NOBODY);
});

test("a page whose window has closed is asked for no more, but those who helped see how it goes on", async () => {
  const [me, friend] = [await newInsured(), await newInsured()];
  await give(friend, me);
  await advance(world, 31 * DAY_SECONDS);
  expect(await friendsOf(me)).toMatchObject(NOBODY);
  expect(await friendsOf(friend)).toMatchObject({ ...NOBODY, helped: [me.code] });
  const surrender = await call(world, "GET", `/api/policies/${me.code}/surrender`, { as: me });
  const { reason, totalFen } = surrender.json;
  const body = { reason, totalFen };
  const ended = await call(world, "POST", `/api/policies/${me.code}/surrender`, {
    as: me,
    key: null,
    body,
  });
  expect(ended.status, ended.text).toBe(200);
  expect(await friendsOf(friend)).toMatchObject(NOBODY);
});

test("whom I helped in another year, openly or not, I see asking again; he sees me only if I was open", async () => {
  const [me, friend] = [await newInsured(), await newInsured()];
  await give(me, friend, { anonymous: true });
  await advance(world, 370 * DAY_SECONDS);
  // Both years are over; a new one begins for each.
  for (const insured of [me, friend]) {
    await world.sql(
      "UPDATE policies SET status = 'ended', ended_on = last_day_on + 1, end_reason = 'expired' WHERE code = $1",
      [insured.code],
    );
    const applied = await applyFor(world, insured);
    expect(applied.status, applied.text).toBe(201);
    await atCashier(world, insured, applied.json.order);
    await settleDown(world);
    insured.code = applied.json.policyCode;
  }
  expect(await friendsOf(me)).toMatchObject({ ...NOBODY, asking: [friend.code] });
  expect(await friendsOf(friend)).toMatchObject(NOBODY);
});
