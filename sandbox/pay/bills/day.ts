import { DAY_MS, formatRfc3339 } from "../../time";

/** The calendar date in Shanghai, `2026-01-31`: the day whose bill a moment belongs to. */
export function formatDate(atMs: number): string {
  return formatRfc3339(atMs).slice(0, 10);
}

/** A day in Shanghai, from midnight to midnight. */
export interface Day {
  date: string;
  startAtMs: number;
  endAtMs: number;
}

/** Null when the text is not a date of the calendar written `YYYY-MM-DD`. */
export function parseDay(date: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const startAtMs = Date.parse(`${date}T00:00:00+08:00`);
  // Some parsers take 31 February for a day in March.
  if (Number.isNaN(startAtMs) || formatDate(startAtMs) !== date) return null;
  return { date, startAtMs, endAtMs: startAtMs + DAY_MS };
}

export const isOnDay = (day: Day, atMs: number) => atMs >= day.startAtMs && atMs < day.endAtMs;
