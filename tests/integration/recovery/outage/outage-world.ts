/**
 * The app as a process of its own, with the worker inside, on a durable PostgreSQL that can be killed
 * whole, and WeChat's sandbox as another process. Knows nothing of vitest: the bench runs it too.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import { createDatabase } from "@/lib/db/database";
import { createDeps, type Deps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { publishPlan } from "@/lib/plans/publish-plan";
import { migrate } from "@/prisma/migrate";
import { appEnvironment, ensureSandboxKeys } from "@/sandbox/keys";
import { findFreePort } from "@/scripts/support/ports";
import { ensureDatabase, type Postgres, startPostgres } from "@/scripts/support/postgres";
import { createTemporaryFolder } from "@/scripts/support/postgres-host";
import {
  type Child,
  type Environment,
  startScript,
  waitForAnswer,
} from "@/scripts/support/processes";
import { readLocalSecrets } from "@/scripts/support/secrets";

export interface OutageWorld {
  url: string;
  app: Child;
  /** The app's own verbs and secrets, past its process; no time-outs. */
  deps: Deps;
  /** The app's environment, for commands that look at the same installation. */
  environment: Environment;
  /** One call of the sandbox's control API. @throws Error for anything but 2xx. */
  control<Result>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<Result>;
  killDatabase(): Promise<void>;
  /** Resolves when the database answers again. */
  startDatabase(): Promise<void>;
  close(): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const DATABASE = "outage";

/** @param appFile the process under test: `server.ts`, or the same handlers without Next. */
export async function startOutageWorld(appFile: string): Promise<OutageWorld> {
  const folder = await createTemporaryFolder("outage");
  const secrets = await readLocalSecrets(folder);
  const options = {
    dataFolder: path.join(folder, "postgres"),
    logFile: path.join(folder, "logs/postgres.log"),
    password: secrets.postgresPassword,
    port: await findFreePort(),
    isDurable: true,
  };
  let postgres: Postgres = await startPostgres(options);
  await ensureDatabase(postgres.url("postgres"), DATABASE);
  const databaseUrl = postgres.url(DATABASE);
  await migrate(databaseUrl);

  const [appPort, sandboxPort] = [await findFreePort(), await findFreePort()];
  const [url, sandboxUrl] = [`http://127.0.0.1:${appPort}`, `http://127.0.0.1:${sandboxPort}`];
  const keysFile = path.join(folder, "sandbox/keys.json");
  const environment: Environment = {
    ...process.env,
    ...appEnvironment(ensureSandboxKeys(keysFile), sandboxUrl),
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(appPort),
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: secrets.sessionSecret,
    IDENTITY_ENCRYPTION_KEY: secrets.identityEncryptionKey,
    IDENTITY_INDEX_KEY: secrets.identityIndexKey,
    NEXT_TELEMETRY_DISABLED: "1",
    // What `tests/chaos/app.ts` asks for; `server.ts` always has its worker.
    CHAOS_WITH_WORKER: "1",
  };
  const sandbox = startScript({
    name: "sandbox",
    file: "sandbox/main.ts",
    environment: {
      ...process.env,
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_KEYS_FILE: keysFile,
      SANDBOX_STATE_FILE: "",
      APP_URL: url,
    },
    logFile: path.join(folder, "logs/sandbox.log"),
  });
  await waitForAnswer(sandbox, sandboxUrl, READY_TIMEOUT_MS);
  const db = createDatabase(databaseUrl, 8, 0);
  const deps = createDeps(parseEnvironment({ ...environment, LOG_LEVEL: "silent" }), { db });
  await publishPlan(db, deps.now());
  const app = startScript({
    name: appFile,
    file: appFile,
    environment,
    logFile: path.join(folder, "logs/app.log"),
  });
  await waitForAnswer(app, `${url}/api/health`, READY_TIMEOUT_MS, ({ ok }) => ok);

  return {
    url,
    app,
    deps,
    environment,
    async control<Result>(method: "GET" | "POST" | "DELETE", route: string, body?: object) {
      const response = await fetch(`${sandboxUrl}/__sandbox${route}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`sandbox: ${method} ${route}: ${response.status} ${text}`);
      return (text ? JSON.parse(text) : {}) as Result;
    },
    killDatabase: () => postgres.kill(),
    async startDatabase() {
      postgres = await startPostgres(options);
    },
    async close() {
      await app.stop();
      await sandbox.stop();
      await db.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
