/** Which moments a grid has, which of them is celebrated now, and the story of a full one. Pure. */
import { type CalendarDate, daysBetween, shanghaiDateOf } from "@/lib/pricing/calendar";
import type { MilestoneName } from "./contract";

export interface Milestone {
  name: MilestoneName;
  /** Lit cells at which it is reached. */
  cells: number;
}

/** A grid of so many cells has these, from the smallest; the last two come before any other. */
export function listMilestones(unitsMax: number): Milestone[] {
  const byCells = new Map<number, MilestoneName>([
    [1, 1],
    [10, 10],
    [30, 30],
    [50, 50],
    [unitsMax - 1, 99],
    [unitsMax, 100],
  ]);
  return [...byCells]
    .map(([cells, name]) => ({ name, cells }))
    .filter(({ cells }) => cells >= 1 && cells <= unitsMax)
    .sort((one, other) => one.cells - other.cells);
}

export function findMilestone(unitsMax: number, name: number): Milestone | undefined {
  return listMilestones(unitsMax).find((milestone) => milestone.name === name);
}

/**
 * The one moment to celebrate now: the highest that is reached. Whoever celebrated it, or a later
 * one, has celebrated it and everything before: after a refund the way up is not celebrated again.
 */
export function decideCelebration(policy: {
  units: number;
  unitsMax: number;
  celebrated: readonly number[];
}): Milestone | null {
  const reached = listMilestones(policy.unitsMax).filter(({ cells }) => cells <= policy.units);
  const highest = reached.at(-1);
  return highest && policy.celebrated.every((name) => name < highest.name) ? highest : null;
}

export interface FullStory {
  firstOn: CalendarDate;
  fullOn: CalendarDate;
  /** Days from the first cell to the last, both counted. */
  days: number;
  /** When each moment was reached. */
  moments: { cells: number; on: CalendarDate }[];
  /** The day on which most friends came, the earlier of equals; null when nobody came. */
  busiest: { on: CalendarDate; cells: number } | null;
}

/** @param units the cells of a full grid in any order; at least one. */
export function tellFullStory(units: readonly { settledAt: Date; isOwn: boolean }[]): FullStory {
  const inOrder = [...units].sort(
    (one, other) => one.settledAt.getTime() - other.settledAt.getTime(),
  );
  const days = inOrder.map(({ settledAt }) => shanghaiDateOf(settledAt));
  const [firstOn = "", fullOn = firstOn] = [days[0], days.at(-1)];
  const moments = listMilestones(units.length).map(({ cells }) => ({
    cells,
    on: days[cells - 1] ?? fullOn,
  }));
  const friends = inOrder.filter(({ isOwn }) => !isOwn);
  return {
    firstOn,
    fullOn,
    days: daysBetween(firstOn, fullOn) + 1,
    moments,
    busiest: findBusiest(friends.map(({ settledAt }) => shanghaiDateOf(settledAt))),
  };
}

function findBusiest(days: readonly CalendarDate[]): FullStory["busiest"] {
  const counts = new Map<CalendarDate, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  // The days are in order, so the first of equals stays.
  let busiest: FullStory["busiest"] = null;
  for (const [on, cells] of counts) {
    if (!busiest || cells > busiest.cells) busiest = { on, cells };
  }
  return busiest;
}
