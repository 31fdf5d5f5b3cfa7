import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aheadOfPercent,
  type Buckets,
  boardName,
  countPolicies,
  mondayOf,
  placeOf,
  topUnits,
} from "./rules";

const BUCKETS: Buckets = [
  [37, 1],
  [12, 2],
  [3, 4],
  [1, 3],
];

describe("places", () => {
  test.each([
    [37, { rank: 1, tiedWith: 0 }, 100],
    [12, { rank: 2, tiedWith: 1 }, 77],
    [3, { rank: 4, tiedWith: 3 }, 33],
    [1, { rank: 8, tiedWith: 2 }, 0],
  ])("R43: %i units", (units, place, percent) => {
    expect(placeOf(BUCKETS, units)).toEqual({ units, ...place });
    expect(aheadOfPercent(BUCKETS, units)).toBe(percent);
  });

  test("alone there is nobody to be ahead of", () => {
    expect(aheadOfPercent([[5, 1]], 5)).toBeNull();
    expect(placeOf([[5, 1]], 5)).toEqual({ rank: 1, units: 5, tiedWith: 0 });
  });

  test("an empty board", () => {
    expect(countPolicies([])).toBe(0);
    expect(topUnits([])).toBe(0);
    expect(
      topUnits([
        [9, 0],
        [4, 2],
      ]),
    ).toBe(4);
  });

  const policies = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 60 });
  const bucketsOf = (units: readonly number[]): Buckets => {
    const counts = new Map<number, number>();
    for (const one of units) counts.set(one, (counts.get(one) ?? 0) + 1);
    return [...counts];
  };

  test("property: they are those of counting everybody, one by one", () => {
    fc.assert(
      fc.property(policies, (units) => {
        const buckets = bucketsOf(units);
        expect(countPolicies(buckets)).toBe(units.length);
        for (const mine of units) {
          const better = units.filter((other) => other > mine).length;
          const worse = units.filter((other) => other < mine).length;
          expect(placeOf(buckets, mine)).toEqual({
            rank: better + 1,
            units: mine,
            tiedWith: units.length - better - worse - 1,
          });
          expect(aheadOfPercent(buckets, mine)).toBe(
            Math.floor((worse * 100) / (units.length - 1)),
          );
        }
      }),
    );
  });

  test("property: more units are never a worse place, nor ahead of fewer", () => {
    fc.assert(
      fc.property(policies, fc.nat(), (units, seed) => {
        const at = seed % units.length;
        const mine = units[at] ?? 1;
        const after = units.with(at, Math.min(100, mine + 1));
        const [before, then] = [bucketsOf(units), bucketsOf(after)];
        const more = after[at] ?? 1;
        expect(placeOf(then, more).rank).toBeLessThanOrEqual(placeOf(before, mine).rank);
        expect(aheadOfPercent(then, more)).toBeGreaterThanOrEqual(
          aheadOfPercent(before, mine) ?? 0,
        );
      }),
    );
  });
});

describe("names", () => {
  test.each([
    ["小雨", false, "小雨"],
    ["小雨", true, "小*"],
    ["  小雨 ", false, "小雨"],
    ["👨‍👩‍👧 一家", true, "👨‍👩‍👧*"],
    ["A", true, "A*"],
    ["加微信 abc12345", false, "加*"],
    ["", true, null],
    ["   ", false, null],
    [null, false, null],
  ])("%j, masked %s: %j", (nickname, isMasked, expected) => {
    expect(boardName(nickname, isMasked)).toBe(expected);
  });
});

test.each([
  ["2026-11-23", "2026-11-23"],
  ["2026-11-29", "2026-11-23"],
  ["2026-11-30", "2026-11-30"],
  ["2027-01-02", "2026-12-28"],
])("the week of %s begins on %s", (date, monday) => {
  expect(mondayOf(date)).toBe(monday);
});
