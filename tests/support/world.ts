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
import { createTestDatabase } from "@/tests/support/postgres";
import { type AppServer, startAppServer } from "./world-server";

export interface World {
  /** The present process's; another object after `restart`. */
  readonly deps: Deps;
  /** Base URL of the app, the same over restarts. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly sandbox: RunningSandbox;
  readonly keys: SandboxKeys;
  /** Every line that the app has logged, over restarts. */
  readonly logs: string[];
  /** Past the app: its own connection, as an administrator has one. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The process dies: connections are cut, nobody listens, nothing in memory is left. */
  crash(): Promise<void>;
  /** A new process on the same port, with new pools, limits and caches. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** More or other variables of the app's environment, given the database it got. */
  environment?: (databaseUrl: string) => Promise<Record<string, string>>;
}

/** Starts a world; one per test file, because handlers find their deps in a global. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const database = await createTestDatabase();
  const admin = new pg.Pool({ connectionString: database.databaseUrl, max: 4 });
  const keys = createSandboxKeys();
  const server = await startAppServer();
  const sandbox = await startSandbox({ port: 0, keys, appUrl: server.url });
  const logs: string[] = [];
  const overrides = await options.environment?.(database.databaseUrl);
  const start = () => {
    const env = parseEnvironment({
      ...appEnvironment(keys, sandbox.url),
      ...testEnvironment(server, database.databaseUrl),
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
    databaseUrl: database.databaseUrl,
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
    async restart() {
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
