/**
 * One world of a run, all of it real processes: PostgreSQL, WeChat's sandbox, two processes of the
 * app behind a proxy, and the worker. All but the sandbox and the proxy may be killed.
 */
import { appendFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { createDatabase, type Database } from "@/lib/db/database";
import { publishPlan } from "@/lib/plans/publish-plan";
import { migrate } from "@/prisma/migrate";
import { appEnvironment, ensureSandboxKeys } from "@/sandbox/keys";
import { findFreePort } from "@/scripts/support/ports";
import { createTemporaryFolder } from "@/scripts/support/postgres-host";
import {
  type Environment,
  startScript,
  stopAllChildren,
  waitForAnswer,
} from "@/scripts/support/processes";
import { readLocalSecrets } from "@/scripts/support/secrets";
import { startBalancer } from "./balancer";
import { type KillablePostgres, startKillablePostgres } from "./database";
import { connectSandbox, type Sandbox } from "./sandbox";
import { type Supervised, supervise } from "./supervised";

export interface ChaosWorld {
  folder: string;
  /** Where people and WeChat reach the app: the proxy. */
  url: string;
  databaseUrl: string;
  sandbox: Sandbox;
  postgres: KillablePostgres;
  /** The first runs the worker inside, as `server.ts` does. */
  apps: Supervised[];
  worker: Supervised;
  /** The app's environment, for tools that look at the same world. */
  environment: Environment;
  /** Past the app, without time-outs: an administrator's own connections. */
  db: Database;
  /** A line with the real time in `logs/chaos.log`, beside the logs of the processes. */
  note(line: string): void;
  /** Starts whatever does not run and waits until all of it works. */
  heal(): Promise<void>;
  /** Ends every process; the folder, with the database in it, is removed unless somebody wants it. */
  close(options: { keepsFolder: boolean }): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
/** The administrator's connections: a few readers at a time. */
const ADMIN_CONNECTIONS = 4;

export async function startChaosWorld(): Promise<ChaosWorld> {
  const folder = await createTemporaryFolder("chaos");
  const secrets = await readLocalSecrets(folder);
  const postgres = await startKillablePostgres(folder, secrets.postgresPassword);
  await migrate(postgres.databaseUrl);
  const db = createDatabase(postgres.databaseUrl, ADMIN_CONNECTIONS, 0);
  await publishPlan(db, new Date());

  const ports = await Promise.all([findFreePort(), findFreePort()]);
  const balancer = await startBalancer(() => ports);
  const keysFile = path.join(folder, "sandbox/keys.json");
  const keys = ensureSandboxKeys(keysFile);
  const sandbox = await startSandboxProcess(folder, keysFile, balancer.url);
  const environment: Environment = {
    ...process.env,
    ...appEnvironment(keys, sandbox.url),
    NODE_ENV: "production",
    PUBLIC_URL: balancer.url,
    DATABASE_URL: postgres.databaseUrl,
    SESSION_SECRET: secrets.sessionSecret,
    IDENTITY_ENCRYPTION_KEY: secrets.identityEncryptionKey,
    IDENTITY_INDEX_KEY: secrets.identityIndexKey,
    // The proxy is ours, and every person has an address of his own.
    TRUST_PROXY: "1",
    LOG_LEVEL: "info",
  };
  const apps = ports.map((port, index) =>
    supervise(
      {
        name: `app${index + 1}`,
        file: "tests/chaos/app.ts",
        environment: {
          ...environment,
          PORT: String(port),
          CHAOS_WITH_WORKER: index === 0 ? "1" : "0",
        },
        logFile: path.join(folder, `logs/app${index + 1}.log`),
      },
      `http://127.0.0.1:${port}/api/health`,
    ),
  );
  const worker = supervise(
    {
      name: "worker",
      file: "worker.ts",
      environment,
      logFile: path.join(folder, "logs/worker.log"),
    },
    null,
  );

  async function heal(): Promise<void> {
    for (const one of [...apps, worker]) one.thaw();
    await postgres.start();
    await Promise.all([...apps, worker].map((one) => one.ready()));
  }

  await heal();
  return {
    folder,
    url: balancer.url,
    databaseUrl: postgres.databaseUrl,
    sandbox,
    postgres,
    apps,
    worker,
    environment,
    db,
    note: (line) =>
      appendFileSync(
        path.join(folder, "logs/chaos.log"),
        `${new Date().toISOString()} (${sandbox.now().toISOString()}) ${line}\n`,
      ),
    heal,
    async close({ keepsFolder }) {
      for (const one of [...apps, worker]) one.thaw();
      await Promise.all([...apps, worker].map((one) => one.terminate()));
      await db.close();
      await balancer.close();
      await stopAllChildren();
      if (!keepsFolder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Never killed: it is the world outside, and its books are the truth. */
async function startSandboxProcess(
  folder: string,
  keysFile: string,
  appUrl: string,
): Promise<Sandbox> {
  const port = await findFreePort();
  const child = startScript({
    name: "sandbox",
    file: "sandbox/main.ts",
    environment: {
      ...process.env,
      SANDBOX_PORT: String(port),
      SANDBOX_KEYS_FILE: keysFile,
      SANDBOX_STATE_FILE: "",
      APP_URL: appUrl,
    },
    logFile: path.join(folder, "logs/sandbox.log"),
  });
  const url = `http://127.0.0.1:${port}`;
  await waitForAnswer(child, url, READY_TIMEOUT_MS);
  return connectSandbox(url);
}
