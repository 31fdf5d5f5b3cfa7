/** Tight for one person, loose for one address: a village behind one carrier gets through. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "@/lib/http/limits";
import type { Limit } from "@/lib/http/rate-limit";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  call,
  type InsuredPolicy,
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

describe("F50 one person over his limit waits, is told how long, and nobody else does", () => {
  const limits: [label: string, limit: Limit, path: (policy: InsuredPolicy) => string][] = [
    [
      "the eleventh order in a minute",
      LIMITS.orderPerViewer,
      ({ code }) => `/api/policies/${code}/contributions`,
    ],
    [
      "the eleventh guess who is insured in five minutes",
      LIMITS.applyPerViewer,
      () => "/api/applications",
    ],
    [
      "an order page that asks more than once a second",
      LIMITS.syncPerViewer,
      ({ outTradeNo }) => `/api/orders/${outTradeNo}/sync`,
    ],
    [
      "the cashier opened eleven times in a minute",
      LIMITS.orderPerViewer,
      ({ outTradeNo }) => `/api/orders/${outTradeNo}/cashier`,
    ],
    [
      "the thirty-first look in a minute at what a diagnosis would do",
      LIMITS.previewPerViewer,
      ({ code }) => `/api/policies/${code}/diagnosis/preview`,
    ],
  ];
  test.each(limits)("%s", async (_label, limit, path) => {
    const policy = await applyAndPay(world);
    const [hasty, calm] = [await newPerson(world), await newPerson(world)];
    for (let time = 0; time < limit.count; time += 1) {
      expect(world.deps.limiter.take(limit, hasty.userId, aheadMs())).toBe(0);
    }

    const refused = await call(world, "POST", path(policy), { as: hasty, body: {} });
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ code: "rate_limited" });
    const waitSeconds = Number(refused.headers.get("retry-after"));
    expect(waitSeconds).toBeGreaterThanOrEqual(1);
    expect(waitSeconds).toBeLessThanOrEqual(limit.perSeconds);
    const other = await call(world, "POST", path(policy), { as: calm, body: {} });
    expect(other.status).not.toBe(429);
  });
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
  const takenAtMs = aheadMs();
  while (world.deps.limiter.take(LIMITS.readPerAddress, "127.0.0.1", takenAtMs) === 0);
  const headers = { "x-weihuzhu-client-address": "10.0.0.1", "x-forwarded-for": "10.0.0.2" };
  const answer = await call(world, "GET", `/api/policies/${code}`, { headers });
  expect(answer.status).toBe(429);
});

/** A bucket used a minute ahead of time gets nothing back while the request is on its way. */
function aheadMs(): number {
  return Date.now() + 60_000;
}
