/** What an Idempotency-Key remembers, and when two requests under it are the same. Pure. */
import type { ErrorCode } from "@/lib/errors/errors";

/** A digest of every field of a request by the field's dotted name; never a field's content. */
export type Fingerprint = Readonly<Record<string, string>>;

/**
 * The first field, in the order of `sent`, whose content is another one; null when all are the same.
 * Every field is compared whatever the others say. A key of before fingerprints were kept has none
 * and is compared with nothing.
 */
export function compareFingerprints(stored: Fingerprint, sent: Fingerprint): string | null {
  if (Object.keys(stored).length === 0) return null;
  const names = new Set([...Object.keys(sent), ...Object.keys(stored)]);
  return [...names].filter((name) => stored[name] !== sent[name])[0] ?? null;
}

/**
 * Refusals that a key keeps for ever: the product's rules have decided, and another day could decide
 * otherwise. Not among them: what the request alone decides, because it decides the same again
 * (`invalid_input`, and `health_declined`, of which no row may be left: PIPL 6), and what is no
 * decision at all: who is asking, too often or not now (401, 403, 404, 429), and every failure (5xx).
 */
const KEPT_REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "documents_outdated",
  "age_out_of_range",
  "already_insured",
  "own_policy",
  "already_supported",
  "policy_not_open",
  "collecting_closed",
  "cap_reached",
]);

/** True for a refusal that is stored with its key and answered again even when it is outdated. */
export function isKept(code: ErrorCode): boolean {
  return KEPT_REFUSALS.has(code);
}
