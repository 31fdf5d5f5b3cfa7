/** A published plan is a promise to whoever bought it: the same version never says anything else. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDatabase, type Database } from "@/lib/db/database";
import { publishPlan } from "@/lib/plans/publish-plan";
import { HEALTH_QUESTIONS_SHA256 } from "@/lib/plans/questions-hash";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import { createTestDatabase } from "@/tests/support/postgres";

const NOW = new Date("2026-11-22T04:00:00Z");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Database;
beforeEach(async () => {
  database = await createTestDatabase();
  db = createDatabase(database.databaseUrl, 2);
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

test("published again unchanged: nothing happens", async () => {
  await publishPlan(db, NOW);
  await publishPlan(db, new Date(NOW.getTime() + 1000));
  expect(await db.prisma.plan.findMany({ select: { createdAt: true }, take: 2 })).toEqual([
    { createdAt: NOW },
  ]);
});

test.each([
  ["another cover", { unitsMax: 99 }],
  ["other health questions", { questionsSha256: "0".repeat(64) }],
])("the version was published with %s: refused", async (_label, change) => {
  const honest = { ...PLAN_2026_1, questionsSha256: HEALTH_QUESTIONS_SHA256 };
  const parameters = JSON.parse(JSON.stringify({ ...honest, ...change }));
  await db.prisma.plan.create({
    data: { version: PLAN_2026_1.version, parameters, createdAt: NOW },
  });

  await expect(publishPlan(db, NOW)).rejects.toThrow(/other parameters or questions/);
});
