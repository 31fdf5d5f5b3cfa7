/** The dates that are still ahead of a policy. Pure. */
import type { OwnerPolicy } from "@/lib/policies/views";
import { addDays, type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";

export type NextMoment = { on: CalendarDate } & (
  | { kind: "window_closes" | "last_day" }
  /** The day from which every lit cell counts. */
  | { kind: "all_matured"; units: number; payableYuan: number }
);

/**
 * In the order of their days, none of them past. The very next maturity is left out, because the
 * page's first lines tell of it; the last one is told when there are more.
 */
export function listNextMoments(
  policy: Pick<
    OwnerPolicy,
    "today" | "collectingUntil" | "lastDayOn" | "timeline" | "units" | "nextChange" | "totalYuan"
  >,
): NextMoment[] {
  const { today, collectingUntil, lastDayOn, timeline, units, nextChange, totalYuan } = policy;
  const moments: NextMoment[] = [];
  // The window closes at midnight after its last day.
  const windowDay = collectingUntil && addDays(shanghaiDateOf(new Date(collectingUntil)), -1);
  if (windowDay && windowDay >= today) moments.push({ kind: "window_closes", on: windowDay });
  const full = timeline.find(({ payableYuan }) => payableYuan === totalYuan);
  if (full && full.on > today && full.on !== nextChange?.on) {
    const count = units.filter(({ endedOn }) => endedOn === null).length;
    moments.push({ kind: "all_matured", on: full.on, units: count, payableYuan: totalYuan });
  }
  if (lastDayOn && lastDayOn >= today) moments.push({ kind: "last_day", on: lastDayOn });
  return moments.sort((one, other) => one.on.localeCompare(other.on));
}
