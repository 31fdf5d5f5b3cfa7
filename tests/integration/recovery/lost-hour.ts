/** A day whose database dies: what was backed up, what was archived, and the hour that was neither. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { publishPlan } from "@/lib/plans/publish-plan";
import { migrate } from "@/prisma/migrate";
import { ensureDatabase } from "@/scripts/support/postgres";
import { createTemporaryFolder } from "@/scripts/support/postgres-host";
import { goToNextNoon, withdraw } from "@/tests/integration/endings/story";
import { startWorld, type World } from "@/tests/support/world";
import {
  advance,
  applyAndPay,
  atCashier,
  friendPays,
  getOrder,
  getPolicy,
  type InsuredPolicy,
  openOrder,
  type Person,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import { type ArchivedPostgres, restoreBackup, startArchivedPostgres } from "./archived-postgres";

const DATABASE = "drill";

/** WeChat returns the money and says so in less; a few of them stay within an order's hold. */
const REFUND_SECONDS = 30;

export interface Drill {
  world: World;
  /** Takes the base backup, for good. */
  backUp(): Promise<void>;
  /** All that is committed by now will survive. */
  archive(): Promise<void>;
  /** The machine is gone, its disk with it. The app stays and has no database. */
  loseServer(): Promise<void>;
  /** A new server on another port, from the backup and the archive; the app starts anew on it. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startDrill(): Promise<Drill> {
  const folder = await createTemporaryFolder("restore");
  const [backup, archive] = [path.join(folder, "backup"), path.join(folder, "archive")];
  let server: ArchivedPostgres = await startArchivedPostgres(folder, archive);
  await ensureDatabase(server.url("postgres"), DATABASE);
  await migrate(server.url(DATABASE));
  const world = await startWorld({
    database: {
      databaseUrl: server.url(DATABASE),
      drop: async () => {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    },
  });
  await publishPlan(world.deps.db, world.deps.now());
  await goToNextNoon(world);
  return {
    world,
    backUp: () => server.takeBackup(backup),
    archive: () => server.archiveNow(),
    async loseServer() {
      await server.kill();
      await rm(server.dataFolder, { recursive: true, force: true });
    },
    async restore() {
      const dataFolder = path.join(folder, "restored");
      server = await restoreBackup(backup, { dataFolder, archive });
      await world.crash();
      await world.restart(server.url(DATABASE));
    },
    close: () => world.close(),
  };
}

/** A friend who has paid, and whose unit is on the policy. */
export interface Given {
  friend: Person;
  outTradeNo: string;
  code: string;
}

export async function give(world: World, code: string): Promise<Given> {
  const { friend, order } = await friendPays(world, code);
  const { outTradeNo } = order;
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  return { friend, outTradeNo, code };
}

/** Takes the gift back and waits until WeChat has returned the money. */
export async function takeBack(world: World, { friend, outTradeNo }: Given): Promise<void> {
  const answer = await withdraw(world, friend, outTradeNo);
  expect(answer.status, answer.text).toBe(200);
  await runWorkerRound(world);
  await advance(world, REFUND_SECONDS);
  expect(await getOrder(world, friend, outTradeNo)).toMatchObject({ state: "refunded" });
}

export interface ArchivedPart {
  policies: [InsuredPolicy, InsuredPolicy];
  gifts: Given[];
  /** Units that were counted when the archive ended, by policy. */
  units: [number, number];
  /** Ordered, and not paid yet. */
  open: Awaited<ReturnType<typeof openOrder>>;
}

/** Before the backup a policy and a gift; after it, and archived, another policy and more gifts. */
export async function liveArchivedPart({ world, backUp, archive }: Drill): Promise<ArchivedPart> {
  const first = await applyAndPay(world);
  const gifts = [await give(world, first.code)];
  await backUp();
  const second = await applyAndPay(world);
  for (const { code } of [first, first, second, second]) gifts.push(await give(world, code));
  await takeBack(world, await give(world, second.code));
  const open = await openOrder(world, first.code);
  await runWorkerRound(world);
  await archive();
  const units = [first, second].map(async ({ code }) => (await getPolicy(world, code)).units);
  return {
    policies: [first, second],
    gifts,
    units: (await Promise.all(units)) as [number, number],
    open,
  };
}

export interface LostHour {
  /** Gifts on policies that the archive has. */
  gifts: [Given, Given, Given];
  /** A whole policy, and a gift on it. */
  policy: InsuredPolicy & { number: string; gift: Given };
  /** Gifts of the archived part whose money went back in this hour. */
  takenBack: [Given, Given];
  /** Given and taken back within the hour. */
  comeAndGone: Given;
  /** Ordered in this hour and not paid yet when the server was lost. */
  open: Awaited<ReturnType<typeof openOrder>>;
}

export async function liveLostHour(world: World, kept: ArchivedPart): Promise<LostHour> {
  const [first, second] = kept.policies;
  const gifts: LostHour["gifts"] = [
    await give(world, first.code),
    await give(world, first.code),
    await give(world, second.code),
  ];
  const policy = await applyAndPay(world);
  const [row] = await world.sql<{ number: string }>("SELECT number FROM policies WHERE code = $1", [
    policy.code,
  ]);
  const gift = await give(world, policy.code);
  const takenBack = kept.gifts.slice(-2) as LostHour["takenBack"];
  for (const one of takenBack) await takeBack(world, one);
  const comeAndGone = await give(world, first.code);
  await takeBack(world, comeAndGone);
  const open = await openOrder(world, second.code);
  await atCashier(world, kept.open.friend, kept.open.order);
  await settleDown(world);
  return {
    gifts,
    policy: { ...policy, number: row?.number ?? "", gift },
    takenBack,
    comeAndGone,
    open,
  };
}
