import type { RefundReason } from "./contract";

/** What tells of the insured's health, age or wishes. */
const REASONS_OF_THE_INSURED: readonly RefundReason[] = [
  "cooling_off",
  "surrender",
  "diagnosis_before_effective",
  "diagnosis_in_waiting",
  "underwriting_failed",
  "age_misstated",
];

/** R42: a friend reads that the policy has ended, and not why; the insured reads his own reasons. */
export function reasonForPayer(reason: RefundReason, kind: "first" | "gift"): RefundReason {
  return kind === "gift" && REASONS_OF_THE_INSURED.includes(reason) ? "policy_ended" : reason;
}
