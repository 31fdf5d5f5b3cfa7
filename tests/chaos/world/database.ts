/** A durable PostgreSQL that is killed whole and comes back on the same data. */
import path from "node:path";
import { findFreePort } from "@/scripts/support/ports";
import { ensureDatabase, type Postgres, startPostgres } from "@/scripts/support/postgres";

export interface KillablePostgres {
  databaseUrl: string;
  isRunning(): boolean;
  /** Makes it run, if it does not; its supervisor tries until the old server's lock is free. */
  start(): Promise<void>;
  /** SIGKILL to the server and all of its processes at once; a power cut, but for the disk. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const DATABASE = "chaos";

/** Initialises a server in `folder` and makes one empty database on it. */
export async function startKillablePostgres(
  folder: string,
  password: string,
): Promise<KillablePostgres> {
  const options = {
    dataFolder: path.join(folder, "postgres"),
    logFile: path.join(folder, "logs/postgres.log"),
    password,
    port: await findFreePort(),
    // A commit that a crash may take back would be no commit; that is what is judged here.
    isDurable: true,
  };
  let server: Postgres = await startPostgres(options);
  let starting: Promise<void> | undefined;
  await ensureDatabase(server.url("postgres"), DATABASE);

  async function startAnew(): Promise<void> {
    if (!server.process.hasEnded()) return;
    server = await startPostgres(options);
  }

  return {
    databaseUrl: server.url(DATABASE),
    isRunning: () => !server.process.hasEnded() && starting === undefined,
    start() {
      starting ??= startAnew().finally(() => {
        starting = undefined;
      });
      return starting;
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
  };
}
