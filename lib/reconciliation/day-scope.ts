import type { Deps } from "@/lib/deps";
import { addDays, type CalendarDate, startOfShanghaiDay } from "@/lib/pricing/calendar";

/** Our times that a day's bill answers for, `until` exclusive. */
export interface DayScope {
  billDate: CalendarDate;
  from: Date;
  until: Date;
}

/** WeChat's clock and ours differ by seconds, and one of its answers takes at most six. */
const EDGE_MS = 2 * 60_000;

const NEIGHBOURS = {
  name: "neighbouring_bills",
  text: `SELECT EXISTS (SELECT 1 FROM bills WHERE bill_date = $1 AND kind = 'trade') AS "hasPrevious",
    EXISTS (SELECT 1 FROM bills WHERE bill_date = $2 AND kind = 'trade') AS "hasNext"`,
};

/**
 * What we date into the last minutes of a day may stand in the next day's bill. So those minutes are
 * called absent only once that bill is there: by the next day's run, or by this day's when it comes later.
 */
export async function findDayScope(deps: Deps, billDate: CalendarDate): Promise<DayScope> {
  const next = addDays(billDate, 1);
  const [found] = await deps.db.query<{ hasPrevious: boolean; hasNext: boolean }>(NEIGHBOURS, [
    addDays(billDate, -1),
    next,
  ]);
  const fromMs = startOfShanghaiDay(billDate).getTime() - (found?.hasPrevious ? EDGE_MS : 0);
  const untilMs = startOfShanghaiDay(next).getTime() - (found?.hasNext ? 0 : EDGE_MS);
  return { billDate, from: new Date(fromMs), until: new Date(untilMs) };
}
