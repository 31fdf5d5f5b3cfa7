/**
 * When things begin, mature, close and end (R17, R21, R22, R25).
 *
 * Day-count, for a policy that takes effect on E:
 * - day n is E + (n − 1); the collecting window is day 1 … day 30 = E … E + 29;
 * - a unit paid on day n takes effect the next midnight, on E + n, waits 90 days (E + n … E + n + 89)
 *   and counts from E + n + 90 to the policy's last day, E + 364 in a common year;
 * - so it counts on 364 − (n + 90) + 1 = 275 − n days.
 *
 * "Day 30" is the day of PURCHASE: 275 − 30 = 245 days (R25, and d = 30 in R55's (275 − d)/365).
 * Reading it as the day the unit takes effect (bought on day 29) would give 246. The base unit, and
 * a friend's unit paid the same evening, are n = 0: 275 days. A term that holds a 29 February has
 * 366 days, and each of these figures is one more.
 */
import {
  addDays,
  addYears,
  type CalendarDate,
  countDaysInclusive,
  maxDate,
  shanghaiDateOf,
  startOfShanghaiDay,
} from "./calendar";
import type { Plan } from "./plan";

const MINUTE_MS = 60 * 1000;

/** First and last covered day; cover runs from 00:00 of the first to 24:00 of the last. */
export interface Term {
  effectiveOn: CalendarDate;
  lastDayOn: CalendarDate;
}

export interface UnitDates {
  effectiveOn: CalendarDate;
  /** First day on which a diagnosis is covered by this unit. */
  maturesOn: CalendarDate;
  lastDayOn: CalendarDate;
  /** Days from `maturesOn` to `lastDayOn`, both counted. */
  coverDays: number;
}

/** The day whose 00:00 (Shanghai) starts what was paid at this instant: the next day (R21). */
export function effectiveOnAfter(paidAt: Date): CalendarDate {
  return addDays(shanghaiDateOf(paidAt), 1);
}

/**
 * The policy's term from the payment of its first unit (R21): effective date + 1 year − 1 day.
 * From 29 February it ends on 27 February, because the anniversary is 28 February.
 */
export function policyTerm(plan: Plan, firstPaidAt: Date): Term {
  const effectiveOn = effectiveOnAfter(firstPaidAt);
  return { effectiveOn, lastDayOn: addDays(addYears(effectiveOn, plan.termYears), -1) };
}

/**
 * The dates of a unit paid at `paidAt` on a policy with this term (R21, R22, R25). Before payment,
 * pass the present instant to show what would be bought. Never throws for a late payment: a unit
 * that could not mature in the term has 0 `coverDays`, and the caller refunds it.
 */
export function unitDates(plan: Plan, term: Term, paidAt: Date): UnitDates {
  // Two payments seconds apart may carry provider times in the wrong order around midnight; a unit
  // never starts before its policy.
  const effectiveOn = maxDate(effectiveOnAfter(paidAt), term.effectiveOn);
  const maturesOn = addDays(effectiveOn, plan.waitingDays);
  return {
    effectiveOn,
    maturesOn,
    lastDayOn: term.lastDayOn,
    coverDays: countDaysInclusive(maturesOn, term.lastDayOn),
  };
}

/**
 * The collecting window (R17): day 1 is the effective date, it closes at 24:00 of the last day.
 * Orders may be made from issue on, so also on the evening before day 1.
 */
export function collectingWindow(
  plan: Plan,
  effectiveOn: CalendarDate,
): { firstDayOn: CalendarDate; lastDayOn: CalendarDate; closesAt: Date } {
  return {
    firstDayOn: effectiveOn,
    lastDayOn: addDays(effectiveOn, plan.collectingDays - 1),
    closesAt: startOfShanghaiDay(addDays(effectiveOn, plan.collectingDays)),
  };
}

/** May an issued policy still take orders (R17)? Open from issue until, not at, `closesAt`. */
export function isCollecting(plan: Plan, effectiveOn: CalendarDate, now: Date): boolean {
  return now.getTime() < collectingWindow(plan, effectiveOn).closesAt.getTime();
}

/**
 * Does a payment still become a unit as far as the window goes (R17)? The order must have been made
 * before the close, and be paid before it or at most `latePaymentMinutes` after it. Any other payment
 * is refunded.
 */
export function honoursLatePayment(
  plan: Plan,
  order: { createdAt: Date; closesAt: Date; paidAt: Date },
): boolean {
  const closesMs = order.closesAt.getTime();
  return (
    order.createdAt.getTime() < closesMs &&
    order.paidAt.getTime() <= closesMs + plan.latePaymentMinutes * MINUTE_MS
  );
}

/** When the place of an unpaid order lapses (R19); WeChat gets the same instant as `time_expire`. */
export function holdExpiresAt(plan: Plan, createdAt: Date): Date {
  return new Date(createdAt.getTime() + plan.holdMinutes * MINUTE_MS);
}
