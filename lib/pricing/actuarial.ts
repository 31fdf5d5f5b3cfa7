/**
 * Is the plan's price sound (R55, product-rules.md §4)? Estimates, so floats are right here and
 * nowhere else in this folder; no result of this file ever becomes an amount of money.
 */
import { assertPricing, assertWhole } from "./assert";
import { bandForAge } from "./eligibility";
import type { Sex } from "./identity";
import type { Plan } from "./plan";
import { REGISTRY_ROWS, type RegistryRow } from "./registry-table";

/** One group of insured people and its share; weights need not sum to 1. */
export interface MixEntry {
  sex: Sex | "unisex";
  age: number;
  weight: number;
}

export interface LossOptions {
  /** Share of the cover that a diagnosis pays, in basis points. Default 10,000: all of it. */
  payoutBps?: number;
  /** The same for thyroid cancer, which newer clauses pay at 30 % or not at all. Default: as above. */
  thyroidPayoutBps?: number;
  /** Days after the policy's effective date on which units take effect: d in (275 − d)/365. */
  delayDays?: number;
  /** Multiplies incidence, in basis points: a stress of 1.5 is 15,000. Default 10,000. */
  incidenceBps?: number;
}

export type PlanSoundDecision =
  | { ok: true; lossRatio: number }
  | { ok: false; code: "loss_ratio_too_low" | "loss_ratio_too_high"; lossRatio: number };

/** Publishing is blocked outside these (R55): below is poor value, above cannot last. */
export const LOSS_RATIO_MIN = 0.4;
export const LOSS_RATIO_MAX = 0.9;

/** The formula counts years of 365 days whatever the calendar says (§4.2: 275/365). */
const YEAR_DAYS = 365;
const BPS_WHOLE = 10_000;

/** The fit was made on ages 15–54; outside it the parabola means nothing. */
const FIT_AGE_MIN = 15;
const FIT_AGE_MAX = 54;

/**
 * New cancers per 100,000 people of this age and year: the graduated Poisson log-quadratic fit of
 * §4.2, z = (age + 0.5 − 35)/10. Unisex is the plain mean of both sexes.
 */
export function incidencePer100k(sex: Sex | "unisex", age: number): number {
  assertWhole("age", age, FIT_AGE_MIN, FIT_AGE_MAX);
  const z = (age + 0.5 - 35) / 10;
  if (sex === "male") return Math.exp(4.118 + 0.8401 * z + 0.0367 * z * z);
  if (sex === "female") return Math.exp(4.9705 + 0.9421 * z - 0.1272 * z * z);
  return (incidencePer100k("male", age) + incidencePer100k("female", age)) / 2;
}

function getRegistryRow(age: number): RegistryRow {
  const row = REGISTRY_ROWS.find((each) => each.ageFrom <= age && age <= each.ageTo);
  assertPricing(row !== undefined, `no registry row for age ${age}`);
  return row;
}

/** Thyroid's share of all cancers, 0…1, from the five-year group's raw rates. */
export function thyroidShare(sex: Sex | "unisex", age: number): number {
  const row = getRegistryRow(age);
  const sexes: readonly Sex[] = sex === "unisex" ? ["male", "female"] : [sex];
  let thyroidPer100k = 0;
  let allPer100k = 0;
  for (const each of sexes) {
    thyroidPer100k += row[each].thyroidPer100k;
    allPer100k += (row[each].cases / row[each].personYears) * 100_000;
  }
  return thyroidPer100k / allPer100k;
}

/** Share of a year in which a unit pays: (term − waiting − delay)/365, 275/365 at no delay. */
export function exposureYears(plan: Plan, delayDays = 0): number {
  assertWhole("delayDays", delayDays, 0, plan.collectingDays + 1); // + 1: paid in the grace minutes.
  return (YEAR_DAYS * plan.termYears - plan.waitingDays - delayDays) / YEAR_DAYS;
}

/**
 * Expected claims per yuan of premium (R55):
 * Σ weight · incidence · payout rate · cover per unit · exposure ÷ premium ÷ Σ weight.
 * Before expenses, selection and tax. Ages outside the plan's bands are a bug of the caller.
 */
export function expectedLossRatio(
  plan: Plan,
  mix: readonly MixEntry[],
  options: LossOptions = {},
): number {
  const { payoutBps = BPS_WHOLE, delayDays = 0, incidenceBps = BPS_WHOLE } = options;
  const { thyroidPayoutBps = payoutBps } = options;
  assertWhole("payoutBps", payoutBps, 0, BPS_WHOLE);
  assertWhole("thyroidPayoutBps", thyroidPayoutBps, 0, BPS_WHOLE);
  assertWhole("incidenceBps", incidenceBps);
  const yearsExposed = exposureYears(plan, delayDays);
  let weightTotal = 0;
  let claimsYuan = 0;
  for (const { sex, age, weight } of mix) {
    assertPricing(Number.isFinite(weight) && weight >= 0, "a weight must not be negative");
    const band = bandForAge(plan, age);
    assertPricing(band !== null, `the plan does not insure age ${age}`);
    // The registry's rows end at 49, so they are read only where thyroid is paid differently.
    const share = thyroidPayoutBps === payoutBps ? 0 : thyroidShare(sex, age);
    const payoutRate = (payoutBps * (1 - share) + thyroidPayoutBps * share) / BPS_WHOLE;
    const incidence = (incidencePer100k(sex, age) / 100_000) * (incidenceBps / BPS_WHOLE);
    claimsYuan += weight * incidence * payoutRate * band.coverPerUnitYuan * yearsExposed;
    weightTotal += weight;
  }
  assertPricing(weightTotal > 0, "a mix needs a weight above 0");
  return claimsYuan / weightTotal / (plan.unitPremiumFen / 100);
}

/**
 * The registry's own population in the plan's ages, each five-year group spread evenly over its
 * years: the neutral guess before a campaign has customers of its own.
 */
export function registryMix(plan: Plan): MixEntry[] {
  const mix: MixEntry[] = [];
  for (const row of REGISTRY_ROWS) {
    const years = row.ageTo - row.ageFrom + 1;
    for (let age = row.ageFrom; age <= row.ageTo; age += 1) {
      if (bandForAge(plan, age) === null) continue;
      mix.push({ sex: "male", age, weight: row.male.personYears / years });
      mix.push({ sex: "female", age, weight: row.female.personYears / years });
    }
  }
  return mix;
}

/** May this plan be published (R55)? Its expected loss ratio must lie within [0.40, 0.90]. */
export function decidePlanSound(
  plan: Plan,
  mix: readonly MixEntry[],
  options: LossOptions = {},
): PlanSoundDecision {
  const lossRatio = expectedLossRatio(plan, mix, options);
  if (lossRatio < LOSS_RATIO_MIN) return { ok: false, code: "loss_ratio_too_low", lossRatio };
  if (lossRatio > LOSS_RATIO_MAX) return { ok: false, code: "loss_ratio_too_high", lossRatio };
  return { ok: true, lossRatio };
}
