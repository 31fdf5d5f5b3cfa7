/** A giver's words to the insured: said with the order, after it, differently, or not at all. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findGiftWords } from "@/lib/words/queries";
import { startWorld, type World } from "@/tests/support/world";
import {
  applyAndPay,
  call,
  type InsuredPolicy,
  newPerson,
  orderGift,
} from "@/tests/support/world-story";
import { friendOf, type Gift, give, react, writeWish } from "./people";

let world: World;
let policy: InsuredPolicy;
let gift: Gift;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  policy = await applyAndPay(world);
  gift = await give(world, policy.code, "云溪");
});

const seenByOwner = async () => (await friendOf(world, policy.code, policy.owner, 2)).message;
const wordsOf = ({ friend }: Gift) =>
  world.sql("SELECT verdict, reviewed_by FROM words WHERE author_id = $1", [friend.userId]);
const ownView = () => findGiftWords(world.deps, { ...gift, userId: gift.friend.userId });

test("said after paying, said again, said differently, taken back", async () => {
  const first = await writeWish(world, gift, "  平平安安 ");
  expect(first.status, first.text).toBe(200);
  expect(first.json.words).toMatchObject({ text: "平平安安", state: "shown" });
  expect((await writeWish(world, gift, "平平安安")).json).toEqual(first.json);
  expect(await seenByOwner()).toBe("平平安安");

  const other = await writeWish(world, gift, "春天见");
  expect(other.json.words).toMatchObject({ id: first.json.words.id, text: "春天见" });
  expect(await seenByOwner()).toBe("春天见");

  expect((await writeWish(world, gift, null)).json).toEqual({ words: null });
  expect((await writeWish(world, gift, "")).json).toEqual({ words: null });
  expect(await seenByOwner()).toBeNull();
  expect(await wordsOf(gift)).toEqual([]);
});

test("held and hidden words are read by their author alone", async () => {
  for (const [text, state] of [
    ["打我电话 13800138000", "held"],
    ["傻逼", "hidden"],
  ] as const) {
    expect((await writeWish(world, gift, text)).json.words).toMatchObject({ text, state });
    expect(await seenByOwner()).toBeNull();
    expect((await ownView())?.wish).toMatchObject({ text, state });
  }
});

test("said with the order: the same judgement, in the same statement as the order and its key", async () => {
  const shy = await newPerson(world);
  const body = { message: "加我微信 hello_12345" };
  const ordered = await orderGift(world, policy.code, shy, { body });
  expect(ordered.status).toBe(201);
  const [row] = await world.sql(
    `SELECT w.state, w.xmin = k.xmin AS "isSameTransaction" FROM words w JOIN idempotency_keys k ON k.order_id = w.order_id
     WHERE k.payer_id = $1`,
    [shy.userId],
  );
  expect(row).toEqual({ state: "held", isSameTransaction: true });

  // Coming back to the unpaid order with other words means those, and with none means none.
  await orderGift(world, policy.code, shy, { body: { message: "等你好起来" } });
  const words = () => world.sql("SELECT text, state FROM words WHERE author_id = $1", [shy.userId]);
  expect(await words()).toEqual([{ text: "等你好起来", state: "shown" }]);
  await orderGift(world, policy.code, shy, { body: {} });
  expect(await words()).toEqual([]);
});

test("a moderation that is down costs nobody his gift: his words wait", async () => {
  const { moderation } = world.deps;
  world.deps.moderation = { review: () => Promise.reject(new Error("ECONNREFUSED")) };
  try {
    const later = await give(world, policy.code, "罗海", { message: "早日康复" });
    expect((await friendOf(world, policy.code, policy.owner, 3)).message).toBeNull();
    expect((await writeWish(world, later, "加油")).json.words.state).toBe("held");
  } finally {
    world.deps.moderation = moderation;
  }
});

test("words that a person has hidden: the same ones stay hidden, other ones wait for him", async () => {
  await writeWish(world, gift, "你懂的");
  await world.sql(
    "UPDATE words SET state = 'hidden', verdict = 'a threat', reviewed_by = 'lin', reviewed_at = now() WHERE author_id = $1",
    [gift.friend.userId],
  );
  expect((await writeWish(world, gift, "你懂的")).json.words.state).toBe("hidden");
  expect((await writeWish(world, gift, null)).json.words).toMatchObject({ state: "hidden" });
  expect((await writeWish(world, gift, "祝福你")).json.words.state).toBe("held");
  expect(await wordsOf(gift)).toEqual([{ verdict: "after_hidden", reviewed_by: null }]);
  // Nor does writing again, or taking back and writing again, bring any words past that person.
  expect((await writeWish(world, gift, "天天开心")).json.words.state).toBe("held");
  expect((await writeWish(world, gift, null)).json.words.state).toBe("held");
  expect((await writeWish(world, gift, "你懂的")).json.words.state).toBe("held");
});

test("an emoji was an answer to the words it stands under, and goes with them", async () => {
  const { words } = (await writeWish(world, gift, "春天见")).json;
  await react(world, words.id, policy.owner, "hug");
  await writeWish(world, gift, "春天见");
  expect((await ownView())?.wish?.reaction).toBe("hug");
  await writeWish(world, gift, "秋天见");
  expect((await ownView())?.wish?.reaction).toBeNull();
});

test("only the payer, only on a gift, only while its unit lives; unsaying is possible for ever", async () => {
  const stranger = await newPerson(world);
  for (const other of [stranger, policy.owner]) {
    expect((await writeWish(world, gift, "我是谁", other)).status).toBe(404);
  }
  const own = { friend: policy.owner, outTradeNo: policy.outTradeNo };
  expect((await writeWish(world, own, "给自己")).json.code).toBe("own_policy");

  await writeWish(world, gift, "平安");
  const path = `/api/orders/${gift.outTradeNo}/withdrawal`;
  expect((await call(world, "POST", path, { as: gift.friend, key: null })).status).toBe(200);
  const late = await writeWish(world, gift, "还想说");
  expect([late.status, late.json.code]).toEqual([409, "not_settled"]);
  expect((await writeWish(world, gift, null)).json).toEqual({ words: null });
});

test("20 tabs saving at once leave one row with one of their texts", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `第 ${index} 句`);
  const answers = await Promise.all(texts.map((text) => writeWish(world, gift, text)));
  expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
  const rows = await world.sql<{ text: string }>("SELECT text FROM words WHERE author_id = $1", [
    gift.friend.userId,
  ]);
  expect(rows).toHaveLength(1);
  expect(texts).toContain(rows[0]?.text);
});
