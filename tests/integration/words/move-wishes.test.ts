/** The migration that gave words a table: a wish of before is the same wish after, and nothing else moves. */
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/prisma/migrate";
import { createBareDatabase, type TestDatabase } from "@/tests/support/postgres";

const MIGRATIONS = path.join(process.cwd(), "prisma/migrations");
const MOVE = "20261124000400_move_wishes";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createBareDatabase();
  folder = await mkdtemp(path.join(os.tmpdir(), "weihuzhu-wishes-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function migrateTo(isWanted: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(MIGRATIONS)).filter(isWanted)) {
    await cp(path.join(MIGRATIONS, name), path.join(folder, name), { recursive: true });
  }
  await migrate(database.databaseUrl, folder);
}

test("wishes keep their text, giver and time; orders without one get none", async () => {
  await migrateTo((name) => name < MOVE);
  const client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  try {
    // Only what a wish points at; the rest of a policy's world is not what this is about.
    await client.query(`SET session_replication_role = replica;
      INSERT INTO users (id, app_id, openid, created_at) VALUES ('usr_1', 'wx', 'o1', now());
      INSERT INTO policies (id, code, user_id, identity_id, id_number_index, plan_version, asker_name, band, age_at_issue,
        cover_per_unit_yuan, units_max, status, created_at)
      VALUES ('pol_1', 'abcdefghijklmnopqrstuv', 'usr_1', 'idn_1', 'x', 'v1', '小雨', '18-39', 30, 1000, 100, 'pending_payment', now());
      INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, message,
        state, expires_at, created_at)
      SELECT 'ord_' || repeat(n::text, 26), 'W00000' || n, 'gift', 'pol_1', 'usr_1', 'o1', 100, 'x',
        CASE n WHEN 1 THEN '春天见' WHEN 2 THEN '' END, 'closed', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z'
      FROM generate_series(1, 3) n;
      SET session_replication_role = DEFAULT;`);
    await migrateTo((name) => name === MOVE);
    const { rows } = await client.query("SELECT * FROM words");
    expect(rows).toEqual([
      {
        id: `wrd_${"1".repeat(26)}`,
        kind: "wish",
        author_id: "usr_1",
        policy_id: "pol_1",
        order_id: `ord_${"1".repeat(26)}`,
        text: "春天见",
        state: "shown",
        verdict: null,
        reviewed_by: null,
        reviewed_at: null,
        created_at: new Date("2026-03-01T00:00:00Z"),
        updated_at: new Date("2026-03-01T00:00:00Z"),
      },
    ]);
  } finally {
    await client.end();
  }
});
