/** Which story the page of one yuan tells. Pure. */
import type { OrderOut } from "@/lib/payments/contract";
import type { CalendarDate } from "@/lib/pricing/calendar";

type UnitOutcome = Extract<OrderOut["outcome"], { kind: "unit" }>;

export type OrderStory =
  | { kind: "unit"; outcome: UnitOutcome }
  /** A unit whose cover is over, with nothing left of it to return. */
  | { kind: "ended"; outcome: UnitOutcome; endedOn: CalendarDate }
  | {
      kind: "refund";
      phase: "returning" | "returned" | "failed";
      outcome: Extract<OrderOut["outcome"], { kind: "refund" }> | null;
    }
  /** Nobody knows yet whether it was paid. */
  | { kind: "undecided" }
  /** It was not paid, and cannot be any more. */
  | { kind: "closed" };

/** A refund outlives its unit: once the money goes back, that is where the yuan ended. */
export function decideOrderStory(order: OrderOut): OrderStory {
  const { outcome, state } = order;
  if (outcome?.kind === "unit") {
    const { endedOn } = outcome;
    return endedOn ? { kind: "ended", outcome, endedOn } : { kind: "unit", outcome };
  }
  const isRefund =
    outcome !== null || state === "refunding" || state === "refunded" || state === "refund_failed";
  if (isRefund) {
    const hasFailed =
      state === "refund_failed" || outcome?.state === "abnormal" || outcome?.state === "closed";
    const hasReturned = state === "refunded" || outcome?.state === "succeeded";
    const phase = hasReturned ? "returned" : hasFailed ? "failed" : "returning";
    return { kind: "refund", phase, outcome };
  }
  return state === "closed" ? { kind: "closed" } : { kind: "undecided" };
}

/** Stories that change by themselves, so the page keeps asking. */
export function isMoving(story: OrderStory): boolean {
  return story.kind === "undecided" || (story.kind === "refund" && story.phase === "returning");
}
