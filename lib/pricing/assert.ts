/**
 * A broken precondition inside the pure core: a bug of the caller, never a person's mistake.
 * What people get wrong is answered with `{ ok: false, code }` instead.
 */
export class PricingAssertionError extends Error {
  override readonly name = "PricingAssertionError";
}

/**
 * Throws PricingAssertionError unless the condition holds.
 * Messages must never carry personal data (identity numbers, names): they end in logs.
 */
export function assertPricing(condition: boolean, message: string): asserts condition {
  if (!condition) throw new PricingAssertionError(message);
}

/** Throws unless the value is a whole number from `min` to `max`, both included. */
export function assertWhole(
  name: string,
  value: number,
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): void {
  assertPricing(
    Number.isSafeInteger(value) && value >= min && value <= max,
    `${name} must be a whole number from ${min} to ${max}, got ${value}`,
  );
}
