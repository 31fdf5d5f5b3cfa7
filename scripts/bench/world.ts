/** What a bench runs on: a durable PostgreSQL of its own and the app behind two hosts. */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { createDatabase, type Database } from "@/lib/db/database";
import { publishPlan } from "@/lib/plans/publish-plan";
import { migrate } from "@/prisma/migrate";
import { appEnvironment, createSandboxKeys, type SandboxKeys } from "@/sandbox/keys";
import { ensureBuilt } from "../support/build";
import { dataFolder, repositoryFolder } from "../support/paths";
import { findFreePort } from "../support/ports";
import { ensureDatabase, startPostgres } from "../support/postgres";
import { type Child, startChild, startScript, waitForAnswer } from "../support/processes";
import { step } from "../support/steps";

export interface BenchWorld {
  keys: SandboxKeys;
  /** As the app connects: a pool of the same size, with its time-outs. */
  db: Database;
  /** One connection without time-outs, for preparing. */
  client: pg.Client;
  serverUrl: string;
  nextUrl: string;
  /** Ends every process, the database last, and removes its data. */
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
/** The app's own default, given to all ways alike. */
const CONNECTIONS_MAX = 8;
const FOLLOW_PARENT = pathToFileURL(
  path.join(repositoryFolder, "scripts/support/follow-parent.mjs"),
).href;

/** Starts everything; what already runs is stopped before it throws, and on a signal. */
export async function startBenchWorld(): Promise<BenchWorld> {
  const closers: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= closeInReverse(closers);
    return stopping;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  }
  try {
    await step("build the app", ensureBuilt);
    const databaseUrl = await step("start PostgreSQL", () => startDatabase(closers));
    const { client, db } = await connect(databaseUrl, closers);
    const keys = createSandboxKeys();
    const environment = createEnvironment(keys, databaseUrl);
    const serverUrl = await step("start server.ts", () => startServer(environment, closers));
    const nextUrl = await step("start next start", () => startNext(environment, closers));
    return { keys, db, client, serverUrl, nextUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function closeInReverse(closers: (() => Promise<unknown>)[]): Promise<void> {
  for (const close of closers.toReversed()) await close();
}

/** Durable, because a settle that a power cut takes back would be no settle. */
async function startDatabase(closers: (() => Promise<unknown>)[]): Promise<string> {
  const server = await startPostgres({
    dataFolder: path.join(dataFolder, `bench/postgres-${process.pid}`),
    logFile: path.join(dataFolder, "logs/bench-postgres.log"),
    password: randomBytes(16).toString("hex"),
    port: await findFreePort(),
    isDurable: true,
  });
  closers.push(
    () => rm(server.dataFolder, { recursive: true, force: true }),
    () => server.stop(),
  );
  await ensureDatabase(server.url("postgres"), "bench");
  await migrate(server.url("bench"));
  return server.url("bench");
}

async function connect(
  databaseUrl: string,
  closers: (() => Promise<unknown>)[],
): Promise<{ client: pg.Client; db: Database }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  closers.push(() => client.end());
  const db = createDatabase(databaseUrl, CONNECTIONS_MAX);
  closers.push(() => db.close());
  await publishPlan(db, new Date());
  return { client, db };
}

/** Nothing here reaches WeChat or a sandbox: a notify brings all that settling needs. */
function createEnvironment(keys: SandboxKeys, databaseUrl: string): NodeJS.ProcessEnv {
  const secret = (): string => randomBytes(32).toString("hex");
  return {
    ...process.env,
    ...appEnvironment(keys, "http://127.0.0.1:9"),
    // Without it the app keeps the system's clock instead of asking the sandbox at every request.
    WECHAT_SANDBOX_URL: undefined,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PUBLIC_URL: "http://127.0.0.1",
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: String(CONNECTIONS_MAX),
    SESSION_SECRET: secret(),
    IDENTITY_ENCRYPTION_KEY: secret(),
    IDENTITY_INDEX_KEY: secret(),
    LOG_LEVEL: "info",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

async function startServer(
  environment: NodeJS.ProcessEnv,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  const port = await findFreePort();
  const server = startScript({
    name: "server.ts",
    file: "server.ts",
    environment: { ...environment, PORT: String(port) },
    logFile: path.join(dataFolder, "logs/bench-server.log"),
  });
  return untilHealthy(server, port, closers);
}

async function startNext(
  environment: NodeJS.ProcessEnv,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  const port = await findFreePort();
  const next = path.join(repositoryFolder, "node_modules/next/dist/bin/next");
  const address = ["--hostname", "127.0.0.1", "--port", String(port)];
  const server = startChild({
    name: "next start",
    command: process.execPath,
    arguments: ["--import", FOLLOW_PARENT, next, "start", ...address],
    environment: { ...environment, PORT: String(port) },
    logFile: path.join(dataFolder, "logs/bench-next.log"),
    followsParent: true,
  });
  return untilHealthy(server, port, closers);
}

async function untilHealthy(
  server: Child,
  port: number,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  closers.push(() => server.stop());
  const url = `http://127.0.0.1:${port}`;
  await waitForAnswer(server, `${url}/api/health`, READY_TIMEOUT_MS, (response) => response.ok);
  return url;
}
