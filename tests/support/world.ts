/**
 * The whole backend on real things: an own database, the product's handlers behind a real socket,
 * and the sandbox's WeChat beside it, whose notifications arrive over that socket. Nothing of ours
 * is replaced; only the environment differs from production.
 */
import pg from "pg";
import { createDeps, type Deps, setDeps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { createLogger } from "@/lib/log/logger";
import { publishPlan } from "@/lib/plans/publish-plan";
import { appEnvironment, createSandboxKeys, type SandboxKeys } from "@/sandbox/keys";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { type AppServer, startAppServer } from "./world-server";

export interface World {
  /** The present process's; another object after `restart`. */
  readonly deps: Deps;
  /** Base URL of the app, the same over restarts. */
  readonly url: string;
  /** Another one after a restart on a restored database. */
  readonly databaseUrl: string;
  readonly sandbox: RunningSandbox;
  readonly keys: SandboxKeys;
  /** Every line that the app has logged, over restarts. */
  readonly logs: string[];
  /** Past the app: its own connection, as an administrator has one. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The process dies: connections are cut, nobody listens, nothing in memory is left. */
  crash(): Promise<void>;
  /**
   * A new process on the same port, with new pools, limits and caches.
   *
   * @param databaseUrl where the data is from now on, after a restore.
   */
  restart(databaseUrl?: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** More or other variables of the app's environment, given the database it got. */
  environment?: (databaseUrl: string) => Promise<Record<string, string>>;
  /** A migrated database on a server of its own, instead of one on the tests' shared server. */
  database?: TestDatabase;
}

/** Starts a world; one per test file, because handlers find their deps in a global. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const database = options.database ?? (await createTestDatabase());
  let { databaseUrl } = database;
  let admin = openAdmin(databaseUrl);
  const keys = createSandboxKeys();
  const server = await startAppServer();
  const sandbox = await startSandbox({ port: 0, keys, appUrl: server.url });
  const logs: string[] = [];
  const overrides = await options.environment?.(databaseUrl);
  const start = () => {
    const env = parseEnvironment({
      ...appEnvironment(keys, sandbox.url),
      ...testEnvironment(server, databaseUrl),
      ...overrides,
    });
    const log = createLogger(env.LOG_LEVEL, (line) => logs.push(line));
    const started = createDeps(env, { log });
    setDeps(started);
    return started;
  };
  let deps = start();
  await publishPlan(deps.db, deps.now());

  return {
    get deps() {
      return deps;
    },
    url: server.url,
    get databaseUrl() {
      return databaseUrl;
    },
    sandbox,
    keys,
    logs,
    async sql<Row>(text: string, values: readonly unknown[] = []) {
      return (await admin.query(text, [...values])).rows as Row[];
    },
    async crash() {
      await server.stop();
      setDeps(undefined);
      await deps.db.close();
    },
    async restart(newDatabaseUrl = databaseUrl) {
      if (newDatabaseUrl !== databaseUrl) {
        databaseUrl = newDatabaseUrl;
        await admin.end();
        admin = openAdmin(databaseUrl);
      }
      deps = start();
      await deps.clock.refresh();
      await server.listen();
    },
    async close() {
      await sandbox.close();
      await server.stop();
      setDeps(undefined);
      await deps.db.close();
      await admin.end();
      await database.drop();
    },
  };
}

function openAdmin(databaseUrl: string): pg.Pool {
  const admin = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  // An idle connection whose server dies says so here; unheard, it would end the tests.
  admin.on("error", () => undefined);
  return admin;
}

function testEnvironment(server: AppServer, databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: "test",
    PUBLIC_URL: server.url,
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: "aa".repeat(32),
    IDENTITY_ENCRYPTION_KEY: "bb".repeat(32),
    IDENTITY_INDEX_KEY: "cc".repeat(32),
  };
}
