/** The queue of words that wait for a person: what a decision does, and the command that makes it. */
import { execFile } from "node:child_process";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { judgeWords, listHeldWords } from "@/lib/words/judge-words";
import { findGiftWords } from "@/lib/words/queries";
import { appEnvironment } from "@/sandbox/keys";
import { startWorld, type World } from "@/tests/support/world";
import { advance, applyAndPay, type InsuredPolicy } from "@/tests/support/world-story";
import { friendOf, type Gift, give, writeWish } from "./people";

let world: World;
let policy: InsuredPolicy;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  policy = await applyAndPay(world);
});

interface Run {
  code: number;
  printed: string;
}

function runWords(...options: string[]): Promise<Run> {
  const env: NodeJS.ProcessEnv = {
    ...appEnvironment(world.keys, world.sandbox.url),
    NODE_ENV: "test",
    PATH: process.env.PATH,
    DATABASE_URL: world.databaseUrl,
    PUBLIC_URL: world.url,
    SESSION_SECRET: "aa".repeat(32),
    IDENTITY_ENCRYPTION_KEY: "bb".repeat(32),
    IDENTITY_INDEX_KEY: "cc".repeat(32),
  };
  const command = ["--import", "tsx", "scripts/ops/words.ts", ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, printed, complained) =>
      resolve({ code: error ? Number(error.code) : 0, printed: printed + complained }),
    );
  });
}

const shownTo = async (seq: number) =>
  (await friendOf(world, policy.code, policy.owner, seq)).message;
const stateFor = async (gift: Gift) =>
  (await findGiftWords(world.deps, { ...gift, userId: gift.friend.userId }))?.wish?.state;

async function heldOf({ friend }: Gift) {
  const rows = await world.sql<{ id: string }>("SELECT id FROM words WHERE author_id = $1", [
    friend.userId,
  ]);
  const held = (await listHeldWords(world.deps)).find(({ id }) => id === rows[0]?.id);
  if (!held) throw new Error("His words do not wait.");
  return held;
}

test("shown, they are read; hidden, they are not, and not even what was shown before", async () => {
  const first = await give(world, policy.code, "云溪", { message: "让病魔去死" });
  const second = await give(world, policy.code, "罗海", { message: "打我电话 13800138000" });
  expect([await shownTo(2), await shownTo(3)]).toEqual([null, null]);
  const { id, writtenAt } = await heldOf(first);
  const show = { id, writtenAt, state: "shown", by: "lin", reason: null } as const;
  expect(await judgeWords(world.deps, show)).toBe(true);
  expect(await judgeWords(world.deps, show)).toBe(false);
  expect(await shownTo(2)).toBe("让病魔去死");

  const hide = { state: "hidden", by: "lin", reason: "a phone number" } as const;
  expect(await judgeWords(world.deps, { id: (await heldOf(second)).id, ...hide })).toBe(true);
  expect([await stateFor(second), await shownTo(3)]).toEqual(["hidden", null]);
  expect(await judgeWords(world.deps, { id, ...hide, reason: "a complaint" })).toBe(true);
  expect([await stateFor(first), await shownTo(2)]).toEqual(["hidden", null]);
});

test("written anew while somebody was reading: he decided about words that are gone", async () => {
  const gift = await give(world, policy.code, "南风", { message: "扫码看看" });
  const read = await heldOf(gift);
  await advance(world, 5);
  await writeWish(world, gift, "扫码进群，稳得很");
  const show = { id: read.id, state: "shown", by: "lin", reason: null } as const;
  expect(await judgeWords(world.deps, { ...show, writtenAt: read.writtenAt })).toBe(false);
  expect(await stateFor(gift)).toBe("held");
});

test("npm run words: the oldest first with their addresses; a decision has a name and a reason", async () => {
  const first = await give(world, policy.code, "云溪", { message: "让病魔去死" });
  await advance(world, 60);
  const second = await give(world, policy.code, "罗海", { message: "加我微信 hello_12345" });
  const address = async (gift: Gift) => {
    const { id, writtenAt } = await heldOf(gift);
    return `${id}@${writtenAt.getTime()}`;
  };
  const [one, other] = [await address(first), await address(second)];
  const listed = await runWords();
  expect(listed.code).toBe(1);
  expect(listed.printed.indexOf(one)).toBeLessThan(listed.printed.indexOf(other));
  expect(listed.printed).toContain("hello_12345");

  const [nameless, unexplained] = await Promise.all([
    runWords("show", one),
    runWords("hide", other, "--by", "lin"),
  ]);
  for (const { code, printed } of [nameless, unexplained]) {
    expect([code, printed]).toEqual([1, expect.stringContaining("--by <who>")]);
  }
  const done = await Promise.all([
    runWords("show", one, "--by", "lin"),
    runWords("hide", other, "--by", "lin", "--reason", "a WeChat id"),
  ]);
  expect(done).toEqual([
    { code: 0, printed: "Now shown.\n" },
    { code: 0, printed: "Now hidden.\n" },
  ]);
  expect([await shownTo(2), await shownTo(3)]).toEqual(["让病魔去死", null]);
}, 90_000);
