/**
 * The worker alone, for hosts that do not run server.ts (plain `next start`) or want it apart. It
 * shares its work with any other worker on the same database.
 */
import { getDeps } from "@/lib/deps";
import { startWorker } from "@/lib/jobs/worker";

const deps = getDeps();
const worker = startWorker(deps, { isAutomatic: true });
deps.log.info({}, "worker started");

/** The slowest call of a round is one to WeChat; whatever is cut off is leased and comes back. */
const DRAIN_MS = 10_000;

async function stop(signal: string): Promise<void> {
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  deps.log.info({ signal }, "stopping");
  await worker.stop();
  await deps.db.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop("SIGTERM"));
process.once("SIGINT", () => void stop("SIGINT"));
