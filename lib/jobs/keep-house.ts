import type { Deps } from "@/lib/deps";
import { writeDateNotices } from "@/lib/notices/write-date-notices";
import { endExpiredPolicies } from "@/lib/policies/end-expired-policies";
import { listDaysToReconcile } from "@/lib/reconciliation/list-days-to-reconcile";
import { forgetOldData } from "@/lib/retention/forget-old-data";

const ADD_RECONCILE_DAY = {
  name: "add_reconcile_day",
  text: `SELECT graphile_worker.add_job('reconcile_day', json_build_object('billDate', $1::text),
    job_key => 'reconcile_day:' || $1, job_key_mode => 'preserve_run_at', max_attempts => 3, queue_name => 'reconcile')`,
};

/** Days taken up in one minute; a backlog goes oldest first over several. */
const DAYS_MAX = 7;

/** What the clock brings, once a minute; every part is bounded, and what is left is for the next. */
export async function keepHouse(deps: Deps): Promise<void> {
  await endExpiredPolicies(deps);
  await writeDateNotices(deps);
  await forgetOldData(deps);
  const days = await listDaysToReconcile(deps);
  for (const billDate of days.slice(0, DAYS_MAX)) {
    await deps.db.query(ADD_RECONCILE_DAY, [billDate]);
  }
}
