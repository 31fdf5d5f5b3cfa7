/**
 * Goal: a waiting or ended unit never counts, and summary, timeline and claim agree on every day.
 * Method: one worked policy by hand, then properties against the rule written naively.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import { addDays, daysBetween } from "./calendar";
import { type CoverUnit, coverSummary, coverTimeline, payableCover } from "./cover";

const EFFECTIVE_ON = "2026-11-23";
const LAST_DAY_ON = "2027-11-22";

/** A unit that takes effect n days after the policy. */
function unit(n: number, endedAfterDays: number | null = null, coverYuan = 1000): CoverUnit {
  return {
    coverYuan,
    effectiveOn: addDays(EFFECTIVE_ON, n),
    maturesOn: addDays(EFFECTIVE_ON, n + 90),
    lastDayOn: LAST_DAY_ON,
    endedOn: endedAfterDays === null ? null : addDays(EFFECTIVE_ON, endedAfterDays),
  };
}

/** Two on the first evening, one on day 30, one refunded before it took effect. */
const story = [unit(0), unit(0), unit(30), unit(5, 4)];

describe("R24: payable cover", () => {
  it.each([
    ["2026-11-22", 0, "before the term"],
    ["2026-11-23", 0, "day 1 of the wait"],
    ["2027-02-20", 0, "day 90 of the wait, 89 days on"],
    ["2027-02-21", 2000, "effective date + 90"],
    ["2027-03-22", 2000, "day 90 of the last unit's wait"],
    ["2027-03-23", 3000, "all have matured"],
    ["2027-11-22", 3000, "the last day"],
    ["2027-11-23", 0, "the day after"],
  ])("on %s it is %i (%s)", (day, expected) => {
    expect(payableCover(story, day)).toBe(expected);
  });

  it("a unit that ended stops on its ended day, not before", () => {
    const surrendered = [unit(0, 120)];
    expect(payableCover(surrendered, addDays(EFFECTIVE_ON, 119))).toBe(1000);
    expect(payableCover(surrendered, addDays(EFFECTIVE_ON, 120))).toBe(0);
  });

  it("malformed units are assertion errors", () => {
    const backwards = { ...unit(0), maturesOn: "2026-11-22" };
    expect(() => payableCover([backwards], EFFECTIVE_ON)).toThrow(PricingAssertionError);
    expect(() => payableCover([{ ...unit(0), coverYuan: 0.5 }], EFFECTIVE_ON)).toThrow(
      PricingAssertionError,
    );
    expect(() => payableCover([], "today")).toThrow(PricingAssertionError);
  });
});

describe("R24: the summary", () => {
  it.each([
    ["2026-11-22", 0, 3000, { on: "2027-02-21", payableYuan: 2000, unitsMatured: 2 }],
    ["2027-02-20", 0, 3000, { on: "2027-02-21", payableYuan: 2000, unitsMatured: 2 }],
    ["2027-02-21", 2000, 1000, { on: "2027-03-23", payableYuan: 3000, unitsMatured: 1 }],
    ["2027-03-23", 3000, 0, { on: "2027-11-23", payableYuan: 0, unitsMatured: 0 }],
    ["2027-11-22", 3000, 0, { on: "2027-11-23", payableYuan: 0, unitsMatured: 0 }],
    ["2027-11-23", 0, 0, null],
  ])("on %s: %i now, %i waiting, next %j", (day, payableNowYuan, waitingYuan, nextChange) => {
    expect(coverSummary(story, day)).toEqual({
      payableNowYuan,
      waitingYuan,
      totalYuan: payableNowYuan + waitingYuan,
      nextChange,
    });
  });

  it.each([
    [60, "before it matures"],
    [90, "on the day it would mature"],
  ])("promises nothing of a unit that ends after %i days, %s", (endedAfterDays) => {
    expect(coverSummary([unit(0, endedAfterDays)], EFFECTIVE_ON)).toEqual({
      payableNowYuan: 0,
      waitingYuan: 0,
      totalYuan: 0,
      nextChange: null,
    });
  });

  it("a day on which one unit comes and an equal one goes is no change", () => {
    const swap = [unit(0, 100), unit(10)];
    expect(coverSummary(swap, addDays(EFFECTIVE_ON, 95)).nextChange?.on).toBe("2027-11-23");
  });
});

describe("R24: the timeline", () => {
  it("starts at the first effective date, steps at each change, ends at 0", () => {
    expect(coverTimeline(story)).toEqual([
      { on: "2026-11-23", payableYuan: 0 },
      { on: "2027-02-21", payableYuan: 2000 },
      { on: "2027-03-23", payableYuan: 3000 },
      { on: "2027-11-23", payableYuan: 0 },
    ]);
  });

  it("without units there is none; units that never count give one step of 0", () => {
    expect(coverTimeline([])).toEqual([]);
    expect(coverTimeline([unit(3, 3)])).toEqual([{ on: "2026-11-26", payableYuan: 0 }]);
  });

  it("starts with its value when nothing waits", () => {
    const atOnce = { ...unit(0), maturesOn: EFFECTIVE_ON };
    expect(coverTimeline([atOnce])).toEqual([
      { on: EFFECTIVE_ON, payableYuan: 1000 },
      { on: "2027-11-23", payableYuan: 0 },
    ]);
  });
});

describe("R24: on every day of every policy", () => {
  const units = fc.array(
    fc
      .tuple(
        fc.integer({ min: 0, max: 31 }),
        fc.option(fc.integer({ min: -1, max: 370 }), { nil: null }),
        fc.constantFrom(300, 1000),
      )
      .map(([n, endedAfterDays, coverYuan]) => unit(n, endedAfterDays, coverYuan)),
    { maxLength: 40 },
  );
  const everyDay = Array.from({ length: 375 }, (_, index) => addDays(EFFECTIVE_ON, index - 3));

  it("payable is the naive sum: matured, in term, not ended; never more than was bought", () => {
    fc.assert(
      fc.property(units, (all) => {
        const boughtYuan = all.reduce((total, each) => total + each.coverYuan, 0);
        for (const day of everyDay) {
          const naive = all
            .filter((each) => daysBetween(each.effectiveOn, day) >= 90)
            .filter((each) => day <= each.lastDayOn)
            .filter((each) => each.endedOn === null || day < each.endedOn)
            .reduce((total, each) => total + each.coverYuan, 0);
          expect(payableCover(all, day)).toBe(naive);
          expect(naive).toBeLessThanOrEqual(boughtYuan);
        }
      }),
      { numRuns: 25 }, // Each run walks 375 days.
    );
  });

  it("timeline and summary agree with payableCover on every day", () => {
    fc.assert(
      fc.property(units, (all) => {
        const timeline = coverTimeline(all);
        for (const day of everyDay) {
          const step = timeline.findLast((each) => each.on <= day);
          const payableYuan = payableCover(all, day);
          expect(step?.payableYuan ?? 0).toBe(payableYuan);
          const summary = coverSummary(all, day);
          const next = timeline.find((each) => each.on > day && each.payableYuan !== payableYuan);
          expect(summary.payableNowYuan).toBe(payableYuan);
          expect(summary.totalYuan).toBe(summary.payableNowYuan + summary.waitingYuan);
          expect(summary.nextChange?.on ?? null).toBe(next?.on ?? null);
          expect(summary.nextChange?.payableYuan).toBe(next?.payableYuan);
        }
        const last = timeline.at(-1);
        if (last) expect(last.payableYuan).toBe(0);
        expect(timeline.map((each) => each.on)).toEqual(
          [...new Set(timeline.map((each) => each.on))].sort(),
        );
      }),
      { numRuns: 25 }, // Each run walks 375 days.
    );
  });
});
