/**
 * 人品鉴定 (R43): a playful score from acts that a person did of his own will where others could see
 * them. Pure: the same acts give the same answer in any order, however often each is told, and no
 * clock is asked. Nothing here knows of health, money, credit, or who was anonymous.
 */
import { daysBetween, shanghaiDateOf } from "@/lib/pricing/calendar";
import { type AppraisalLine, LINE_KINDS, type LineKind, TITLES, type Title } from "./contract";

/**
 * How a gift ended. Only the giver's own taking back undoes it (R30): a friend who was declined
 * (R26), or whose policy ended, has given all the same.
 */
export type GiftEnding = "kept" | "refused" | "withdrawn";

export type Act =
  /** A yuan for somebody else that became a cell of his policy. */
  | {
      kind: "gave";
      giftId: string;
      policyId: string;
      friendId: string;
      at: Date;
      ending: GiftEnding;
    }
  /** A friend's yuan that became a cell of one's own policy. */
  | { kind: "came"; giftId: string; ending: GiftEnding }
  /** Thanks to whoever gave it, by a tap or in words. */
  | { kind: "thanked"; giftId: string };
type Gave = Extract<Act, { kind: "gave" }>;

/**
 * Points of each line, and up to how many it counts: a large circle of friends is no better a person.
 * `countMin` keeps lines that need several away from those who have one.
 */
export const FORMULA: Readonly<
  Record<LineKind, { pointsEach: number; countMin: number; countMax: number }>
> = {
  gave: { pointsEach: 3, countMin: 1, countMax: 40 },
  hour: { pointsEach: 3, countMin: 2, countMax: 10 },
  came: { pointsEach: 1, countMin: 1, countMax: 60 },
  both: { pointsEach: 2, countMin: 1, countMax: 20 },
  thanked: { pointsEach: 1, countMin: 1, countMax: 30 },
  weeks: { pointsEach: 2, countMin: 2, countMax: 26 },
};

/** The score from which each title is held. */
export const LADDER: Readonly<Record<Title, number>> = {
  loading: 0,
  hand: 3,
  heater: 10,
  kettle: 25,
  shop: 45,
  melon: 70,
  umbrella: 100,
  powerbank: 140,
  aunties: 190,
  heart: 250,
};

export interface Appraisal {
  score: number;
  title: Title;
  lines: AppraisalLine[];
  next: { title: Title; pointsToGo: number } | null;
}

export function appraise(acts: readonly Act[]): Appraisal {
  const counts = countActs(acts);
  const lines = LINE_KINDS.flatMap((kind) => lineOf(kind, counts[kind]));
  const score = lines.reduce((sum, line) => sum + line.points, 0);
  const held = TITLES.filter((title) => LADDER[title] <= score);
  const next = TITLES[held.length];
  return {
    score,
    title: held.at(-1) ?? TITLES[0],
    lines,
    next: next ? { title: next, pointsToGo: LADDER[next] - score } : null,
  };
}

/** For how many people the person has lit how many cells. */
export function sumUpGiving(acts: readonly Act[]): { friends: number; cells: number } {
  const gifts = listGifts(acts);
  return {
    friends: new Set(gifts.map(({ friendId }) => friendId)).size,
    cells: new Set(gifts.map(({ policyId }) => policyId)).size,
  };
}

function countActs(acts: readonly Act[]): Record<LineKind, number> {
  const gifts = listGifts(acts);
  const gave = new Set(gifts.map(({ policyId }) => policyId)).size;
  const came = countOnce(acts, "came");
  return {
    gave,
    hour: countInBestHour(gifts),
    came,
    // Not "the same people both ways": that would tell who an anonymous friend was.
    both: Math.min(gave, came),
    thanked: countOnce(acts, "thanked"),
    weeks: new Set(gifts.map(({ at }) => weekOf(at))).size,
  };
}

function lineOf(kind: LineKind, count: number): AppraisalLine[] {
  const { pointsEach, countMin, countMax } = FORMULA[kind];
  if (count < countMin) return [];
  const counted = Math.min(count, countMax);
  return [{ kind, count, counted, countMax, pointsEach, points: counted * pointsEach }];
}

function withdrawnIds(acts: readonly Act[]): Set<string> {
  return new Set(
    acts.flatMap((act) =>
      act.kind !== "thanked" && act.ending === "withdrawn" ? [act.giftId] : [],
    ),
  );
}

/** Gifts to others that their giver has not taken back. */
function listGifts(acts: readonly Act[]): Gave[] {
  const withdrawn = withdrawnIds(acts);
  return acts.filter((act): act is Gave => act.kind === "gave" && !withdrawn.has(act.giftId));
}

function countOnce(acts: readonly Act[], kind: "came" | "thanked"): number {
  const withdrawn = kind === "came" ? withdrawnIds(acts) : new Set<string>();
  const ids = acts.filter((act) => act.kind === kind).map(({ giftId }) => giftId);
  return new Set(ids.filter((id) => !withdrawn.has(id))).size;
}

const HOUR_MS = 60 * 60 * 1000;

/** To how many policies he gave within the sixty minutes in which they were most. */
function countInBestHour(gifts: readonly Gave[]): number {
  const inOrder = [...gifts].sort((one, other) => one.at.getTime() - other.at.getTime());
  let best = 0;
  for (const [index, { at }] of inOrder.entries()) {
    const helped = new Set<string>();
    for (const gift of inOrder.slice(index)) {
      if (gift.at.getTime() >= at.getTime() + HOUR_MS) break;
      helped.add(gift.policyId);
    }
    best = Math.max(best, helped.size);
  }
  return best;
}

/** A Monday; weeks are counted from it. */
const FIRST_MONDAY = "1970-01-05";

/** Shanghai's weeks, from Monday to Sunday. */
function weekOf(at: Date): number {
  return Math.floor(daysBetween(FIRST_MONDAY, shanghaiDateOf(at)) / 7);
}
