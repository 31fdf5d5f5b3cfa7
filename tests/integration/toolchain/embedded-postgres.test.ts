import { rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFreePort } from "@/scripts/support/ports";
import { ensureDatabase, type Postgres, startPostgres } from "@/scripts/support/postgres";
import { createTemporaryFolder } from "@/scripts/support/postgres-host";

let folder: string;
let running: Postgres | undefined;

beforeEach(async () => {
  folder = await createTemporaryFolder("lifecycle");
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(isDurable = true): Promise<Postgres> {
  running = await startPostgres({
    dataFolder: path.join(folder, "postgres"),
    port: await findFreePort(),
    password: "test",
    logFile: path.join(folder, "postgres.log"),
    isDurable,
  });
  return running;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  it("keeps its data over a SIGKILL and starts again without help", async () => {
    const first = await start();
    await ensureDatabase(first.url("postgres"), "kept");
    await query(first.url("kept"), "CREATE TABLE yuan AS SELECT 1 AS fen");
    process.kill(first.process.pid, "SIGKILL");
    // Not waiting for the end is the point: the next start meets what the dead one left.
    const second = await start();
    expect(await query(second.url("kept"), "SELECT fen FROM yuan")).toEqual([{ fen: 1 }]);
  });

  it("stops a server that a killed run left behind on the same data", async () => {
    const leftover = await start();
    const successor = await start();
    expect(await leftover.process.ended).toBe("PostgreSQL ended with exit code 0");
    expect(await query(successor.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("listens on loopback only, asks for the password and bounds its log", async () => {
    const server = await start(false);
    const url = server.url("postgres");
    expect(await query(url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await query(url, "SHOW max_wal_size")).toEqual([{ max_wal_size: "256MB" }]);
    await expect(query(url.replace(":test@", ":wrong@"), "SELECT 1")).rejects.toThrow(/password/);
  });

  it("says what is wrong when its port is taken", async () => {
    const server = await start(false);
    const port = Number(new URL(server.url("postgres")).port);
    const other = startPostgres({
      dataFolder: path.join(folder, "other"),
      port,
      password: "test",
      logFile: path.join(folder, "other.log"),
      isDurable: false,
    });
    await expect(other).rejects.toThrow(`port ${port}. The port is taken`);
  });
});
