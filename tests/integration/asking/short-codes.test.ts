/** The code for a lost link: one for ever, for the insured to see and for everybody to type. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureShortCode } from "@/lib/asking/ensure-short-code";
import { startWorld, type World } from "@/tests/support/world";
import { advance, applyAndPay, applyFor, call, newPerson } from "@/tests/support/world-story";

const DAY_SECONDS = 86_400;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const ask = (code: string, as?: { openid: string; userId: string }, headers = {}) =>
  call(world, "GET", `/api/policies/${code}/asking`, { as, headers });
const find = (typed: string, as?: { openid: string; userId: string }) =>
  call(world, "GET", `/api/short-codes/${encodeURIComponent(typed)}`, { as });
const idOf = async (code: string) =>
  (await world.sql<{ id: string }>("SELECT id FROM policies WHERE code = $1", [code]))[0]?.id ?? "";

test("the insured gets one code for ever, and whoever types it finds the page", async () => {
  const { owner, code } = await applyAndPay(world);
  const visits = await Promise.all(Array.from({ length: 8 }, () => ask(code, owner)));
  expect(visits.map(({ status }) => status)).toEqual(Array(8).fill(200));
  const codes = new Set(visits.map(({ json }) => json.shortCode as string));
  expect(codes.size, "eight visits at once make one code").toBe(1);
  const [shortCode = ""] = codes;
  expect(visits[0]?.json).toMatchObject({ code, link: `${world.url}/p/${code}` });

  const typed = `${shortCode.slice(0, 4).toLowerCase()}-${shortCode.slice(4)}`;
  for (const way of [shortCode, typed]) {
    const found = await find(way);
    expect([found.status, found.json]).toEqual([200, { code }]);
  }
});

test("the words come in the language of the page", async () => {
  const { owner, code } = await applyAndPay(world);
  const english = await ask(code, owner, { "accept-language": "en" });
  const chinese = await ask(code, owner, { "accept-language": "zh-CN" });
  expect(english.json.cards[0].title).toMatch(/^Add one yuan/);
  expect(chinese.json.cards[0].title).toMatch(/^添一块钱/);
});

test("nobody else learns the code, nor makes one", async () => {
  const { code } = await applyAndPay(world);
  expect((await ask(code)).status).toBe(401);
  expect((await ask(code, await newPerson(world))).status).toBe(404);
  expect((await ask("0".repeat(22), await newPerson(world))).status).toBe(404);
  const rows = await world.sql("SELECT short_code FROM policies WHERE code = $1", [code]);
  expect(rows).toEqual([{ short_code: null }]);
});

test("nothing is asked before the first yuan and after the window; the code goes on leading there", async () => {
  const { owner, code } = await applyAndPay(world);
  const unpaid = await newPerson(world);
  const applied = await applyFor(world, unpaid);
  const early = await ask(applied.json.policyCode, unpaid);
  expect([early.status, early.json.code]).toEqual([409, "policy_not_open"]);
  const { shortCode } = (await ask(code, owner)).json;
  await advance(world, 31 * DAY_SECONDS);
  const late = await ask(code, owner);
  expect([late.status, late.json.code]).toEqual([409, "collecting_closed"]);
  expect((await find(shortCode)).json).toEqual({ code });
});

test("a draw that is taken is drawn again, and not for ever", async () => {
  const [first, second] = [await applyAndPay(world), await applyAndPay(world)];
  await ensureShortCode(world.deps, await idOf(first.code), () => "AAAA2222");
  const draws = ["AAAA2222", "AAAA2222", "BBBB3333"];
  const secondId = await idOf(second.code);
  expect(await ensureShortCode(world.deps, secondId, () => draws.shift() ?? "")).toBe("BBBB3333");
  const third = await idOf((await applyAndPay(world)).code);
  let drawn = 0;
  const stuck = ensureShortCode(world.deps, third, () => {
    drawn += 1;
    return "AAAA2222";
  });
  await expect(stuck).rejects.toMatchObject({ code: "23505" });
  expect(drawn).toBe(3);
});

/** Guesses, so many at a time, until one is refused; the buckets fill up again, so the count is not exact. */
async function countGuesses(atOnce: number, as?: { openid: string; userId: string }) {
  for (let guesses = 0; guesses < 3_000; guesses += atOnce) {
    const answers = await Promise.all(Array.from({ length: atOnce }, () => find("ZZZZ9999", as)));
    const refused = answers.filter(({ status }) => status !== 404);
    for (const { status, headers } of refused) {
      expect(status).toBe(429);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    if (refused.length > 0) return guesses + atOnce - refused.length;
  }
  throw new Error("nobody stops the guessing");
}

test("unknown codes read alike, and guessing is stopped for an account before it is for an address", async () => {
  const byAccount = await countGuesses(1, await newPerson(world));
  expect(byAccount).toBeGreaterThanOrEqual(20);
  expect(byAccount).toBeLessThan(40);
  expect((await find("nobody")).status, "somebody else at the same address").toBe(404);
  expect(await countGuesses(100), "an address, whoever it is").toBeGreaterThan(byAccount);
});
