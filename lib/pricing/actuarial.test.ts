/**
 * Goal: the pricing guard computes what product-rules.md §4 published. Method: its printed rows and
 * figures as test vectors, to the digits they were printed with.
 *
 * §4.3 works on RAW five-year rates (cases over person-years), not on the graduated formula of R55,
 * so it is reproduced here from the table. Two of its printed digits do not come out: thyroid unpaid
 * at 20–39 (printed 0.34, computed 0.335) and thyroid at 30 % at 40–49 (printed 0.45, computed
 * 0.445); the thyroid column is rounded to 0.1 per 100,000, which cannot settle the last digit.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decidePlanSound,
  expectedLossRatio,
  exposureYears,
  incidencePer100k,
  LOSS_RATIO_MAX,
  LOSS_RATIO_MIN,
  type MixEntry,
  registryMix,
  thyroidShare,
} from "./actuarial";
import { PricingAssertionError } from "./assert";
import type { Sex } from "./identity";
import { PLAN_2026_1 as plan } from "./plan";
import { REGISTRY_ROWS } from "./registry-table";

const everyone = (age: number): MixEntry[] => [{ sex: "unisex", age, weight: 1 }];

describe("R55: the graduated table of §4.2", () => {
  it.each([
    [18, 17.0, 21.5, 19.3, 0.145],
    [20, 19.6, 28.1, 23.9, 0.18],
    [22, 22.8, 36.4, 29.6, 0.223],
    [25, 28.6, 52.5, 40.5, 0.305],
    [28, 36.1, 74.0, 55.1, 0.415],
    [30, 42.4, 91.9, 67.2, 0.506],
    [32, 49.9, 113.0, 81.4, 0.614],
    [34, 58.9, 137.4, 98.2, 0.74],
    [35, 64.1, 151.0, 107.5, 0.81],
    [37, 76.0, 180.9, 128.4, 0.968],
    [39, 90.3, 214.6, 152.5, 1.149],
    [40, 98.6, 232.8, 165.7, 1.248],
    [42, 117.8, 271.9, 194.8, 1.468],
    [45, 154.6, 336.8, 245.7, 1.851],
    [47, 185.9, 383.5, 284.7, 2.145],
    [49, 224.4, 432.3, 328.3, 2.474],
  ])("age %i: %d male, %d female, %d unisex, ¥%d per ¥1000", (age, male, female, unisex, cost) => {
    // Half a unit of the last printed digit, and a little for the coefficients' own rounding.
    expect(Math.abs(incidencePer100k("male", age) - male)).toBeLessThan(0.06);
    expect(Math.abs(incidencePer100k("female", age) - female)).toBeLessThan(0.06);
    expect(Math.abs(incidencePer100k("unisex", age) - unisex)).toBeLessThan(0.06);
    const costYuan = (incidencePer100k("unisex", age) / 100_000) * 1000 * exposureYears(plan);
    expect(Math.abs(costYuan - cost)).toBeLessThan(0.0006);
  });

  it("is refused outside the ages it was fitted on, and between them", () => {
    for (const age of [14, 55, 30.5]) {
      expect(() => incidencePer100k("male", age)).toThrow(PricingAssertionError);
    }
  });
});

describe("R55: expected loss ratio", () => {
  it("the published vector: age 30 unisex, ¥1000, all paid, no delay, is 0.506", () => {
    expect(Math.abs(expectedLossRatio(plan, everyone(30)) - 0.506)).toBeLessThanOrEqual(0.002);
  });

  it("exposure is 275/365 = 0.7534, and 245/365 = 0.671 for units of day 30", () => {
    expect(exposureYears(plan)).toBeCloseTo(0.7534, 4);
    expect(exposureYears(plan, 30)).toBeCloseTo(0.671, 3);
  });

  it("uses the band's cover: at 40 a yuan buys 300, so 1.248 becomes 0.374", () => {
    expect(expectedLossRatio(plan, everyone(40))).toBeCloseTo(1.248 * 0.3, 3);
  });

  it("scales with payout, stress and price", () => {
    const whole = expectedLossRatio(plan, everyone(30));
    expect(expectedLossRatio(plan, everyone(30), { payoutBps: 3000 })).toBeCloseTo(whole * 0.3, 9);
    expect(expectedLossRatio(plan, everyone(30), { incidenceBps: 15_000 })).toBeCloseTo(
      whole * 1.5, // §4.3: the stress for self-selection
      9,
    );
    expect(expectedLossRatio({ ...plan, unitPremiumFen: 200 }, everyone(30))).toBeCloseTo(
      whole / 2,
      9,
    );
  });

  it("thyroid paid at 30 % takes 70 % of its share off", () => {
    const share = thyroidShare("unisex", 30); // (31.9 + 68.4) / (54.6 + 126.9) = 0.5525
    expect(share).toBeCloseTo(0.5525, 3);
    expect(expectedLossRatio(plan, everyone(30), { thyroidPayoutBps: 3000 })).toBeCloseTo(
      expectedLossRatio(plan, everyone(30)) * (1 - 0.7 * share),
      9,
    );
  });

  it("weights count in proportion, so their unit does not matter", () => {
    const mix: MixEntry[] = [
      { sex: "male", age: 25, weight: 1 },
      { sex: "female", age: 45, weight: 3 },
    ];
    const tenfold = mix.map((entry) => ({ ...entry, weight: entry.weight * 10 }));
    expect(expectedLossRatio(plan, tenfold)).toBeCloseTo(expectedLossRatio(plan, mix), 12);
  });

  it("lies between the best and the worst of its groups, and falls with delay", () => {
    const entries = fc.record({
      sex: fc.constantFrom("male" as const, "female" as const, "unisex" as const),
      age: fc.integer({ min: 18, max: 49 }),
      weight: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(
        fc.array(entries, { minLength: 1, maxLength: 20 }),
        fc.nat({ max: 30 }),
        (mix, d) => {
          const each = mix.map((entry) => expectedLossRatio(plan, [entry]));
          const ratio = expectedLossRatio(plan, mix);
          expect(ratio).toBeGreaterThanOrEqual(Math.min(...each) - 1e-9);
          expect(ratio).toBeLessThanOrEqual(Math.max(...each) + 1e-9);
          expect(expectedLossRatio(plan, mix, { delayDays: d })).toBeLessThanOrEqual(ratio);
        },
      ),
    );
  });

  it.each<[string, () => number]>([
    ["an empty mix", () => expectedLossRatio(plan, [])],
    ["no weight", () => expectedLossRatio(plan, [{ sex: "male", age: 30, weight: 0 }])],
    ["a negative weight", () => expectedLossRatio(plan, [{ sex: "male", age: 30, weight: -1 }])],
    ["an age not insured", () => expectedLossRatio(plan, everyone(50))],
    ["a payout above all", () => expectedLossRatio(plan, everyone(30), { payoutBps: 10_001 })],
    ["a delay past the window", () => expectedLossRatio(plan, everyone(30), { delayDays: 32 })],
  ])("%s is a bug of the caller", (_label, call) => {
    expect(call).toThrow(PricingAssertionError);
  });
});

describe("§4.3 from the raw table", () => {
  /** Claims per ¥1: pooled cases over person-years, thyroid paid at a rate, × cover × 275/365. */
  function rawCost(
    sexes: readonly Sex[],
    ageFrom: number,
    ageTo: number,
    coverYuan: number,
    thyroidRate = 1,
  ): number {
    let cases = 0;
    let personYears = 0;
    for (const row of REGISTRY_ROWS) {
      if (row.ageFrom < ageFrom || row.ageTo > ageTo) continue;
      for (const sex of sexes) {
        const thyroidCases = (row[sex].thyroidPer100k * row[sex].personYears) / 100_000;
        cases += row[sex].cases - thyroidCases * (1 - thyroidRate);
        personYears += row[sex].personYears;
      }
    }
    return (cases / personYears) * coverYuan * exposureYears(plan);
  }
  const both: readonly Sex[] = ["male", "female"];

  it.each<[string, readonly Sex[], number, number, number, number, number]>([
    ["18–39 male", ["male"], 20, 39, 1000, 1, 0.37],
    ["18–39 female", ["female"], 20, 39, 1000, 1, 0.85],
    ["18–39 unisex", both, 20, 39, 1000, 1, 0.61],
    ["40–49 male", ["male"], 40, 49, 300, 1, 0.34],
    ["40–49 female", ["female"], 40, 49, 300, 1, 0.72],
    ["40–49 unisex", both, 40, 49, 300, 1, 0.53],
    ["18–39 thyroid 30 %", both, 20, 39, 1000, 0.3, 0.42],
    ["40–49 thyroid 0", both, 40, 49, 300, 0, 0.41],
    ["20–24", both, 20, 24, 1000, 1, 0.14],
    ["25–29", both, 25, 29, 1000, 1, 0.51],
    ["30–34", both, 30, 34, 1000, 1, 0.7],
    ["35–39", both, 35, 39, 1000, 1, 0.91],
    ["35–39 female", ["female"], 35, 39, 1000, 1, 1.28],
    ["40–44", both, 40, 44, 300, 1, 0.42],
    ["45–49", both, 45, 49, 300, 1, 0.66],
  ])("%s: printed to two digits", (_label, sexes, ageFrom, ageTo, cover, thyroid, printed) => {
    expect(Math.round(rawCost(sexes, ageFrom, ageTo, cover, thyroid) * 100) / 100).toBe(printed);
  });

  it("the two figures that miss their printed digit are within 0.006 of it", () => {
    expect(Math.abs(rawCost(both, 20, 39, 1000, 0) - 0.34)).toBeLessThan(0.006);
    expect(Math.abs(rawCost(both, 40, 49, 300, 0.3) - 0.45)).toBeLessThan(0.006);
  });

  it("cover per ¥1 at a loss ratio of 65 % is the printed row, rounded down", () => {
    const groups: [number, number][] = [
      [20, 24],
      [25, 29],
      [30, 34],
      [35, 39],
      [40, 44],
      [45, 49],
    ];
    const coverYuan = groups.map(([from, to]) => Math.floor(0.65 / rawCost(both, from, to, 1)));
    expect(coverYuan).toEqual([4637, 1265, 925, 715, 468, 296]);
  });
});

describe("R55: the pricing guard", () => {
  it("the plan on sale is sound for the registry's population", () => {
    const decision = decidePlanSound(plan, registryMix(plan));
    expect(decision.ok).toBe(true);
    expect(decision.lossRatio).toBeGreaterThan(0.5);
    expect(decision.lossRatio).toBeLessThan(0.6);
  });

  it.each([
    [20, "loss_ratio_too_low"], // 0.180
    [39, "loss_ratio_too_high"], // 1.149
  ])("a mix of only age %i is refused: %s", (age, code) => {
    expect(decidePlanSound(plan, everyone(age))).toMatchObject({ ok: false, code });
  });

  it("both bounds are still sound", () => {
    const ratio = expectedLossRatio(plan, everyone(30));
    // Two plans priced so that the ratio is at a bound, and a fen across it.
    const priceFor = (target: number) => (100 * ratio) / target;
    const soundAt = (unitPremiumFen: number) =>
      decidePlanSound({ ...plan, unitPremiumFen }, everyone(30)).ok;
    expect(soundAt(Math.floor(priceFor(LOSS_RATIO_MIN)))).toBe(true);
    expect(soundAt(Math.floor(priceFor(LOSS_RATIO_MIN)) + 1)).toBe(false);
    expect(soundAt(Math.ceil(priceFor(LOSS_RATIO_MAX)))).toBe(true);
    expect(soundAt(Math.ceil(priceFor(LOSS_RATIO_MAX)) - 1)).toBe(false);
  });

  it("the neutral mix holds each insured age once a sex", () => {
    const mix = registryMix(plan);
    expect(mix).toHaveLength(64); // ages 18–49, two sexes
    expect(new Set(mix.map((entry) => `${entry.sex} ${entry.age}`)).size).toBe(64);
  });
});
