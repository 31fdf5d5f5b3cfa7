import type { Deps } from "@/lib/deps";
import { giveUpMessages } from "@/lib/messages/send-message";
import { writeDateNotices } from "@/lib/notices/write-date-notices";
import { endExpiredPolicies } from "@/lib/policies/end-expired-policies";
import { listDaysToReconcile } from "@/lib/reconciliation/list-days-to-reconcile";
import { forgetOldData } from "@/lib/retention/forget-old-data";

const ADD_RECONCILE_DAY = {
  name: "add_reconcile_day",
  text: `SELECT graphile_worker.add_job('reconcile_day', json_build_object('billDate', $1::text),
    job_key => 'reconcile_day:' || $1, job_key_mode => 'preserve_run_at', max_attempts => 3, queue_name => 'reconcile')`,
};
const DATABASE_CLOCK = { name: "database_clock", text: "SELECT now() AS now" };

/** Days taken up in one minute; a backlog goes oldest first over several. */
const DAYS_MAX = 7;
/** A clock that is further off than this is wrong, and what it brings could not be taken back (F47). */
const SKEW_SECONDS_MAX = 60;

/** What the clock brings, once a minute; every part is bounded, and what is left is for the next. */
export async function keepHouse(deps: Deps): Promise<void> {
  await assertClock(deps);
  await runParts([
    () => enqueueDays(deps),
    () => endExpiredPolicies(deps),
    () => giveUpMessages(deps),
  ]);
}

/** What may wait for the hour: people are told of dates, and old data is forgotten. */
export async function keepHouseHourly(deps: Deps): Promise<void> {
  await assertClock(deps);
  await runParts([() => writeDateNotices(deps), () => forgetOldData(deps)]);
}

async function enqueueDays(deps: Deps): Promise<void> {
  const days = await listDaysToReconcile(deps);
  for (const billDate of days.slice(0, DAYS_MAX)) {
    await deps.db.query(ADD_RECONCILE_DAY, [billDate]);
  }
}

/** All of them, whatever happens to one; the first error fails the job, so that it is seen. */
async function runParts(parts: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(parts.map((part) => part()));
  for (const result of results) {
    if (result.status === "rejected") throw result.reason;
  }
}

/** @throws Error when this machine's clock and the database's disagree; the sandbox's may. */
async function assertClock(deps: Deps): Promise<void> {
  if (deps.config.isSandbox) return;
  const [row] = await deps.db.query<{ now: Date }>(DATABASE_CLOCK, []);
  const skewSeconds = Math.abs(deps.now().getTime() - (row?.now.getTime() ?? 0)) / 1000;
  if (skewSeconds > SKEW_SECONDS_MAX) {
    throw new Error(`this clock and the database's are ${Math.round(skewSeconds)} s apart`);
  }
}
