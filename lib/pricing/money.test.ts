import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import { allocateFen, assertFen, prorateFenFloor, sumFen } from "./money";

describe("fen", () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    "%d is not an amount",
    (value) => {
      expect(() => assertFen(value)).toThrow(PricingAssertionError);
    },
  );

  it("0 and the largest safe integer are amounts", () => {
    expect(() => assertFen(0)).not.toThrow();
    expect(() => assertFen(Number.MAX_SAFE_INTEGER)).not.toThrow();
  });

  it("a sum beyond the safe integers is refused, not rounded", () => {
    expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(PricingAssertionError);
    expect(sumFen([])).toBe(0);
  });

  it.each([
    [100, 274, 365, 75], // 27400 / 365 = 75.07
    [100, 1, 365, 0], // 100 / 365 = 0.27
    [100, 364, 365, 99], // 36400 / 365 = 99.73: rounded down, not to the nearest
    [100, 365, 365, 100],
    [0, 7, 9, 0],
  ])("%i × %i/%i is %i, rounded down", (totalFen, numerator, denominator, expected) => {
    expect(prorateFenFloor(totalFen, numerator, denominator)).toBe(expected);
  });

  it("a product beyond the safe integers is refused", () => {
    expect(() => prorateFenFloor(2 ** 40, 2 ** 20, 3)).toThrow(PricingAssertionError);
    expect(() => prorateFenFloor(100, 1, 0)).toThrow(PricingAssertionError);
  });
});

describe("allocateFen", () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]], // 33.33 each; the fen left goes to the first
    [101, [1, 1, 1], [34, 34, 33]],
    [2, [0, 1, 1, 1], [0, 1, 1, 0]], // a weight of 0 never gets a fen
    [0, [3, 4], [0, 0]],
    [7, [5], [7]],
  ])("%i fen in parts %j is %j", (totalFen, parts, expected) => {
    expect(allocateFen(totalFen, parts)).toEqual(expected);
  });

  it("needs a part above 0", () => {
    expect(() => allocateFen(100, [])).toThrow(PricingAssertionError);
    expect(() => allocateFen(100, [0, 0])).toThrow(PricingAssertionError);
    expect(() => allocateFen(100, [1, -1])).toThrow(PricingAssertionError);
  });

  it("parts sum to the whole, each within one fen of its exact share", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1_000_000_000 }),
        fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 100 }),
        (totalFen, parts) => {
          const weightTotal = parts.reduce((total, part) => total + part, 0);
          fc.pre(weightTotal > 0);
          const shares = allocateFen(totalFen, parts);
          expect(sumFen(shares)).toBe(totalFen);
          shares.forEach((shareFen, index) => {
            const weight = parts[index] ?? 0;
            expect(Math.abs(shareFen - (totalFen * weight) / weightTotal)).toBeLessThanOrEqual(1);
            if (weight === 0) expect(shareFen).toBe(0);
          });
        },
      ),
    );
  });
});
