import type { Deps } from "@/lib/deps";
import { addDays, type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import { billReadyAt, type ReconciliationRun, retryAt } from "./runs";

/** WeChat keeps bills for three months (wechat.md §1.13). */
const DAYS_MAX = 90;

// Every day from the first payment on, those without trade too: that nothing came is also checked.
const DAYS_WITH_LAST_RUN = {
  name: "days_with_last_run",
  text: `SELECT day::date AS "billDate", last.state, last.finished_at AS "finishedAt"
    FROM (SELECT (min(paid_at) AT TIME ZONE 'Asia/Shanghai')::date AS first FROM orders WHERE paid_at IS NOT NULL) paid,
      generate_series(greatest(paid.first, $1::date), $2::date, '1 day') AS day
      LEFT JOIN LATERAL (SELECT state, finished_at FROM reconciliation_runs r WHERE r.bill_date = day::date
        ORDER BY r.started_at DESC, r.id DESC LIMIT 1) last ON true
    ORDER BY day`,
};

type DayRow = Pick<ReconciliationRun, "billDate" | "finishedAt"> & {
  state: ReconciliationRun["state"] | null;
};

/** The days of the last 90 whose bill can be there, oldest first, each with its last run. */
async function listClosedDays(deps: Pick<Deps, "db" | "now">): Promise<DayRow[]> {
  const now = deps.now();
  const today = shanghaiDateOf(now);
  const yesterday = addDays(today, -1);
  const lastDay = now >= billReadyAt(yesterday) ? yesterday : addDays(today, -2);
  return deps.db.query<DayRow>(DAYS_WITH_LAST_RUN, [addDays(today, -DAYS_MAX), lastDay]);
}

/**
 * What the daily job has to do: days that were never compared, and those whose bill was not to be had
 * half an hour ago. A running one is named too: whoever takes it finds out whether it is alive.
 */
export async function listDaysToReconcile(deps: Pick<Deps, "db" | "now">): Promise<CalendarDate[]> {
  const now = deps.now();
  const days = await listClosedDays(deps);
  return days
    .filter(({ billDate, state, finishedAt }) => {
      if (state === null || state === "running") return true;
      const again = retryAt({ billDate, state, finishedAt });
      return again !== null && now >= again;
    })
    .map(({ billDate }) => billDate);
}

/** Every closed day that does not balance yet, for whatever reason. */
export async function listUnbalancedDays(deps: Pick<Deps, "db" | "now">): Promise<CalendarDate[]> {
  const days = await listClosedDays(deps);
  return days.filter(({ state }) => state !== "balanced").map(({ billDate }) => billDate);
}
