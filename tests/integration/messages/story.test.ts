/** From a friend's yuan to the insured's phone: planned with the notice, for those who asked for it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  call,
  fillTo,
  friendPays,
  type InsuredPolicy,
  newPerson,
  orderGift,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import { consent, messagesOf, moveToNoon, phoneOf, remainingOf } from "./reminders";

const DAY_SECONDS = 86_400;

let world: World;
let insured: InsuredPolicy;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await moveToNoon(world);
  insured = await applyAndPay(world);
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("who has consented hears of a friend's yuan in WeChat, once, without the friend's name", async () => {
  const { owner, code } = insured;
  await consent(world, owner, ["supported"]);
  await friendPays(world, code);
  await runWorkerRound(world);
  const [message] = await phoneOf(world, owner);
  expect(message).toMatchObject({
    title: "好友互助提醒",
    page: `${world.url}/me/notices?from=message`,
    lines: [
      { label: "事项", value: "你的微互助保单" },
      { label: "说明", value: "有朋友添了第 2 格" },
      { label: "时间" },
    ],
  });
  expect(JSON.stringify(message)).not.toContain("小明");
  expect(await remainingOf(world, owner, "supported")).toBe(0);

  await friendPays(world, code);
  await runWorkerRound(world);
  expect(await phoneOf(world, owner)).toHaveLength(1);
  expect(await messagesOf(world, owner)).toHaveLength(1);
});

test("R47: who has consented to nothing, or to something else, has not even a row", async () => {
  const { owner, code } = insured;
  await consent(world, owner, ["thanked"]);
  const { friend } = await friendPays(world, code);
  await runWorkerRound(world);
  expect(await messagesOf(world, owner)).toEqual([]);
  expect(await messagesOf(world, friend)).toEqual([]);
});

test("a job that runs again plans and sends nothing again", async () => {
  const { owner, code } = insured;
  await consent(world, owner, ["supported"], 3);
  await friendPays(world, code);
  await runWorkerRound(world);
  await advance(world, DAY_SECONDS);
  await world.sql(
    `INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
     SELECT 'unit_settled', jsonb_build_object('unitId', u.id, 'policyId', u.policy_id), now(), now()
     FROM units u JOIN policies p ON p.id = u.policy_id WHERE p.code = $1`,
    [code],
  );
  await runWorkerRound(world);
  expect(await phoneOf(world, owner)).toHaveLength(1);
});

test("R47: three while a policy collects, however many are agreed to; then its maturity may be told", async () => {
  const { owner, code } = insured;
  await consent(world, owner, ["supported", "matured"], 9);
  for (let day = 0; day < 5; day += 1) {
    await friendPays(world, code);
    await runWorkerRound(world);
    await advance(world, DAY_SECONDS);
  }
  expect(await phoneOf(world, owner)).toHaveLength(3);
  expect((await messagesOf(world, owner)).map(({ state, reason }) => reason ?? state)).toEqual([
    "sent",
    "sent",
    "sent",
    "campaign_limit",
    "campaign_limit",
  ]);
  // The first cells took effect the day after, and have waited ninety days on this one.
  await advance(world, 86 * DAY_SECONDS);
  await runWorkerRound(world);
  expect((await phoneOf(world, owner)).at(-1)).toMatchObject({
    title: "保障生效提醒",
    lines: [{ value: "今天 2 格过了等待期" }, { value: "¥2,000 从今天起算数" }, {}],
  });
});

test("the last cell: the insured hears that all are lit, in the inbox with the way to its page", async () => {
  const { owner, code } = insured;
  await world.sql("UPDATE policies SET units_max = 3 WHERE code = $1", [code]);
  await consent(world, owner, ["full"]);
  await fillTo(world, code, 3);
  await runWorkerRound(world);
  expect(await phoneOf(world, owner)).toMatchObject([{ title: "目标达成提醒" }]);
  const news = await call(world, "GET", "/api/me/notices", { as: owner });
  expect(news.json.notices).toContainEqual(
    expect.objectContaining({
      kind: "policy_full",
      path: `/me/policies/${code}/full`,
      values: { unitsMax: 3 },
    }),
  );
  await world.sql("UPDATE policies SET units_max = 100 WHERE code = $1", [code]);
});

test("thanks reach the giver; their words only while they may be shown", async () => {
  const { owner, code } = insured;
  const { friend, order } = await friendPays(world, code);
  await runWorkerRound(world);
  await consent(world, friend, ["thanked"]);
  await world.sql(
    `WITH thanked AS (
       INSERT INTO words (id, kind, author_id, policy_id, order_id, text, state, created_at, updated_at)
       SELECT 'wrd_' || id, 'thanks', $2, policy_id, id, '谢谢你', 'shown', now(), now() FROM orders WHERE out_trade_no = $1
       RETURNING id)
     INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
     SELECT 'thanked', jsonb_build_object('wordsId', id), now(), now() FROM thanked`,
    [order.outTradeNo, owner.userId],
  );
  await runWorkerRound(world);
  const read = async () => {
    const { json } = await call(world, "GET", "/api/me/notices", { as: friend });
    return json.notices.find(({ kind }: { kind: string }) => kind === "thanked");
  };
  expect(await read()).toMatchObject({
    path: `/orders/${order.outTradeNo}`,
    values: { thanks: "谢谢你", askerName: expect.any(String) },
  });
  expect(await phoneOf(world, friend)).toMatchObject([{ title: "感谢提醒" }]);
  expect(JSON.stringify(await phoneOf(world, friend))).not.toContain('谢谢你"}}');
  await world.sql(
    "UPDATE words SET state = 'hidden', verdict = 'x' WHERE order_id IN (SELECT id FROM orders WHERE out_trade_no = $1)",
    [order.outTradeNo],
  );
  expect((await read()).values).not.toHaveProperty("thanks");
});

test("R42: a giver's name is read when it is shown: anonymous afterwards, he is a friend", async () => {
  const { owner, code } = insured;
  const friend = await newPerson(world, "大海");
  await world.sql("UPDATE users SET nickname = '大海' WHERE id = $1", [friend.userId]);
  const { json } = await orderGift(world, code, friend);
  await atCashier(world, friend, json.order);
  await settleDown(world);
  await runWorkerRound(world);
  const read = async () => {
    const answer = await call(world, "GET", "/api/me/notices", { as: owner });
    return answer.json.notices.find(({ kind }: { kind: string }) => kind === "unit_received");
  };
  const isNamed = (await read()).values.nickname === "大海";
  await world.sql("UPDATE orders SET is_anonymous = NOT is_anonymous WHERE out_trade_no = $1", [
    json.order.outTradeNo,
  ]);
  expect((await read()).values.nickname === "大海").toBe(!isNamed);
  await world.sql("UPDATE orders SET is_anonymous = true WHERE out_trade_no = $1", [
    json.order.outTradeNo,
  ]);
  const text = JSON.stringify(await read());
  expect(text).not.toContain("大海");
  expect(await world.sql("SELECT 1 FROM notices WHERE details::text LIKE '%大海%'")).toEqual([]);

  // As notices of earlier versions stored it.
  await world.sql(
    `INSERT INTO notices (user_id, kind, policy_id, details, fact, created_at)
     SELECT user_id, 'unit_received', id, '{"seq": 9, "coverYuan": 1000, "nickname": "旧名"}', 'unit_received:unt_gone', now()
     FROM policies WHERE code = $1`,
    [code],
  );
  const answer = await call(world, "GET", "/api/me/notices", { as: owner });
  expect(answer.text).not.toContain("旧名");
});
