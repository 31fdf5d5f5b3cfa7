import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "./calendar";
import { bandForAge, decideEligibility } from "./eligibility";
import { ageOn } from "./identity";
import { PLAN_2026_1 as plan } from "./plan";

describe("R4: bands", () => {
  it.each([
    [17, null],
    [18, "A"],
    [39, "A"],
    [40, "B"],
    [49, "B"],
    [50, null],
    [-1, null],
  ])("age %i is in band %s", (age, name) => {
    expect(bandForAge(plan, age)?.name ?? null).toBe(name);
  });
});

describe("R3, R4: eligibility on the effective date", () => {
  it.each<[string, object, string]>([
    ["2008-11-24", { ok: false, code: "age_out_of_range", age: 17 }, "18 a day too late"],
    ["2008-11-23", { ok: true, age: 18 }, "turns 18 on the effective date"],
    ["1986-11-24", { ok: true, age: 39 }, "40 a day later: still band A"],
    ["1986-11-23", { ok: true, age: 40 }, "the 40th birthday: band B"],
    ["1976-11-24", { ok: true, age: 49 }, "50 a day later"],
    ["1976-11-23", { ok: false, code: "age_out_of_range", age: 50 }, "the 50th birthday"],
  ])("born %s, effective 2026-11-23: %j (%s)", (bornOn, expected) => {
    expect(decideEligibility(plan, { bornOn, effectiveOn: "2026-11-23" })).toMatchObject(expected);
  });

  it("the 40th birthday changes the price of a yuan from 1000 to 300", () => {
    const coverOn = (effectiveOn: string) => {
      const decision = decideEligibility(plan, { bornOn: "1986-11-23", effectiveOn });
      return decision.ok ? decision.band.coverPerUnitYuan : null;
    };
    expect([coverOn("2026-11-22"), coverOn("2026-11-23")]).toEqual([1000, 300]);
  });

  it("insures exactly the ages of its bands, and in that band", () => {
    const days = fc.integer({ min: 0, max: 25_000 });
    fc.assert(
      fc.property(days, (daysOld) => {
        const effectiveOn = "2026-11-23";
        const bornOn = addDays(effectiveOn, -daysOld);
        const age = ageOn(bornOn, effectiveOn);
        const decision = decideEligibility(plan, { bornOn, effectiveOn });
        expect(decision.age).toBe(age);
        expect(decision.ok).toBe(age >= 18 && age <= 49);
        if (decision.ok) expect(decision.band.name).toBe(age < 40 ? "A" : "B");
      }),
    );
  });
});
