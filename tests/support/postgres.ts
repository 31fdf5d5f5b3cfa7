import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export type TestDatabase = {
  databaseUrl: string;
  /** Removes the database, throwing out whoever is still connected. */
  drop(): Promise<void>;
};

async function runAsAdmin(adminUrl: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

/** Makes a database with nothing in it, for tests of migrating itself. */
export function createBareDatabase(): Promise<TestDatabase> {
  return copyDatabase("template0");
}

/**
 * Makes a migrated, empty database for one test file, in `beforeAll`; drop it in `afterAll`. Only
 * for tests of the vitest project `integration`, whose global set-up started the server.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(inject("testServer").template);
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const { adminUrl } = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.href,
    drop: () => runAsAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
