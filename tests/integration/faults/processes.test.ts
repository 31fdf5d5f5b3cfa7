/** Real processes that are told to stop or killed while there is work: the worker and Postgres. */
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/prisma/migrate";
import { findFreePort } from "@/scripts/support/ports";
import { ensureDatabase, type Postgres, startPostgres } from "@/scripts/support/postgres";
import { createTemporaryFolder } from "@/scripts/support/postgres-host";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  getOrder,
  getPolicy,
  newPeople,
  orderGift,
  type Person,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import { environmentOf, payUnusably } from "./trouble";

let folder: string;
beforeAll(async () => {
  folder = await createTemporaryFolder("faults");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `npm run worker`, until it says that it works. */
async function startWorkerProcess(world: World) {
  const child = spawn(process.execPath, ["--import", "tsx", "worker.ts"], {
    env: { PATH: process.env.PATH, ...environmentOf(world), NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  child.stdout.on("data", (bytes: Buffer) => lines.push(bytes.toString()));
  const ended = new Promise<number | string | null>((resolve) =>
    child.once("exit", (exitCode, signal) => resolve(exitCode ?? signal)),
  );
  await expect.poll(() => lines.join(""), { timeout: 20_000 }).toContain("worker started");
  return { ended, tell: (signal: NodeJS.Signals) => child.kill(signal) };
}

test("F53 a worker that is told to stop as soon as it has begun, again and again: it ends in peace, and all is done once", async () => {
  const world = await startWorld();
  try {
    const { code } = await applyAndPay(world);
    for (let deployment = 0; deployment < 3; deployment += 1) {
      const paid = await Promise.all(Array.from({ length: 6 }, () => payUnusably(world, code)));
      const worker = await startWorkerProcess(world);
      const begun = async () =>
        (await listRefunds(world)).filter((one) =>
          paid.some(({ outTradeNo }) => outTradeNo === one.outTradeNo),
        ).length;
      await expect.poll(begun, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
      worker.tell("SIGTERM");
      expect(await worker.ended).toBe(0);
      const locked = await world.sql(
        "SELECT 1 FROM graphile_worker.jobs WHERE locked_by IS NOT NULL",
      );
      expect(locked).toEqual([]);
    }
    await expectCleanBooks(world);
    const refunds = await listRefunds(world);
    expect(refunds.map(({ status }) => status)).toEqual(Array(18).fill("SUCCESS"));
  } finally {
    await world.close();
  }
}, 120_000);

test("F25 Postgres is killed twice in the middle of payments: whoever was told yes finds his unit, and it starts again by itself", async () => {
  const options = {
    dataFolder: path.join(folder, "postgres"),
    port: await findFreePort(),
    password: "test",
    logFile: path.join(folder, "postgres.log"),
    isDurable: true,
  };
  let postgres: Postgres = await startPostgres(options);
  await ensureDatabase(postgres.url("postgres"), "weihuzhu");
  await migrate(postgres.url("weihuzhu"));
  const own = await startWorld({
    environment: async () => ({ DATABASE_URL: postgres.url("weihuzhu") }),
  });
  const sql = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: postgres.url("weihuzhu") });
    await client.connect();
    try {
      return (await client.query(text, [...values])).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const world: World = Object.create(own, { sql: { value: sql } });
  try {
    const { code } = await applyAndPay(world);
    const acknowledged: { friend: Person; outTradeNo: string }[] = [];
    for (let kill = 0; kill < 2; kill += 1) {
      const friends = await newPeople(world, 15);
      const buying = friends.map(async (friend) => {
        const answer = await orderGift(world, code, friend).catch(() => null);
        if (answer?.status !== 201) return;
        const { order } = answer.json;
        acknowledged.push({ friend, outTradeNo: order.outTradeNo });
        await atCashier(world, friend, order);
      });
      await Promise.race(buying);
      await postgres.kill();
      await Promise.all(buying);
      const killedAtMs = performance.now();
      postgres = await startPostgres(options);
      await expect.poll(() => sql("SELECT 1"), { timeout: 10_000 }).toHaveLength(1);
      expect(performance.now() - killedAtMs).toBeLessThan(20_000);
      await settleDown(world);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
    await advance(world, 60);
    await runWorkerRound(world);
    for (const { friend, outTradeNo } of acknowledged) {
      expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
    }
    expect((await getPolicy(world, code)).units).toBe(1 + acknowledged.length);
    await expectCleanBooks(world);
  } finally {
    await own.close();
    await postgres.stop();
  }
}, 120_000);
