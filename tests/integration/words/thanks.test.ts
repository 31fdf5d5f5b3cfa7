/** The insured's thanks: one for each gift, told once, whoever gave. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findGiftWords } from "@/lib/words/queries";
import { startWorld, type World } from "@/tests/support/world";
import {
  applyAndPay,
  call,
  type InsuredPolicy,
  newPerson,
  runWorkerRound,
} from "@/tests/support/world-story";
import { friendOf, type Gift, give, listFriends, react, setAnonymity, thank } from "./people";

let world: World;
let policy: InsuredPolicy;
let named: Gift;
let shy: Gift;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  policy = await applyAndPay(world);
  named = await give(world, policy.code, "云溪");
  shy = await give(world, policy.code, "害羞的人", { anonymous: true });
});

const thankHim = (body: object) => thank(world, policy.code, policy.owner, body);
const endorsementOf = async (seq: number) =>
  (await friendOf(world, policy.code, policy.owner, seq)).endorsementNo;
const readByGiver = async (gift: Gift) =>
  (await findGiftWords(world.deps, { ...gift, userId: gift.friend.userId }))?.thanks;
const told = () =>
  world.sql<{ wordsId: string }>(
    `SELECT payload->>'wordsId' AS "wordsId" FROM outbox_messages WHERE topic = 'thanked'`,
  );

async function thankedNotices({ friend }: Gift): Promise<unknown[]> {
  const { notices } = (await call(world, "GET", "/api/me/notices", { as: friend })).json;
  return notices.filter(({ kind }: { kind: string }) => kind === "thanked");
}

test("one tap thanks, a second tap changes nothing, words may follow", async () => {
  const endorsementNo = await endorsementOf(2);
  const first = await thankHim({ endorsementNo });
  expect(first.status, first.text).toBe(200);
  expect(first.json).toMatchObject({ thanked: 1, words: { text: null, state: "shown" } });
  const { id } = first.json.words;
  expect(await told()).toEqual([{ wordsId: id }]);

  expect((await thankHim({ endorsementNo })).json).toEqual({ thanked: 0, words: first.json.words });
  const spoken = await thankHim({ endorsementNo, text: "云溪，周末见" });
  expect(spoken.json).toEqual({ thanked: 0, words: { id, text: "云溪，周末见", state: "shown" } });
  // A tap after words leaves the words.
  expect((await thankHim({ endorsementNo })).json.words.text).toBe("云溪，周末见");
  expect(await readByGiver(named)).toMatchObject({ id, text: "云溪，周末见" });
  expect(await told()).toHaveLength(1);

  await runWorkerRound(world);
  expect(await thankedNotices(named)).toHaveLength(1);
  expect(await thankedNotices(shy)).toEqual([]);
});

test("words that are held reach the giver as a plain thank you until a person has read them", async () => {
  const endorsementNo = await endorsementOf(2);
  const held = await thankHim({ endorsementNo, text: "加我微信 hello_12345" });
  expect(held.json.words).toMatchObject({ text: "加我微信 hello_12345", state: "held" });
  expect(await readByGiver(named)).toMatchObject({ text: null });
  await runWorkerRound(world);
  const [notice] = await thankedNotices(named);
  expect(JSON.stringify(notice)).not.toContain("hello");
});

test("everybody at once: those thanked before are not thanked again, anonymous ones stay so", async () => {
  await thankHim({ endorsementNo: await endorsementOf(2), text: "谢谢你，云溪" });
  expect((await thankHim({ all: true })).json).toEqual({ thanked: 1, words: null });
  expect((await thankHim({ all: true })).json).toEqual({ thanked: 0, words: null });
  expect(await readByGiver(named)).toMatchObject({ text: "谢谢你，云溪" });
  expect(await readByGiver(shy)).toMatchObject({ text: null });
  await runWorkerRound(world);
  expect(await thankedNotices(shy)).toHaveLength(1);

  const list = await listFriends(world, policy.code, policy.owner);
  expect(JSON.stringify(list)).not.toContain("害羞");
  expect(list.map(({ nickname, isAnonymous }) => [nickname, isAnonymous])).toEqual([
    [null, true],
    ["云溪", false],
  ]);
});

test("one by one and all together at the same moment: each gift is thanked and told of once", async () => {
  await Promise.all(
    Array.from({ length: 6 }, (_, index) => give(world, policy.code, `朋友${index}`)),
  );
  const friends = await listFriends(world, policy.code, policy.owner);
  expect(friends).toHaveLength(8);
  const answers = await Promise.all([
    ...friends.map(({ endorsementNo }) => thankHim({ endorsementNo })),
    ...[0, 1, 2].map(() => thankHim({ all: true })),
    ...friends.map(({ endorsementNo }) => thankHim({ endorsementNo, text: "谢谢你" })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(answers.reduce((sum, { json }) => sum + json.thanked, 0)).toBe(8);
  expect(new Set((await told()).map(({ wordsId }) => wordsId)).size).toBe(8);
  expect(await told()).toHaveLength(8);
  const after = await listFriends(world, policy.code, policy.owner);
  expect(after.every(({ thanks }) => thanks?.text === "谢谢你")).toBe(true);
});

test("the giver answers thanks with an emoji that the insured sees", async () => {
  const { words } = (await thankHim({ endorsementNo: await endorsementOf(3) })).json;
  expect((await react(world, words.id, shy.friend, "flower")).status).toBe(200);
  const [newest] = await listFriends(world, policy.code, policy.owner);
  expect(newest).toMatchObject({ nickname: null, thanks: { reaction: "flower" } });
});

test("thanked before he became anonymous: the thanks stay, the name goes", async () => {
  await thankHim({ endorsementNo: await endorsementOf(2), text: "谢谢" });
  await setAnonymity(world, named, true);
  const friend = await friendOf(world, policy.code, policy.owner, 2);
  expect(friend).toMatchObject({ nickname: null, thanks: { text: "谢谢" } });
});

test("only the insured, only gifts that live, only on a policy in force", async () => {
  const endorsementNo = await endorsementOf(2);
  for (const other of [named.friend, await newPerson(world)]) {
    expect((await thank(world, policy.code, other, { endorsementNo })).status).toBe(404);
    expect((await thank(world, policy.code, other, { all: true })).status).toBe(404);
  }
  const [own] = await world.sql<{ number: string }>(
    `SELECT e.number FROM endorsements e JOIN policies p ON p.id = e.policy_id WHERE p.code = $1 ORDER BY 1 LIMIT 1`,
    [policy.code],
  );
  expect((await thankHim({ endorsementNo: own?.number })).json.code).toBe("not_settled");
  const path = `/api/orders/${named.outTradeNo}/withdrawal`;
  await call(world, "POST", path, { as: named.friend, key: null });
  expect((await thankHim({ endorsementNo })).json.code).toBe("not_settled");
  expect(
    await world.sql(
      "SELECT 1 FROM words WHERE policy_id = (SELECT id FROM policies WHERE code = $1)",
      [policy.code],
    ),
  ).toEqual([]);

  await world.sql(
    "UPDATE policies SET status = 'ended', ended_on = '2099-01-01', end_reason = 'expired' WHERE code = $1",
    [policy.code],
  );
  expect((await thankHim({ all: true })).json.code).toBe("policy_not_open");
});
