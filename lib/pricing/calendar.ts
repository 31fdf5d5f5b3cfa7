/**
 * Calendar dates of the business, which lives in Asia/Shanghai.
 *
 * Shanghai has been +08:00 all year since 1992, and no instant we handle (payments, claims) is
 * older; birth dates are older, but they are dates and never become instants. So a fixed offset is
 * exact here, and needs neither Intl nor the server's own zone.
 */
import { assertPricing, assertWhole } from "./assert";

/** A day in Asia/Shanghai as 'YYYY-MM-DD'. Plain string comparison orders dates. */
export type CalendarDate = string;

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** GB 11643's own example was born in 1880; a smaller year than 1800 is a typing mistake. */
const YEAR_MIN = 1800;
/** Far beyond any term. Together with YEAR_MIN it keeps every year at four digits. */
const YEAR_MAX = 2199;

const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whole days since 1970-01-01, or null when the text is not a real day we handle. */
function findEpochDay(value: string): number | null {
  const match = DATE_PATTERN.exec(value);
  if (!match) return null;
  const year = Number(match[1]);
  if (year < YEAR_MIN || year > YEAR_MAX) return null;
  const epochMs = Date.UTC(year, Number(match[2]) - 1, Number(match[3]));
  // Date.UTC rolls 31 April over to 1 May; only a real day survives the round trip.
  return new Date(epochMs).toISOString().slice(0, 10) === value ? epochMs / DAY_MS : null;
}

function getEpochDay(date: CalendarDate): number {
  const epochDay = findEpochDay(date);
  assertPricing(epochDay !== null, `not a calendar date (YYYY-MM-DD, ${YEAR_MIN}–${YEAR_MAX})`);
  return epochDay;
}

function dateOfEpochDay(epochDay: number): CalendarDate {
  const firstDay = Date.UTC(YEAR_MIN, 0, 1) / DAY_MS;
  const lastDay = Date.UTC(YEAR_MAX, 11, 31) / DAY_MS;
  assertWhole("epochDay", epochDay, firstDay, lastDay);
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

/** True for a real day written as 'YYYY-MM-DD' between 1800 and 2199. */
export function isCalendarDate(value: string): boolean {
  return findEpochDay(value) !== null;
}

/** Throws PricingAssertionError for anything that `isCalendarDate` refuses. */
export function assertCalendarDate(value: string): void {
  getEpochDay(value);
}

/** The Shanghai day in which an instant falls; midnight belongs to the day it opens. */
export function shanghaiDateOf(instant: Date): CalendarDate {
  const epochMs = instant.getTime();
  assertPricing(Number.isFinite(epochMs), "not a valid instant");
  return dateOfEpochDay(Math.floor((epochMs + SHANGHAI_OFFSET_MS) / DAY_MS));
}

/** The instant of 00:00 in Shanghai on that day. 24:00 of a day is 00:00 of the next. */
export function startOfShanghaiDay(date: CalendarDate): Date {
  return new Date(getEpochDay(date) * DAY_MS - SHANGHAI_OFFSET_MS);
}

/** The date `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  assertWhole("days", days, -200_000, 200_000); // Wider than the years above, which are checked after.
  return dateOfEpochDay(getEpochDay(date) + days);
}

/** The same day `years` later; 29 February becomes 28 February in common years (R21). */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  assertCalendarDate(date);
  assertWhole("years", years, -400, 400); // Wider than the years above, which are checked after.
  const sameDay = `${String(Number(date.slice(0, 4)) + years).padStart(4, "0")}${date.slice(4)}`;
  const moved = isCalendarDate(sameDay) ? sameDay : sameDay.replace(/-02-29$/, "-02-28");
  assertCalendarDate(moved);
  return moved;
}

/** Days from `from` to `to`: 0 on the same day, negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return getEpochDay(to) - getEpochDay(from);
}

/** Days from `from` to `to`, both counted; 0 when `to` is earlier. */
export function countDaysInclusive(from: CalendarDate, to: CalendarDate): number {
  return Math.max(0, daysBetween(from, to) + 1);
}

/** The earlier of two dates. */
export function minDate(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one < other ? one : other;
}

/** The later of two dates. */
export function maxDate(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}
