/**
 * What a policy pays on a day (R24), and how that steps up and down. Every answer derives from one
 * half-open interval per unit, so the summary, the chart and a claim can never disagree.
 */
import { assertPricing, assertWhole } from "./assert";
import { addDays, assertCalendarDate, type CalendarDate, minDate } from "./calendar";

export interface CoverUnit {
  coverYuan: number;
  effectiveOn: CalendarDate;
  maturesOn: CalendarDate;
  /** Last covered day, to 24:00. */
  lastDayOn: CalendarDate;
  /** First day on which the unit no longer counts (refunded, surrendered), or null. */
  endedOn: CalendarDate | null;
}

export interface CoverStep {
  /** From 00:00 of this day… */
  on: CalendarDate;
  /** …this much is payable. */
  payableYuan: number;
}

export interface CoverSummary {
  payableNowYuan: number;
  /** Paid for and still waiting; units that can no longer mature are not promised here. */
  waitingYuan: number;
  totalYuan: number;
  /** The next day on which the payable amount differs, and how many units mature on it. */
  nextChange: { on: CalendarDate; payableYuan: number; unitsMatured: number } | null;
}

interface CountingUnit {
  coverYuan: number;
  fromOn: CalendarDate;
  /** Exclusive. */
  untilOn: CalendarDate;
}

/** The days on which each unit counts; units without such a day are left out. */
function listCounting(units: readonly CoverUnit[]): CountingUnit[] {
  const counting: CountingUnit[] = [];
  for (const unit of units) {
    assertWhole("coverYuan", unit.coverYuan);
    assertCalendarDate(unit.effectiveOn);
    assertCalendarDate(unit.maturesOn);
    assertPricing(unit.effectiveOn <= unit.maturesOn, "a unit matures on or after it takes effect");
    const afterTermOn = addDays(unit.lastDayOn, 1);
    if (unit.endedOn !== null) assertCalendarDate(unit.endedOn);
    const untilOn = unit.endedOn === null ? afterTermOn : minDate(unit.endedOn, afterTermOn);
    if (unit.maturesOn < untilOn) {
      counting.push({ coverYuan: unit.coverYuan, fromOn: unit.maturesOn, untilOn });
    }
  }
  return counting;
}

function sumOn(counting: readonly CountingUnit[], day: CalendarDate): number {
  let payableYuan = 0;
  for (const unit of counting) {
    if (unit.fromOn <= day && day < unit.untilOn) payableYuan += unit.coverYuan;
  }
  return payableYuan;
}

/** Days on which a unit starts or stops counting, and by how much the total moves; sorted. */
function listChanges(counting: readonly CountingUnit[]): [CalendarDate, number][] {
  const changeYuanByDay = new Map<CalendarDate, number>();
  const add = (on: CalendarDate, yuan: number) =>
    changeYuanByDay.set(on, (changeYuanByDay.get(on) ?? 0) + yuan);
  for (const unit of counting) {
    add(unit.fromOn, unit.coverYuan);
    add(unit.untilOn, -unit.coverYuan);
  }
  return [...changeYuanByDay]
    .filter(([, yuan]) => yuan !== 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * Whole yuan payable for a cancer first diagnosed on `day` (R24): the units that matured on or
 * before that day, whose term runs through it, and that were not refunded.
 */
export function payableCover(units: readonly CoverUnit[], day: CalendarDate): number {
  assertCalendarDate(day);
  return sumOn(listCounting(units), day);
}

/** Payable now, waiting, their total, and the next day on which the payable amount changes (R24). */
export function coverSummary(units: readonly CoverUnit[], day: CalendarDate): CoverSummary {
  assertCalendarDate(day);
  const counting = listCounting(units);
  const payableNowYuan = sumOn(counting, day);
  const waitingYuan = counting
    .filter((unit) => day < unit.fromOn)
    .reduce((total, unit) => total + unit.coverYuan, 0);
  const next = listChanges(counting).find(([on]) => on > day);
  return {
    payableNowYuan,
    waitingYuan,
    totalYuan: payableNowYuan + waitingYuan,
    nextChange: next
      ? {
          on: next[0],
          payableYuan: payableNowYuan + next[1],
          unitsMatured: counting.filter((unit) => unit.fromOn === next[0]).length,
        }
      : null,
  };
}

/**
 * The payable amount as steps: one at the first effective date, then one at every day on which the
 * amount changes, down to 0 on the day after the last. Between two steps it stays, before the first
 * it is 0. Empty without units.
 */
export function coverTimeline(units: readonly CoverUnit[]): CoverStep[] {
  if (units.length === 0) return [];
  const counting = listCounting(units);
  const startOn = units.map((unit) => unit.effectiveOn).reduce(minDate);
  const steps: CoverStep[] = [{ on: startOn, payableYuan: sumOn(counting, startOn) }];
  let payableYuan = steps[0]?.payableYuan ?? 0;
  for (const [on, changeYuan] of listChanges(counting)) {
    if (on <= startOn) continue;
    payableYuan += changeYuan;
    steps.push({ on, payableYuan });
  }
  return steps;
}
