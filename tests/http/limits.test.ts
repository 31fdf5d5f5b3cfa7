/** Tight for one person, loose for one address: a village behind one carrier gets through. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LIMITS } from "@/lib/http/limits";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  applyFor,
  call,
  newPerson,
  orderGift,
  type Person,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expect(internalErrors(world)).toEqual([]));
afterAll(() => world.close());

test("1,000 friends behind one address order within a minute: nobody is turned away for the crowd", async () => {
  const { code } = await applyAndPay(world);
  // The window has closed, so that the answer is a refusal of the product's and costs WeChat nothing.
  await advance(world, 31 * 24 * 3600);
  const friends: Person[] = await world.sql(
    `INSERT INTO users (id, app_id, openid, created_at)
     SELECT 'usr_crowd' || n, 'wx', 'o-crowd' || n, now() FROM generate_series(1, 1000) n
     RETURNING id AS "userId", openid`,
  );
  const startedAtMs = performance.now();
  const answers: Answer[] = [];
  for (let from = 0; from < friends.length; from += 50) {
    const batch = friends.slice(from, from + 50);
    answers.push(...(await Promise.all(batch.map((friend) => orderGift(world, code, friend)))));
  }
  const codes = new Set(answers.map(({ json }) => json.code));
  expect([...codes]).toEqual(["collecting_closed"]);
  const seconds = (performance.now() - startedAtMs) / 1000;
  expect(seconds).toBeLessThan(60);
  process.stdout.write(
    `figure: 1,000 viewers behind one address in ${seconds.toFixed(1)} s, no 429\n`,
  );
});

test("one friend's eleventh order in a minute waits, and is told how long", async () => {
  const { code } = await applyAndPay(world);
  const [hasty, calm] = [await newPerson(world), await newPerson(world)];
  const answers = [];
  for (let time = 0; time <= LIMITS.orderPerViewer.count; time += 1) {
    answers.push(await orderGift(world, code, hasty));
  }
  expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(201), 429]);
  const refused = answers.at(-1) as Answer;
  expect(refused.json).toMatchObject({ code: "rate_limited" });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect((await orderGift(world, code, calm)).status).toBe(201);
});

test("guessing who is insured: ten tries in five minutes", async () => {
  const curious = await newPerson(world);
  const codes: string[] = [];
  for (let time = 0; time <= LIMITS.applyPerViewer.count; time += 1) {
    codes.push((await applyFor(world, curious, { name: "1" })).json.code);
  }
  expect(codes).toEqual([...Array(10).fill("invalid_input"), "rate_limited"]);
});

test("an order page that asks every second for a minute is answered every time", async () => {
  const { owner, outTradeNo } = await applyAndPay(world);
  const path = `/api/orders/${outTradeNo}/sync`;
  const statuses = [];
  for (let time = 0; time < LIMITS.syncPerViewer.count + 2; time += 1) {
    statuses.push((await call(world, "POST", path, { as: owner })).status);
  }
  expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200));
  expect(statuses.at(-1)).toBe(429);
});

test("WeChat is never limited: 300 notifies from one address are all judged", async () => {
  const answers = await Promise.all(
    Array.from({ length: 300 }, () =>
      fetch(`${world.url}/api/wechat/pay/notify`, { method: "POST", body: "{}" }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
});

test("an address that a client claims for itself is not believed", async () => {
  const { code } = await applyAndPay(world);
  const limit = LIMITS.readPerAddress;
  // Emptied a minute ahead of time, so that nothing flows back while the request is on its way.
  const aheadMs = Date.now() + 60_000;
  while (world.deps.limiter.take(limit, "127.0.0.1", aheadMs) === 0);
  const headers = { "x-weihuzhu-client-address": "10.0.0.1", "x-forwarded-for": "10.0.0.2" };
  const answer = await call(world, "GET", `/api/policies/${code}`, { headers });
  expect(answer.status).toBe(429);
});
