/** One attempt at one day. Its row is the lease: a day has one running run, in the database's own words. */
import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";
import { addDays, type CalendarDate, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { Figures } from "./figures";

export const STAGES = ["fetch", "import", "match", "repair", "fees", "close"] as const;
export type Stage = (typeof STAGES)[number];
export type RunState = "running" | "waiting" | "failed" | "balanced" | "differs";

export interface ReconciliationRun {
  id: string;
  billDate: CalendarDate;
  /** `running` in an answer: another process is at it, and nothing was done. */
  state: RunState;
  /** The last stage it was in. */
  stage: Stage;
  /** Null until the day has been compared to its end. */
  figures: Figures | null;
  /** Why it waits or failed. */
  error: string | null;
  startedAt: Date;
  /** When whoever works on it last said so: at each stage and each part of one. */
  seenAt: Date;
  finishedAt: Date | null;
}

/** The process that ran it was given up and another one has taken the day over. */
export class RunTakenOver extends Error {
  override readonly name = "RunTakenOver";
}

/** No part of a stage takes a tenth of this; a process that is silent for so long is dead. */
const LEASE_MS = 10 * 60_000;
/** WeChat: advised from 10:00 of the next day (wechat.md §1.13). */
const READY_HOURS = 10;
/** WeChat: a bill that is being made is asked for again after half an hour (wechat.md §1.13). */
const RETRY_MINUTES = 30;

const COLUMNS = `id, bill_date AS "billDate", state, stage, nullif(figures, '{}') AS figures, error,
  started_at AS "startedAt", seen_at AS "seenAt", finished_at AS "finishedAt"`;
const ABANDON = {
  name: "abandon_run",
  text: `UPDATE reconciliation_runs SET state = 'failed', error = 'its process died at stage ' || stage, finished_at = $3
    WHERE bill_date = $1 AND state = 'running' AND seen_at < $2`,
};
const START = {
  name: "start_run",
  text: `INSERT INTO reconciliation_runs (id, bill_date, state, stage, figures, started_at, seen_at)
    VALUES ($1, $2, 'running', 'fetch', '{}', $3, $3)
    ON CONFLICT (bill_date) WHERE state = 'running' DO NOTHING RETURNING ${COLUMNS}`,
};
const LAST_RUN = {
  name: "last_run",
  text: `SELECT ${COLUMNS} FROM reconciliation_runs WHERE bill_date = $1
    ORDER BY started_at DESC, id DESC LIMIT 1`,
};
const ENTER_STAGE = {
  name: "enter_stage",
  text: `UPDATE reconciliation_runs SET stage = $2, seen_at = $3
    WHERE id = $1 AND state = 'running' RETURNING id`,
};
const FINISH = {
  name: "finish_run",
  text: `UPDATE reconciliation_runs SET state = $2, figures = $3, error = $4, finished_at = $5
    WHERE id = $1 AND state = 'running' RETURNING ${COLUMNS}`,
};

/** When the day's bill may first be asked for. */
export function billReadyAt(billDate: CalendarDate): Date {
  const next = startOfShanghaiDay(addDays(billDate, 1));
  return new Date(next.getTime() + READY_HOURS * 3_600_000);
}

/** True while the process that runs it may be taken for alive: nobody else begins. */
export function isWorkedAt(run: Pick<ReconciliationRun, "state" | "seenAt">, now: Date): boolean {
  return run.state === "running" && now.getTime() - run.seenAt.getTime() <= LEASE_MS;
}

/** When to try a waiting or failed run again; null for any other. */
export function retryAt(
  run: Pick<ReconciliationRun, "billDate" | "state" | "finishedAt">,
): Date | null {
  if (!run.finishedAt || (run.state !== "waiting" && run.state !== "failed")) return null;
  const later = run.finishedAt.getTime() + RETRY_MINUTES * 60_000;
  return new Date(Math.max(billReadyAt(run.billDate).getTime(), later));
}

/**
 * Starts a run, taking the day over from a process that has died.
 *
 * @returns `isOurs: false` and the other process's run when the day is being worked at.
 */
export async function startRun(
  deps: Deps,
  billDate: CalendarDate,
): Promise<{ isOurs: boolean; run: ReconciliationRun }> {
  const now = deps.now();
  await deps.db.query(ABANDON, [billDate, new Date(now.getTime() - LEASE_MS), now]);
  const id = newId("reconciliationRun", now);
  const [started] = await deps.db.query<ReconciliationRun>(START, [id, billDate, now]);
  if (started) return { isOurs: true, run: started };
  return { isOurs: false, run: await getLastRun(deps, billDate) };
}

async function getLastRun(deps: Deps, billDate: CalendarDate): Promise<ReconciliationRun> {
  const [run] = await deps.db.query<ReconciliationRun>(LAST_RUN, [billDate]);
  if (!run) throw new Error(`no run of ${billDate}`);
  return run;
}

/**
 * Also called before each part of a stage: it renews the lease, and it is how a process that was given
 * up learns of it. A write of one row beside parts of a hundred milliseconds and more.
 *
 * @throws RunTakenOver: stop here.
 */
export async function enterStage(deps: Deps, run: ReconciliationRun, stage: Stage): Promise<void> {
  const rows = await deps.db.query(ENTER_STAGE, [run.id, stage, deps.now()]);
  if (rows.length === 0) throw new RunTakenOver(`run ${run.id} was taken over at stage ${stage}`);
}

/** @throws RunTakenOver when it is no longer ours to finish. */
export async function finishRun(
  deps: Deps,
  run: ReconciliationRun,
  end: { state: Exclude<RunState, "running">; figures?: Figures; error?: string },
): Promise<ReconciliationRun> {
  const figures = JSON.stringify(end.figures ?? {});
  const values = [run.id, end.state, figures, end.error ?? null, deps.now()];
  const [finished] = await deps.db.query<ReconciliationRun>(FINISH, values);
  if (!finished) throw new RunTakenOver(`run ${run.id} was taken over before its end`);
  return finished;
}
