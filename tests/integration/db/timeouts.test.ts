/** No statement of the product may take long; a tool that reads everything may. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "@/lib/db/database";
import { isDatabaseUnavailable } from "@/lib/db/errors";
import { createTestDatabase } from "@/tests/support/postgres";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Longer than the statement's three seconds and than the five of a silent connection. */
const SLOW = { name: "slow", text: "SELECT pg_sleep(5.5)::text AS slept" };

test.concurrent("a tool without time-outs reads on", async () => {
  const db = createDatabase(database.databaseUrl, 2, 0);
  const [row, viaPrisma] = await Promise.all([
    db.query<{ slept: string }>(SLOW, []).then(([first]) => first),
    db.prisma.$queryRaw<{ slept: string }[]>`SELECT pg_sleep(5.5)::text AS slept`,
  ]);
  await db.close();
  expect(row).toEqual({ slept: "" });
  expect(viaPrisma).toEqual([{ slept: "" }]);
});

test.concurrent("F43 the product's statement is ended, as an outage and not as a bug", async () => {
  const db = createDatabase(database.databaseUrl, 2);
  const error = await db.query(SLOW, []).catch((cause: unknown) => cause);
  await db.close();
  expect(isDatabaseUnavailable(error)).toBe(true);
});
