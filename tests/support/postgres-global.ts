import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../prisma/migrate";
import { migrationsFolder } from "../../prisma/schema-engine";
import { findFreePort } from "../../scripts/support/ports";
import { startPostgres } from "../../scripts/support/postgres";
import { createTemporaryFolder } from "../../scripts/support/postgres-host";

// Global set-up of the integration tests: one PostgreSQL for the run, one migrated template in it.
// Every test file copies the template (`createTestDatabase`), which takes 50 ms instead of 500.

declare module "vitest" {
  interface ProvidedContext {
    /** A connection string of a superuser, and the database that test databases are copied from. */
    testServer: { adminUrl: string; template: string };
  }
}

/** Starts the server and migrates the template; returns what stops the server again. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await findOrStartServer();
  try {
    const template = await ensureTemplate(server.adminUrl);
    project.provide("testServer", { adminUrl: server.adminUrl, template });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}

async function findOrStartServer(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) {
    assertLocal(url);
    return { adminUrl: url, stop: async () => undefined };
  }
  const folder = await createTemporaryFolder("tests");
  const postgres = await startPostgres({
    dataFolder: path.join(folder, "postgres"),
    port: await findFreePort(),
    password: "test",
    logFile: path.join(folder, "postgres.log"),
    isDurable: false,
  });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { adminUrl: postgres.url("postgres"), stop };
}

/** Tests make and drop databases; a server elsewhere may be someone's real one. */
function assertLocal(url: string): void {
  const { hostname } = new URL(url);
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return;
  throw new Error(`TEST_DATABASE_URL must be on this machine, not on ${hostname}.`);
}

async function hashMigrations(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(migrationsFolder)).sort()) {
    const file = path.join(migrationsFolder, name, "migration.sql");
    hash.update(name).update(await readFile(file).catch(() => ""));
  }
  return hash.digest("hex").slice(0, 16);
}

/** The name says what the template holds, so a finished one is used again on a lasting server. */
async function ensureTemplate(adminUrl: string): Promise<string> {
  const template = `weihuzhu_template_${await hashMigrations()}`;
  const unfinished = `${template}_${process.pid}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const found = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (found.rowCount === 0) {
      await admin.query(`CREATE DATABASE ${unfinished} TEMPLATE template0`);
      const url = new URL(adminUrl);
      url.pathname = `/${unfinished}`;
      await migrate(url.href);
      await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
    }
    return template;
  } finally {
    await admin.end();
  }
}
