import type { Sex } from "./identity";

/** Cancer cases (ICD-10 C00–C97), person-years, and thyroid (C73) rate, of one sex and age. */
export interface RegistryCell {
  readonly cases: number;
  readonly personYears: number;
  readonly thyroidPer100k: number;
}

export interface RegistryRow extends Readonly<Record<Sex, RegistryCell>> {
  readonly ageFrom: number;
  readonly ageTo: number;
}

const cell = (cases: number, personYears: number, thyroidPer100k: number): RegistryCell => ({
  cases,
  personYears,
  thyroidPer100k,
});

/**
 * Five-year aggregates of a Chinese regional cancer registry, 2.06 million person-years, as
 * published in product-rules.md §4.2: a usable proxy for the nation's rates, not an insurer's table.
 * Aggregates only; no row about a person may ever enter the project.
 */
export const REGISTRY_ROWS: readonly RegistryRow[] = [
  { ageFrom: 15, ageTo: 19, male: cell(9, 60_893, 1.6), female: cell(7, 55_665, 1.8) },
  { ageFrom: 20, ageTo: 24, male: cell(7, 61_162, 3.3), female: cell(15, 57_090, 7.0) },
  { ageFrom: 25, ageTo: 29, male: cell(34, 66_123, 19.7), female: cell(56, 65_880, 33.4) },
  { ageFrom: 30, ageTo: 34, male: cell(48, 87_893, 31.9), female: cell(128, 100_836, 68.4) },
  { ageFrom: 35, ageTo: 39, male: cell(57, 85_944, 31.4), female: cell(160, 94_141, 69.0) },
  { ageFrom: 40, ageTo: 44, male: cell(90, 78_281, 40.9), female: cell(207, 83_036, 77.1) },
  { ageFrom: 45, ageTo: 49, male: cell(141, 76_345, 30.1), female: cell(307, 77_745, 75.9) },
];
