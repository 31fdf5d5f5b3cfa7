/**
 * R43: places on a board, from how many policies have how many units. However many people there are,
 * that is a hundred numbers. Pure.
 */
import { addDays, type CalendarDate, daysBetween } from "@/lib/pricing/calendar";
import { isFit } from "@/lib/words/rules";

const A_MONDAY: CalendarDate = "2024-01-01";
const LETTERS = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** Policies by units; a number of units that nobody has may be left out. */
export type Buckets = readonly (readonly [units: number, policies: number])[];

export interface Place {
  rank: number;
  units: number;
  tiedWith: number;
}

export function countPolicies(buckets: Buckets): number {
  return sum(buckets, () => true);
}

/** The most units anybody has; 0 on an empty board. */
export function topUnits(buckets: Buckets): number {
  return Math.max(0, ...buckets.map(([units, policies]) => (policies > 0 ? units : 0)));
}

/** The place of a policy that is counted in the buckets: equal units, equal rank (1, 2, 2, 4). */
export function placeOf(buckets: Buckets, units: number): Place {
  return {
    rank: 1 + sum(buckets, (other) => other > units),
    units,
    tiedWith: Math.max(0, sum(buckets, (other) => other === units) - 1),
  };
}

/**
 * How many of the others have fewer units, in whole percent, never rounded up. Null when nobody else
 * is there: ahead of nobody is neither 0 nor 100.
 */
export function aheadOfPercent(buckets: Buckets, units: number): number | null {
  const others = countPolicies(buckets) - 1;
  if (others < 1) return null;
  return Math.floor((sum(buckets, (other) => other < units) * 100) / others);
}

/**
 * What stands on a board instead of a person: the nickname, or `雨*` where he wants it so or where no
 * one would want to read it. Null without a nickname.
 */
export function boardName(nickname: string | null, isMasked: boolean): string | null {
  const name = nickname?.trim() ?? "";
  if (name === "") return null;
  return isMasked || !isFit(name) ? `${firstLetter(name)}*` : name;
}

/** A letter as people see it: an emoji of several code points is one. */
function firstLetter(name: string): string {
  const [first] = LETTERS.segment(name);
  return first?.segment ?? "";
}

/** The first day of the week that a day after 2024 is in. */
export function mondayOf(date: CalendarDate): CalendarDate {
  return addDays(date, -(daysBetween(A_MONDAY, date) % 7));
}

function sum(buckets: Buckets, counts: (units: number) => boolean): number {
  return buckets.reduce((total, [units, n]) => total + (counts(units) ? n : 0), 0);
}
