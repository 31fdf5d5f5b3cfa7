import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import { calculateRestatedCover, decideMisstatedAge } from "./misstated-age";
import { type Band, PLAN_2026_1 as plan } from "./plan";

const [bandA, bandB] = plan.bands as [Band, Band];
const effectiveOn = "2026-11-23";

describe("R33: a misstated age", () => {
  it.each([
    ["2008-11-24", bandA, { outcome: "rescind", age: 17 }],
    ["1976-11-23", bandB, { outcome: "rescind", age: 50 }],
    ["1986-11-24", bandA, { outcome: "unchanged", age: 39, band: bandA }],
    ["1986-11-23", bandA, { outcome: "reduce_benefit", age: 40, band: bandB }], // the 40th birthday
    ["1986-11-24", bandB, { outcome: "raise_cover", age: 39, band: bandA }],
    ["1980-01-01", bandB, { outcome: "unchanged", age: 46, band: bandB }],
  ])("truly born %s, issued in band %o: %j", (trueBornOn, issuedBand, expected) => {
    expect(decideMisstatedAge(plan, { issuedBand, trueBornOn, effectiveOn })).toEqual(expected);
  });

  it.each([
    [100_000, bandA, bandB, 30_000], // × 300/1000
    [1000, bandA, bandB, 300],
    [30_000, bandB, bandA, 100_000], // 100 units at 1000
    [300, bandB, bandA, 1000],
    [0, bandA, bandB, 0],
  ])("%i yuan of cover restated: case %#", (payableYuan, issuedBand, trueBand, expected) => {
    expect(calculateRestatedCover(plan, { payableYuan, issuedBand, trueBand })).toEqual({
      payableYuan: expected,
      unitsOverCap: 0,
    });
  });

  it("R14: raising never passes the cap; the units above it are named", () => {
    const capped = { ...plan, coverYuanMax: 50_000 };
    const cover = { payableYuan: 60 * 300, issuedBand: bandB, trueBand: bandA };
    expect(calculateRestatedCover(capped, cover)).toEqual({
      payableYuan: 50_000,
      unitsOverCap: 10,
    });
  });

  it("cover that is not whole units of the issued band is a bug", () => {
    const cover = { payableYuan: 500, issuedBand: bandA, trueBand: bandB };
    expect(() => calculateRestatedCover(plan, cover)).toThrow(PricingAssertionError);
  });

  it("restating there and back changes nothing, and never passes the cap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (units) => {
        const lower = calculateRestatedCover(plan, {
          payableYuan: units * 1000,
          issuedBand: bandA,
          trueBand: bandB,
        });
        const back = calculateRestatedCover(plan, {
          payableYuan: lower.payableYuan,
          issuedBand: bandB,
          trueBand: bandA,
        });
        expect(back).toEqual({ payableYuan: units * 1000, unitsOverCap: 0 });
        expect(back.payableYuan).toBeLessThanOrEqual(plan.coverYuanMax);
      }),
    );
  });
});
