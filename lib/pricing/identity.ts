import { assertCalendarDate, type CalendarDate, isCalendarDate } from "./calendar";

export type Sex = "male" | "female";

export type IdNumberCode = "id_format" | "id_birth_date" | "id_checksum";

export type ParsedIdNumber =
  | { ok: true; idNumber: string; sex: Sex; bornOn: CalendarDate }
  | { ok: false; code: IdNumberCode };

/** GB 11643-1999: a region code never starts with 0; the last place is a digit or X. */
const ID_PATTERN = /^[1-9]\d{16}[\dX]$/;

/** ISO 7064 MOD 11-2: 2^(18−place) mod 11 for places 1…17, and the check mark by remainder. */
const CHECK_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_MARKS = "10X98765432";

/**
 * Reads a resident identity number (R1, R2). Trims, accepts a small x, and refuses the 15-digit
 * numbers of before 1999, which have been invalid since 2013. Checks run in the order of the codes:
 * shape, then a birth date that exists and is not after `today`, then the check mark.
 * The number is personal data: nothing here throws or reports it.
 */
export function parseIdNumber(raw: string, today: CalendarDate): ParsedIdNumber {
  assertCalendarDate(today);
  const idNumber = raw.trim().toUpperCase();
  if (!ID_PATTERN.test(idNumber)) return { ok: false, code: "id_format" };

  const bornOn = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
  if (!isCalendarDate(bornOn) || bornOn > today) return { ok: false, code: "id_birth_date" };

  const sum = CHECK_WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number(idNumber[index]),
    0,
  );
  if (idNumber[17] !== CHECK_MARKS[sum % 11]) return { ok: false, code: "id_checksum" };

  return { ok: true, idNumber, sex: Number(idNumber[16]) % 2 === 1 ? "male" : "female", bornOn };
}

/**
 * Age in full years on a day (R3): one more on the birthday itself. Somebody born on 29 February
 * turns a year older on 1 March of a common year, because 28 February still sorts before it.
 * Negative before birth.
 */
export function ageOn(bornOn: CalendarDate, on: CalendarDate): number {
  assertCalendarDate(bornOn);
  assertCalendarDate(on);
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return on.slice(5) >= bornOn.slice(5) ? years : years - 1;
}
