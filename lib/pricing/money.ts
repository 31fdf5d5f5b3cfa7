import { assertPricing, assertWhole } from "./assert";

/** An amount in fen (1/100 yuan): a whole, non-negative, safe integer. Never a float. */
export type Fen = number;

/** Throws PricingAssertionError unless the value is a whole, non-negative number of fen. */
export function assertFen(value: number): void {
  assertWhole("fen", value);
}

/** Adds amounts; throws when the sum leaves the safe integers. */
export function sumFen(amounts: readonly Fen[]): Fen {
  let totalFen = 0;
  for (const amountFen of amounts) {
    assertFen(amountFen);
    totalFen += amountFen;
    assertFen(totalFen);
  }
  return totalFen;
}

/**
 * `totalFen × numerator / denominator`, rounded DOWN to a whole fen.
 * Exact: the product must be a safe integer and the division goes through the remainder, so no
 * float quotient is ever rounded.
 */
export function prorateFenFloor(totalFen: Fen, numerator: number, denominator: number): Fen {
  assertFen(totalFen);
  assertWhole("numerator", numerator);
  assertWhole("denominator", denominator, 1);
  const product = totalFen * numerator;
  assertWhole("totalFen × numerator", product);
  return (product - (product % denominator)) / denominator;
}

/**
 * Splits an amount in proportion to `parts` (whole, non-negative weights, at least one above 0).
 * Each share is rounded down; the fen left over go one each to the first shares in order, skipping
 * weights of 0, so the shares always sum to the whole.
 */
export function allocateFen(totalFen: Fen, parts: readonly number[]): Fen[] {
  assertFen(totalFen);
  let weightTotal = 0;
  for (const weight of parts) {
    assertWhole("part", weight);
    weightTotal += weight;
  }
  assertPricing(weightTotal > 0, "allocateFen needs at least one part above 0");
  const shares = parts.map((weight) => prorateFenFloor(totalFen, weight, weightTotal));
  let leftFen = totalFen - sumFen(shares);
  // Every non-zero part lost less than one fen by flooring, so one pass is always enough.
  return shares.map((shareFen, index) => {
    if (leftFen === 0 || parts[index] === 0) return shareFen;
    leftFen -= 1;
    return shareFen + 1;
  });
}
