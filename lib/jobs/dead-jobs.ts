/** Jobs that were tried as often as they may be: a person looks, mends the cause and replays them. */
import type { Database } from "@/lib/db/database";

export interface DeadJob {
  id: string;
  task: string;
  payload: unknown;
  attempts: number;
  /** Null when its workers were killed each time. */
  lastError: string | null;
  createdAt: Date;
}

/** More than a person reads; the oldest come first, because the first error explains the others. */
const SHOWN_MAX = 200;

/** Tried as often as it may be, not at this moment, and not replaced by a newer job of its key. */
const IS_DEAD = "j.attempts >= j.max_attempts AND j.key IS NOT NULL AND j.locked_at IS NULL";

const LIST = {
  name: "list_dead_jobs",
  text: `SELECT j.id::text, j.task_identifier AS task, p.payload, j.attempts, j.last_error AS "lastError",
      j.created_at AS "createdAt"
    FROM graphile_worker.jobs j JOIN graphile_worker._private_jobs p ON p.id = j.id
    WHERE ${IS_DEAD} ORDER BY j.id LIMIT ${SHOWN_MAX}`,
};
const REPLAY = {
  name: "replay_dead_jobs",
  text: `SELECT id FROM graphile_worker.reschedule_jobs(array(
      SELECT j.id FROM graphile_worker.jobs j WHERE ${IS_DEAD} AND ($1::bigint[] IS NULL OR j.id = ANY ($1))),
    run_at => now(), attempts => 0)`,
};
const DISCARD = {
  name: "discard_dead_jobs",
  text: `SELECT id FROM graphile_worker.complete_jobs(array(
      SELECT j.id FROM graphile_worker.jobs j WHERE ${IS_DEAD} AND j.id = ANY ($1::bigint[])))`,
};
const PENDING = {
  name: "count_jobs",
  text: `SELECT task_identifier AS task, count(*)::int AS waiting, count(*) FILTER (WHERE attempts > 0)::int AS failing,
      min(run_at) AS "oldestAt", max(last_error) AS "lastError"
    FROM graphile_worker.jobs WHERE attempts < max_attempts GROUP BY 1 ORDER BY 1`,
};

export function listDeadJobs(db: Database): Promise<DeadJob[]> {
  return db.query<DeadJob>(LIST, []);
}

/** @param ids null for all of them. Returns how many run again. */
export async function replayDeadJobs(db: Database, ids: readonly string[] | null): Promise<number> {
  return (await db.query(REPLAY, [ids])).length;
}

/** For a job whose payload can never be right. Returns how many are gone. */
export async function discardDeadJobs(db: Database, ids: readonly string[]): Promise<number> {
  return (await db.query(DISCARD, [ids])).length;
}

export interface QueuedTask {
  task: string;
  waiting: number;
  failing: number;
  oldestAt: Date;
  lastError: string | null;
}

export function countJobs(db: Database): Promise<QueuedTask[]> {
  return db.query<QueuedTask>(PENDING, []);
}
