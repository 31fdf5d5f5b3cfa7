import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideCelebration, findMilestone, listMilestones, tellFullStory } from "./rules";

const cellsOf = (unitsMax: number) => listMilestones(unitsMax).map(({ cells }) => cells);
const namesOf = (unitsMax: number) => listMilestones(unitsMax).map(({ name }) => name);

describe("the moments of a grid", () => {
  test.each([
    [100, [1, 10, 30, 50, 99, 100], [1, 10, 30, 50, 99, 100]],
    [60, [1, 10, 30, 50, 59, 60], [1, 10, 30, 50, 99, 100]],
    [50, [1, 10, 30, 49, 50], [1, 10, 30, 99, 100]],
    [31, [1, 10, 30, 31], [1, 10, 99, 100]],
    [10, [1, 9, 10], [1, 99, 100]],
    [2, [1, 2], [99, 100]],
    [1, [1], [100]],
  ])("of %i cells", (unitsMax, cells, names) => {
    expect(cellsOf(unitsMax)).toEqual(cells);
    expect(namesOf(unitsMax)).toEqual(names);
  });

  test("one that a small grid does not have is not found", () => {
    expect(findMilestone(31, 50)).toBeUndefined();
    expect(findMilestone(31, 99)).toEqual({ name: 99, cells: 30 });
  });
});

describe("what is celebrated now", () => {
  const celebrate = (units: number, celebrated: number[] = [], unitsMax = 100) =>
    decideCelebration({ units, unitsMax, celebrated })?.name ?? null;

  test.each([
    ["nothing before anything is lit", 0, [], null],
    ["the very cell", 1, [], 1],
    ["between two moments, the one that was passed", 37, [1, 10], 30],
    ["only the highest of several that came at once", 50, [1], 50],
    ["nothing twice", 37, [30], null],
    ["nothing on the way up after a refund", 30, [1, 10, 30], null],
    ["nor a lower one that was never shown itself", 30, [50], null],
    ["one cell before the end", 99, [1, 50], 99],
    ["the end", 100, [99], 100],
  ] as const)("%s", (_label, units, celebrated, expected) => {
    expect(celebrate(units, [...celebrated])).toBe(expected);
  });

  test("whatever comes and goes, nothing is celebrated twice and nothing lower afterwards", () => {
    const walks = fc.tuple(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.nat(100), { maxLength: 60 }),
    );
    fc.assert(
      fc.property(walks, ([unitsMax, walk]) => {
        const celebrated: number[] = [];
        for (const step of walk) {
          const units = Math.min(step, unitsMax);
          const now = decideCelebration({ units, unitsMax, celebrated });
          if (!now) continue;
          expect(now.cells).toBeLessThanOrEqual(units);
          expect(now.name).toBeGreaterThan(Math.max(0, ...celebrated));
          celebrated.push(now.name);
        }
        expect(celebrated.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe("the story of a full grid", () => {
  const unit = (at: string, isOwn = false) => ({ settledAt: new Date(`${at}:00+08:00`), isOwn });

  test("days are Shanghai's, in whatever order the cells are listed", () => {
    const units = [
      unit("2026-11-26T00:10"),
      unit("2026-11-24T23:59", true),
      unit("2026-11-25T09:00"),
      unit("2026-11-25T10:00"),
    ];
    expect(tellFullStory(units)).toEqual({
      firstOn: "2026-11-24",
      fullOn: "2026-11-26",
      days: 3,
      moments: [
        { cells: 1, on: "2026-11-24" },
        { cells: 3, on: "2026-11-25" },
        { cells: 4, on: "2026-11-26" },
      ],
      busiest: { on: "2026-11-25", cells: 2 },
    });
  });

  test("of equal days the earlier one is told, and one's own cell is no friend", () => {
    const units = [
      unit("2026-11-24T08:00", true),
      unit("2026-11-24T09:00"),
      unit("2026-11-25T09:00"),
    ];
    expect(tellFullStory(units).busiest).toEqual({ on: "2026-11-24", cells: 1 });
    expect(tellFullStory([unit("2026-11-24T08:00", true)])).toMatchObject({
      days: 1,
      busiest: null,
    });
  });
});
