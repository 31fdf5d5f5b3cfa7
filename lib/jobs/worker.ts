/**
 * What must happen without anybody asking. The rows' own times say what is due, on the application's
 * clock; the job queue (graphile-worker, in the same Postgres) says who does it, how often it was
 * tried and what failed. Several workers share the work, and one that dies holds nothing for long.
 */
import { EventEmitter } from "node:events";
import { type Runner, run, runOnce, type WorkerEvents } from "graphile-worker";
import type { Pool } from "pg";
import type { Deps } from "@/lib/deps";
import { queueLogger } from "./queue-logger";
import { createTaskList } from "./tasks";

/** Fast enough that a refund is on its way, and the histogram fresh, within two seconds. */
const TICK_MS = 1_000;
/** After a failed tick (database away) there is nothing to gain from asking faster. */
const FAILED_MS = 2_000;
/** Jobs under way at the same time; most of their time they wait for WeChat. */
const CONCURRENCY = 10;
/** One connection listens, the others take and finish jobs. */
const QUEUE_POOL_MAX = 3;
/** Rows of each kind that one tick wakes jobs for; a backlog drains over the next ticks. */
const DUE_MAX = 500;
/** A worker that has not been heard of for so long is dead, and its jobs are free again. */
const SILENCE = "20 seconds";

export interface Worker {
  /** Runs everything that is due now, and what that makes due, to its end; for tests. */
  round(): Promise<void>;
  /** Finishes the jobs under way and starts no other. */
  stop(): Promise<void>;
}

const ENQUEUE_DUE = { name: "enqueue_due", text: "SELECT enqueue_due_jobs($1, $2) AS count" };
const ADD_HOUSE_JOB = {
  name: "add_house_job",
  text: "SELECT graphile_worker.add_job($1, job_key => $1, job_key_mode => 'preserve_run_at')",
};
const KEEP_WORKERS = {
  name: "keep_workers",
  text: "SELECT keep_workers($1::text[], $2::interval)",
};

export function startWorker(deps: Deps, options: { isAutomatic: boolean }): Worker {
  if (!options.isAutomatic) {
    return { round: () => runRound(deps), stop: async () => undefined };
  }
  const stopping = new AbortController();
  const workerIds: string[] = [];
  const running = [
    repeat(deps, stopping.signal, tickOf(deps, workerIds)),
    supervise(deps, stopping.signal, workerIds),
  ];
  return {
    round: () => runRound(deps),
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** One look at the clock: say that we are alive, wake what is due, keep house. */
function tickOf(deps: Deps, workerIds: readonly string[]): () => Promise<void> {
  const houseJobs = [
    { task: "keep_house", everyMs: 60_000, last: -1 },
    { task: "keep_house_hourly", everyMs: 3_600_000, last: -1 },
  ];
  return async () => {
    await deps.clock.refresh();
    await deps.db.query(KEEP_WORKERS, [workerIds, SILENCE]);
    await deps.db.query(ENQUEUE_DUE, [deps.now(), DUE_MAX]);
    for (const job of houseJobs) {
      const turn = Math.floor(deps.now().getTime() / job.everyMs);
      if (turn === job.last) continue;
      await deps.db.query(ADD_HOUSE_JOB, [job.task]);
      job.last = turn;
    }
  };
}

async function repeat(deps: Deps, signal: AbortSignal, tick: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    let delayMs = TICK_MS;
    try {
      await tick();
    } catch (error) {
      delayMs = FAILED_MS;
      deps.log.error({ error: `${error}` }, "worker tick failed");
    }
    await pause(delayMs, signal);
  }
}

/** Keeps a runner going: it ends itself when the database stays away, and a new one takes over. */
async function supervise(deps: Deps, signal: AbortSignal, workerIds: string[]): Promise<void> {
  // No job before the clock is known: in the sandbox it may be months ahead of this machine's.
  await deps.clock.refresh();
  while (!signal.aborted) {
    const events: WorkerEvents = new EventEmitter();
    events.on("worker:create", ({ worker }) => workerIds.push(worker.workerId));
    // One that cannot write down how its job ended (database away) gives itself up, keeps its job
    // locked, and is replaced by nobody: the first such end is the end of all, and all begin anew.
    const broken = new AbortController();
    events.on("worker:fatalError", () => broken.abort());
    const pool = withoutTimetable(deps.db.openPool(QUEUE_POOL_MAX));
    try {
      const runner = await run({
        pgPool: pool,
        taskList: createTaskList(deps),
        concurrency: CONCURRENCY,
        pollInterval: TICK_MS,
        noHandleSignals: true,
        parsedCronItems: [],
        logger: queueLogger(deps.log),
        events,
      });
      await untilEnded(runner, AbortSignal.any([signal, broken.signal]));
    } catch (error) {
      deps.log.error({ error: `${error}` }, "job runner ended");
    } finally {
      workerIds.length = 0;
      await pool.end().catch(() => undefined);
    }
    await pause(FAILED_MS, signal);
  }
}

/**
 * The queue's timetable, of which we use nothing, asks once at its start, and it alone asks the pool
 * itself. With the database gone in that instant its promise rejects with nobody holding it, and Node
 * ends the process. So it hears at once that nothing is scheduled.
 */
function withoutTimetable(pool: Pool): Pool {
  return Object.assign(pool, { query: async () => ({ rows: [] }) });
}

async function untilEnded(runner: Runner, signal: AbortSignal): Promise<void> {
  const stop = () => void runner.stop().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await runner.promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Jobs make jobs (a settled refund, a message); more turns than this is a loop. */
const TURNS_MAX = 40;

async function runRound(deps: Deps): Promise<void> {
  await deps.clock.refresh();
  const pool = deps.db.openPool(QUEUE_POOL_MAX + CONCURRENCY);
  try {
    for (const task of ["keep_house", "keep_house_hourly"]) {
      await deps.db.query(ADD_HOUSE_JOB, [task]);
    }
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const [due] = await deps.db.query<{ count: number }>(ENQUEUE_DUE, [deps.now(), DUE_MAX]);
      if (turn > 0 && due?.count === 0) return;
      await runOnce({
        pgPool: pool,
        taskList: createTaskList(deps),
        concurrency: CONCURRENCY,
        noHandleSignals: true,
        logger: queueLogger(deps.log),
      });
    }
  } finally {
    await pool.end();
  }
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, delayMs);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
