/**
 * What became of one payment, as the list says it. Pure: every state of an order has one story, so
 * that no yuan is ever without an end.
 */
import type { OrderOut } from "@/lib/payments/contract";

type UnitOutcome = Extract<NonNullable<OrderOut["outcome"]>, { kind: "unit" }>;

export type PaymentStory =
  | { kind: "unit"; outcome: UnitOutcome }
  /** A unit whose cover is over, with nothing left of it to return. */
  | { kind: "ended"; outcome: UnitOutcome }
  | {
      kind: "refund";
      outcome: Extract<NonNullable<OrderOut["outcome"]>, { kind: "refund" }>;
      needsPerson: boolean;
    }
  /** Settled a moment ago, its endorsement not yet readable. */
  | { kind: "settling" }
  /** Nobody knows yet whether it was paid: the person may have us ask. */
  | { kind: "pending" }
  | { kind: "closed" };

export function decidePaymentStory(order: Pick<OrderOut, "state" | "outcome">): PaymentStory {
  const { state, outcome } = order;
  if (outcome?.kind === "unit") return { kind: outcome.endedOn ? "ended" : "unit", outcome };
  if (outcome?.kind === "refund") {
    const isStuck = outcome.state === "abnormal" || outcome.state === "closed";
    return { kind: "refund", outcome, needsPerson: isStuck || state === "refund_failed" };
  }
  if (state === "closed") return { kind: "closed" };
  return { kind: state === "pending" ? "pending" : "settling" };
}
