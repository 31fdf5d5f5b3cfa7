/** Invented but well-formed identity numbers (R1), never the same twice in a world. */

const CHECK_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** Twelve months of 28 days, and 1,000 numbers a day. */
const NUMBERS_A_YEAR = 12 * 28 * 1_000;
/** One number a tenth of a second: a worker that starts anew goes on where no other has been. */
const TICK_MS = 100;

let lastNumber = 0;

function withCheckDigit(digits: string): string {
  const sum = CHECK_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return `${digits}${"10X98765432"[sum % 11]}`;
}

function yearIn(now: Date): number {
  return Number(
    new Intl.DateTimeFormat("en", { year: "numeric", timeZone: "Asia/Shanghai" }).format(now),
  );
}

function numberBornIn(year: number): string {
  lastNumber = Math.max(lastNumber + 1, Math.floor(Date.now() / TICK_MS));
  const place = lastNumber % NUMBERS_A_YEAR;
  const dayOfYear = Math.floor(place / 1_000);
  const month = String(Math.floor(dayOfYear / 28) + 1).padStart(2, "0");
  const day = String((dayOfYear % 28) + 1).padStart(2, "0");
  return withCheckDigit(`110105${year}${month}${day}${String(place % 1_000).padStart(3, "0")}`);
}

/** Of somebody who is `age` or one year older, whatever day it is. */
export function idNumberAround(age: number, now: Date): string {
  return numberBornIn(yearIn(now) - age - 1);
}

/** The same number with a wrong last place. */
export function withWrongCheckDigit(idNumber: string): string {
  return `${idNumber.slice(0, 17)}${idNumber.endsWith("1") ? "2" : "1"}`;
}
