/** A giver's name is his to show and to hide, before and long after he paid: at once and everywhere. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import {
  applyAndPay,
  call,
  getPolicy,
  type InsuredPolicy,
  newPerson,
  runWorkerRound,
} from "@/tests/support/world-story";
import { friendOf, type Gift, give, setAnonymity } from "./people";

let world: World;
let policy: InsuredPolicy;
let gift: Gift;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  policy = await applyAndPay(world);
  gift = await give(world, policy.code, "云溪", { message: "春天见" });
});

const news = async () => (await call(world, "GET", "/api/me/notices", { as: policy.owner })).text;

test("hidden afterwards: gone from the list and from old notices, and the words and the cell stay", async () => {
  await runWorkerRound(world);
  expect(await news()).toContain("云溪");
  expect((await setAnonymity(world, gift, true)).json).toEqual({ anonymous: true });
  expect(await friendOf(world, policy.code, policy.owner, 2)).toMatchObject({
    nickname: null,
    isAnonymous: true,
    message: "春天见",
  });
  expect(await news()).not.toContain("云溪");
  expect((await getPolicy(world, policy.code)).units).toBe(2);

  expect((await setAnonymity(world, gift, false)).json).toEqual({ anonymous: false });
  expect(await friendOf(world, policy.code, policy.owner, 2)).toMatchObject({ nickname: "云溪" });
  expect(await news()).toContain("云溪");
});

test("hidden before the notice was written: it never has the name", async () => {
  await setAnonymity(world, gift, true);
  await runWorkerRound(world);
  const stored = await world.sql("SELECT details FROM notices WHERE user_id = $1", [
    policy.owner.userId,
  ]);
  expect(stored.length).toBeGreaterThan(0);
  expect(JSON.stringify(stored)).not.toContain("云溪");
  expect(await news()).not.toContain("云溪");
});

test("while the insured keeps reading: never a name beside the word anonymous", async () => {
  let isChanging = true;
  const reading = (async () => {
    const seen = new Set<string>();
    while (isChanging) {
      const { nickname, isAnonymous } = await friendOf(world, policy.code, policy.owner, 2);
      seen.add(`${nickname} ${isAnonymous}`);
    }
    return seen;
  })();
  for (const anonymous of [true, false, true, false, true, false, true]) {
    await setAnonymity(world, gift, anonymous);
  }
  isChanging = false;
  for (const pair of await reading) expect(["null true", "云溪 false"]).toContain(pair);
  expect((await friendOf(world, policy.code, policy.owner, 2)).nickname).toBeNull();
});

test("only the payer's choice, and only of a gift", async () => {
  for (const other of [policy.owner, await newPerson(world)]) {
    expect((await setAnonymity(world, gift, true, other)).status).toBe(404);
  }
  const own = { friend: policy.owner, outTradeNo: policy.outTradeNo };
  expect((await setAnonymity(world, own, true)).json.code).toBe("own_policy");
  expect(
    await world.sql(
      "SELECT 1 FROM orders WHERE is_anonymous AND policy_id = (SELECT id FROM policies WHERE code = $1)",
      [policy.code],
    ),
  ).toEqual([]);
});
