/** R16: twenty gifts a payer and day, also when they are all ordered in the same moment. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createContribution } from "@/lib/contributions/create-contribution";
import { DomainError } from "@/lib/errors/errors";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import { applyAndPay, newPeople, newPerson, type Person } from "@/tests/support/world-story";

const POLICIES = 60;
const GIFTS_MAX = 20;

let world: World;
let codes: string[];
beforeAll(async () => {
  world = await startWorld();
  codes = [];
  while (codes.length < POLICIES) {
    const policies = await Promise.all(Array.from({ length: 10 }, () => applyAndPay(world)));
    codes.push(...policies.map(({ code }) => code));
  }
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("60 orders at once on 60 policies by one payer: exactly 20, and 40 clear refusals", async () => {
  const friend = await newPerson(world);

  const ends = await Promise.all(codes.map((code) => order(friend, code)));

  expect(countBy(ends)).toEqual({ ordered: GIFTS_MAX, daily_limit_reached: POLICIES - GIFTS_MAX });
  expect(await countsOf(friend)).toEqual({ orders: GIFTS_MAX, keys: GIFTS_MAX });
});

test("three payers at once do not count for each other, nor stand in each other's way", async () => {
  const friends = await newPeople(world, 3);

  const ends = await Promise.all(
    friends.flatMap((friend) => codes.slice(0, GIFTS_MAX + 1).map((code) => order(friend, code))),
  );

  expect(countBy(ends)).toEqual({ ordered: 3 * GIFTS_MAX, daily_limit_reached: 3 });
});

/** Past the route, whose limit of ten a minute would answer first. */
async function order(friend: Person, code: string): Promise<string> {
  const request = { code, userId: friend.userId, input: {}, idempotencyKey: `key-for-${code}` };
  try {
    await createContribution(world.deps, request);
    return "ordered";
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

async function countsOf(friend: Person): Promise<unknown> {
  const [row] = await world.sql(
    `SELECT (SELECT count(*)::int FROM orders WHERE payer_id = $1) AS orders,
       (SELECT count(*)::int FROM idempotency_keys WHERE payer_id = $1) AS keys`,
    [friend.userId],
  );
  return row;
}

function countBy(ends: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const end of ends) counts[end] = (counts[end] ?? 0) + 1;
  return counts;
}
