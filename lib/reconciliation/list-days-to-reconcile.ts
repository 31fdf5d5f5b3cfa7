import type { Deps } from "@/lib/deps";
import { addDays, type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import { billReadyAt, isWorkedAt, type ReconciliationRun, retryAt } from "./runs";

/** WeChat keeps bills for three months (wechat.md §1.13). */
const DAYS_MAX = 90;

// Every day from the first payment on, those without trade too: that nothing came is also checked.
const DAYS_WITH_LAST_RUN = {
  name: "days_with_last_run",
  text: `SELECT day::date AS "billDate", last.state, last.seen_at AS "seenAt", last.finished_at AS "finishedAt"
    FROM (SELECT (min(paid_at) AT TIME ZONE 'Asia/Shanghai')::date AS first FROM orders WHERE paid_at IS NOT NULL) paid,
      generate_series(greatest(paid.first, $1::date), $2::date, '1 day') AS day
      LEFT JOIN LATERAL (SELECT state, seen_at, finished_at FROM reconciliation_runs r WHERE r.bill_date = day::date
        ORDER BY r.started_at DESC, r.id DESC LIMIT 1) last ON true
    ORDER BY day`,
};

type LastRun = Pick<ReconciliationRun, "billDate" | "state" | "seenAt" | "finishedAt">;
/** A day that has no run has no state. */
type DayRow = LastRun | { billDate: CalendarDate; state: null };

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
 * half an hour ago, and those whose process has fallen silent. One that is at work is left alone.
 */
export async function listDaysToReconcile(deps: Pick<Deps, "db" | "now">): Promise<CalendarDate[]> {
  const now = deps.now();
  const days = await listClosedDays(deps);
  return days.filter((day) => isToDo(day, now)).map(({ billDate }) => billDate);
}

function isToDo(day: DayRow, now: Date): boolean {
  if (day.state === null) return true;
  if (day.state === "running") return !isWorkedAt(day, now);
  const again = retryAt(day);
  return again !== null && now >= again;
}

/** Every closed day that does not balance yet, for whatever reason. */
export async function listUnbalancedDays(deps: Pick<Deps, "db" | "now">): Promise<CalendarDate[]> {
  const days = await listClosedDays(deps);
  return days.filter(({ state }) => state !== "balanced").map(({ billDate }) => billDate);
}
