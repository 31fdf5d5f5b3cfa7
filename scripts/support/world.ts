import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { migrate } from "../../prisma/migrate";
import { appEnvironment, ensureSandboxKeys } from "../../sandbox/keys";
import { ensureDatabase, startPostgres } from "./postgres";
import { type Child, type Environment, runScript, startScript, waitForAnswer } from "./processes";
import { type LocalSecrets, readLocalSecrets } from "./secrets";
import { step } from "./steps";

// The whole of 微互助 on one machine: database, sandbox and app. The demo and the browser tests
// start the same world; only the ports, the folder and how long the data lives differ.

/** Both processes answer within seconds; a cold disk and a busy machine get a minute. */
const READY_TIMEOUT_MS = 60_000;

export type WorldOptions = {
  /** Database, keys, secrets and logs of this world. */
  folder: string;
  appPort: number;
  sandboxPort: number;
  /** The address people open; by default http://localhost:<appPort>. */
  publicUrl?: string;
  /** An own PostgreSQL on a port, or the connection string of a database that is already there. */
  database: { port: number; isDurable: boolean } | { url: string };
};

/** A page worth opening, from what seeding printed. */
export type Page = { label: string; url: string };

/** The app's process alone, for tests of what its sudden end leaves behind. */
export type AppProcess = {
  /** Ends it as a power cut would: no signal handler runs, nothing in flight is finished. */
  kill(): Promise<void>;
  /** Ends it as a deployment does (SIGTERM); resolves with a sentence that says how it ended. */
  stop(): Promise<string>;
  /** Starts it again on the same port; resolves when it answers. */
  start(): Promise<void>;
};

export type World = {
  appUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  pages: Page[];
  /** The app's environment, for programs that look at the same world (`scripts/audit.ts`). */
  environment: Environment;
  app: AppProcess;
  /** Resolves when a process of this world ends by itself, with what it printed last. */
  broken: Promise<string>;
  /** Stops everything, the database last. Safe to call twice and after a failed start. */
  stop(): Promise<void>;
};

/** Starts everything. When a part does not start, what already runs is stopped before it throws. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const children: Child[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= stopInReverse(children);
    return stopping;
  };
  try {
    const world = await startParts(options, children);
    return { ...world, broken: firstUnexpectedEnd(children, () => stopping !== undefined), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: WorldOptions,
  children: Child[],
): Promise<Omit<World, "broken" | "stop">> {
  await mkdir(options.folder, { recursive: true });
  const secrets = await readLocalSecrets(options.folder);
  const databaseUrl = await startDatabase(options, secrets, children);
  await step("migrate the database", () => migrate(databaseUrl));

  const appUrl = options.publicUrl ?? `http://localhost:${options.appPort}`;
  const sandboxUrl = `http://localhost:${options.sandboxPort}`;
  const environment = createAppEnvironment(options, secrets, { databaseUrl, appUrl, sandboxUrl });
  await step("start the WeChat sandbox", () => startSandbox(options, children, appUrl, sandboxUrl));
  const printed = await step("seed demonstration data", () =>
    runScript({
      name: "seed",
      file: "prisma/seed.ts",
      arguments: ["--demo"],
      environment,
      logFile: path.join(options.folder, "logs/seed.log"),
    }),
  );
  const app: AppProcess = {
    kill: async () => {
      await signalApp(children, "SIGKILL");
    },
    stop: () => signalApp(children, "SIGTERM"),
    start: () => startApp(options, children, environment),
  };
  await step("start the app", app.start);
  // Tells programs started elsewhere (`npm run audit`) where this world is.
  const addresses = JSON.stringify({ appUrl, sandboxUrl, databaseUrl }, null, 2);
  await writeFile(path.join(options.folder, "world.json"), `${addresses}\n`, { mode: 0o600 });
  const pages = readPages(printed, appUrl);
  return { appUrl, sandboxUrl, databaseUrl, environment, app, pages };
}

async function startDatabase(
  options: WorldOptions,
  secrets: LocalSecrets,
  children: Child[],
): Promise<string> {
  const { database } = options;
  if ("url" in database) return database.url;
  return step("start PostgreSQL", async () => {
    const server = await startPostgres({
      dataFolder: path.join(options.folder, "postgres"),
      logFile: path.join(options.folder, "logs/postgres.log"),
      password: secrets.postgresPassword,
      ...database,
    });
    children.push(server.process);
    await ensureDatabase(server.url("postgres"), "weihuzhu");
    return server.url("weihuzhu");
  });
}

function createAppEnvironment(
  options: WorldOptions,
  secrets: LocalSecrets,
  urls: { databaseUrl: string; appUrl: string; sandboxUrl: string },
): Environment {
  const keys = ensureSandboxKeys(path.join(options.folder, "sandbox/keys.json"));
  return {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(options.appPort),
    PUBLIC_URL: urls.appUrl,
    DATABASE_URL: urls.databaseUrl,
    SESSION_SECRET: secrets.sessionSecret,
    IDENTITY_ENCRYPTION_KEY: secrets.identityEncryptionKey,
    IDENTITY_INDEX_KEY: secrets.identityIndexKey,
    ...appEnvironment(keys, urls.sandboxUrl),
  };
}

async function startSandbox(
  options: WorldOptions,
  children: Child[],
  appUrl: string,
  sandboxUrl: string,
): Promise<void> {
  const sandbox = startScript({
    name: "sandbox",
    file: "sandbox/main.ts",
    environment: {
      ...process.env,
      SANDBOX_PORT: String(options.sandboxPort),
      SANDBOX_KEYS_FILE: path.join(options.folder, "sandbox/keys.json"),
      SANDBOX_STATE_FILE: path.join(options.folder, "sandbox/state.json"),
      APP_URL: appUrl,
    },
    logFile: path.join(options.folder, "logs/sandbox.log"),
  });
  children.push(sandbox);
  await waitForAnswer(sandbox, sandboxUrl, READY_TIMEOUT_MS);
}

async function startApp(
  options: WorldOptions,
  children: Child[],
  environment: Environment,
): Promise<void> {
  const app = startScript({
    name: "app",
    file: "server.ts",
    environment,
    logFile: path.join(options.folder, "logs/app.log"),
  });
  children.push(app);
  const healthUrl = `http://127.0.0.1:${options.appPort}/api/health`;
  await waitForAnswer(app, healthUrl, READY_TIMEOUT_MS, (response) => response.ok);
}

async function signalApp(children: Child[], signal: "SIGKILL" | "SIGTERM"): Promise<string> {
  const app = children.findLast((child) => child.name === "app" && !child.hasEnded());
  if (!app) throw new Error("The app is not running.");
  process.kill(app.pid, signal);
  return app.ended;
}

/** Reads the last line that seeding printed: `{"urls":[{"label","path"}]}`. */
function readPages(printed: string, appUrl: string): Page[] {
  const lastLine = printed.trimEnd().split("\n").at(-1) ?? "";
  try {
    const { urls } = JSON.parse(lastLine) as { urls: { label: string; path: string }[] };
    return urls.map(({ label, path: pagePath }) => ({ label, url: `${appUrl}${pagePath}` }));
  } catch {
    throw new Error(`prisma/seed.ts must end with a line of JSON, not with: ${lastLine}`);
  }
}

async function stopInReverse(children: Child[]): Promise<void> {
  for (const child of children.toReversed()) await child.stop();
}

async function firstUnexpectedEnd(children: Child[], isStopping: () => boolean): Promise<string> {
  const sentence = await Promise.race(
    children.map(async (child) => `${await child.ended}. Its last lines:\n${child.tail()}`),
  );
  // An end that was asked for is no surprise; the promise then stays open for good.
  return isStopping() ? new Promise(() => undefined) : sentence;
}
