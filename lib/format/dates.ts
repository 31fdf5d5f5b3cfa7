/**
 * Dates and times as the product says them, always in Shanghai whatever the server's zone. Pure:
 * "today" is an argument. Calendar dates are `YYYY-MM-DD`, instants are ISO 8601.
 */
import { dateMessages } from "@/lib/i18n/dates";
import type { Locale } from "@/lib/i18n/locale";
import { addDays, type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

function partsOf(date: CalendarDate) {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return { year, month, day };
}

/** The Shanghai day of an ISO instant. */
export function dayOfInstant(instant: string): CalendarDate {
  return shanghaiDateOf(new Date(instant));
}

/** `7 月 21 日`; with the year when it is not the year of `today`. */
export function formatDay(date: CalendarDate, today: CalendarDate, locale: Locale): string {
  const parts = partsOf(date);
  const words = dateMessages(locale);
  return date.slice(0, 4) === today.slice(0, 4) ? words.day(parts) : words.dayOfYear(parts);
}

/** `2027 年 2 月 21 日`, for documents, where a date must stand alone. */
export function formatFullDay(date: CalendarDate, locale: Locale): string {
  return dateMessages(locale).dayOfYear(partsOf(date));
}

/** `2027 年 2 月`, for an axis. */
export function formatMonth(date: CalendarDate, locale: Locale): string {
  return dateMessages(locale).month(partsOf(date));
}

/** Yesterday, today and tomorrow by name, other days as `formatDay`. */
export function formatNearDay(date: CalendarDate, today: CalendarDate, locale: Locale): string {
  const words = dateMessages(locale);
  if (date === today) return words.today;
  if (date === addDays(today, -1)) return words.yesterday;
  if (date === addDays(today, 1)) return words.tomorrow;
  return formatDay(date, today, locale);
}

/** `11:42:05` in Shanghai, or `11:42`. */
export function formatTime(instant: string, precision: "minute" | "second" = "minute"): string {
  const shanghai = new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString();
  return shanghai.slice(11, precision === "second" ? 19 : 16);
}

/** For a list: the time today, otherwise the day. */
export function formatMoment(instant: string, today: CalendarDate, locale: Locale): string {
  const day = dayOfInstant(instant);
  return day === today ? formatTime(instant) : formatNearDay(day, today, locale);
}

/** `昨天 21:08`, `11 月 3 日 09:15`. */
export function formatDayAndTime(instant: string, today: CalendarDate, locale: Locale): string {
  return `${formatNearDay(dayOfInstant(instant), today, locale)} ${formatTime(instant)}`;
}
