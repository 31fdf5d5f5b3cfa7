import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkMigrations, migrate } from "@/prisma/migrate";
import {
  createBareDatabase,
  createTestDatabase,
  type TestDatabase,
} from "@/tests/support/postgres";

let database: TestDatabase;
let client: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  folder = await mkdtemp(path.join(os.tmpdir(), "weihuzhu-migrations-"));
});

afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function writeMigration(name: string, sql: string): Promise<string> {
  const migrations = path.join(folder, name);
  await mkdir(path.join(migrations, `20260101000000_${name}`), { recursive: true });
  await writeFile(path.join(migrations, `20260101000000_${name}`, "migration.sql"), sql);
  return migrations;
}

describe("migrations", () => {
  it("leave a database that equals the Prisma schema", async () => {
    expect(await checkMigrations(database.databaseUrl)).toEqual([]);
  });

  it("are applied once", async () => {
    expect(await migrate(database.databaseUrl)).toEqual({ applied: [] });
  });

  it("drift is seen: a column that the schema does not know, and one that it misses", async () => {
    const { rows } = await client.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
         AND table_type = 'BASE TABLE' AND is_nullable = 'YES' ORDER BY 1, 2 LIMIT 1`,
    );
    const target = rows[0];
    if (!target) throw new Error("The schema has no nullable column to try this on.");
    await client.query(`ALTER TABLE "${target.table}" ADD COLUMN stray integer`);
    await client.query(`ALTER TABLE "${target.table}" RENAME COLUMN "${target.column}" TO lost`);
    const problems = await checkMigrations(database.databaseUrl);
    expect(problems).toContainEqual(
      expect.stringMatching(`Only in the migrated database: column ${target.table}.stray integer`),
    );
    expect(problems).toContainEqual(
      expect.stringMatching(`Only in the Prisma schema: column ${target.table}.${target.column} `),
    );
  });
});

describe("a migration script", () => {
  it("may hold semicolons in comments, strings and function bodies", async () => {
    const other = await createBareDatabase();
    const migrations = await writeMigration(
      "functions",
      `-- A comment; with a semicolon.
       CREATE FUNCTION two() RETURNS text LANGUAGE plpgsql AS $$
       BEGIN PERFORM 1; RETURN 'a;b'; END $$;`,
    );
    const reader = new pg.Client({ connectionString: other.databaseUrl });
    await reader.connect();
    expect(await migrate(other.databaseUrl, migrations)).toEqual({
      applied: ["20260101000000_functions"],
    });
    expect((await reader.query("SELECT two() AS answer")).rows).toEqual([{ answer: "a;b" }]);
    await reader.end();
    await other.drop();
  });

  it("that fails leaves nothing of itself, says why, and stops later runs", async () => {
    const other = await createBareDatabase();
    const migrations = await writeMigration(
      "broken",
      "CREATE TABLE half (id int); CREATE TABLE half (id int);",
    );
    const reader = new pg.Client({ connectionString: other.databaseUrl });
    await reader.connect();
    await expect(migrate(other.databaseUrl, migrations)).rejects.toThrow(/"half" already exists/);
    expect((await reader.query("SELECT to_regclass('half') AS half")).rows).toEqual([
      { half: null },
    ]);
    await expect(migrate(other.databaseUrl, migrations)).rejects.toThrow(/failed migrations/);
    await reader.end();
    await other.drop();
  });
});
