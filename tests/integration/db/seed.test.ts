/** The demonstration: its people show and say something, and seeding anew changes nothing. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditDatabase } from "@/lib/ledger/audit";
import { findProfile } from "@/lib/profile/queries";
import { updateProfile } from "@/lib/profile/update-profile";
import { seed } from "@/prisma/seed";
import { startWorld, type World } from "@/tests/support/world";
import { runWorkerRound } from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const seedDemo = () =>
  seed(world.deps, { demo: true, isDemonstration: true, sandboxUrl: world.sandbox.url });

const COUNTED = ["users", "units", "words", "profiles", "consents", "ledger_entries"] as const;
async function countRows(): Promise<number[]> {
  const rows = COUNTED.map((table) => `(SELECT count(*)::int FROM ${table})`);
  const [row] = await world.sql<{ counts: number[] }>(`SELECT ARRAY[${rows.join(", ")}] AS counts`);
  return row?.counts ?? [];
}

test("boards, wall, friends and appraisal have something to show, twice the same", {
  timeout: 60_000,
}, async () => {
  await seedDemo();
  await runWorkerRound(world);
  const units = await world.sql("SELECT code, units_paid FROM policies ORDER BY units_paid");
  expect(units.map(({ units_paid }) => units_paid)).toEqual([1, 12, 37, 46, 100]);
  const listed = await world.sql<{ board: string; scopes: number; rows: number }>(
    `SELECT board, count(DISTINCT scope)::int AS scopes, count(*)::int AS rows FROM standings
      WHERE is_listed AND board IN ('all', 'region') GROUP BY board ORDER BY board`,
  );
  expect(listed).toEqual([
    { board: "all", scopes: 1, rows: 5 },
    { board: "region", scopes: 2, rows: 4 },
  ]);
  const words = await world.sql("SELECT DISTINCT kind, state FROM words ORDER BY kind");
  expect(words).toEqual(["note", "thanks", "wish"].map((kind) => ({ kind, state: "shown" })));

  const before = await countRows();
  await seedDemo();
  expect(await countRows()).toEqual(before);
  const audit = await auditDatabase(world.deps.db, world.deps.now());
  expect(audit.filter(({ count }) => count > 0)).toEqual([]);
});

test("who has hidden himself since stays hidden", async () => {
  const [owner] = await world.sql<{ userId: string }>(
    `SELECT user_id AS "userId" FROM policies WHERE code = 'DemoXiaoyu000000000037'`,
  );
  const userId = owner?.userId ?? "";
  await updateProfile(world.deps, { userId, input: { isOnBoards: false } });
  await seedDemo();
  expect(await findProfile(world.deps, { userId })).toMatchObject({ isOnBoards: false });
});
