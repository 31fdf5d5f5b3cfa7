/** What a proven payment becomes. Pure: state and proof in, one decision out; no clock, no I/O. */
import { assert } from "@/lib/errors/errors";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { Plan } from "@/lib/pricing/plan";
import { collectingWindow, honoursLatePayment, policyTerm, unitDates } from "@/lib/pricing/term";
import type { RefundReason } from "./contract";

export interface OrderSnapshot {
  kind: "first" | "gift";
  state: "pending" | "settled" | "closed" | "refunding" | "refunded" | "refund_failed";
  amountFen: number;
  currency: string;
  payerOpenid: string;
  transactionId: string | null;
  createdAt: Date;
  policy: {
    status: "pending_payment" | "active" | "ended";
    unitsPaid: number;
    unitsHeld: number;
    unitsMax: number;
    coverPerUnitYuan: number;
    effectiveOn: CalendarDate | null;
    lastDayOn: CalendarDate | null;
    collectingUntil: Date | null;
  };
}

/** A payment as WeChat states it in a verified notify or in the answer to our own query. */
export interface PaymentProof {
  tradeState: string;
  transactionId: string | null;
  amountFen: number | null;
  currency: string | null;
  appId: string;
  mchId: string;
  openid: string | null;
  successAt: Date | null;
}

export interface UnitTerms {
  coverYuan: number;
  effectiveOn: CalendarDate;
  maturesOn: CalendarDate;
  lastDayOn: CalendarDate;
  /** When collecting closes; only unit 1 sets it. */
  collectingUntil: Date | null;
}

export type Settlement =
  /** WeChat has no finished payment for this order. */
  | { kind: "not_paid" }
  /** This payment has been booked before. */
  | { kind: "already_settled" }
  /** The fact does not belong to this order or merchant: report it, change nothing. */
  | {
      kind: "report";
      incident: "foreign_app" | "foreign_merchant" | "second_transaction" | "refunded_elsewhere";
    }
  | { kind: "unit"; terms: UnitTerms }
  | { kind: "refund"; reason: RefundReason };

/**
 * Design §5.3. Someone who paid never gets an error: what cannot be a unit is a refund. `conflict`
 * is why an earlier round has ruled a unit out: a unique index, or a first proof that did not fit.
 */
export function decideSettlement(
  order: OrderSnapshot,
  proof: PaymentProof,
  context: { plan: Plan; appId: string; mchId: string; conflict: RefundReason | null },
): Settlement {
  if (proof.tradeState !== "SUCCESS" && proof.tradeState !== "REFUND") return { kind: "not_paid" };
  if (proof.appId !== context.appId) return { kind: "report", incident: "foreign_app" };
  if (proof.mchId !== context.mchId) return { kind: "report", incident: "foreign_merchant" };
  assert(proof.transactionId && proof.successAt, "a finished payment has a number and a time");
  if (order.transactionId !== null) {
    return order.transactionId === proof.transactionId
      ? { kind: "already_settled" }
      : { kind: "report", incident: "second_transaction" };
  }
  // Given back at WeChat's own console before we had booked it: the money is not ours to use.
  if (proof.tradeState === "REFUND") return { kind: "report", incident: "refunded_elsewhere" };
  if (context.conflict) return { kind: "refund", reason: context.conflict };
  if (proof.amountFen !== order.amountFen || proof.currency !== order.currency) {
    return { kind: "refund", reason: "amount_mismatch" };
  }
  if (proof.openid !== order.payerOpenid) return { kind: "refund", reason: "payer_mismatch" };
  return order.kind === "first"
    ? decideFirstUnit(order, proof.successAt, context.plan)
    : decideGiftUnit(order, proof.successAt, context.plan);
}

/** R12, R21: the first paid unit starts the policy; its term and window follow from the payment. */
function decideFirstUnit(order: OrderSnapshot, paidAt: Date, plan: Plan): Settlement {
  if (order.policy.status !== "pending_payment")
    return { kind: "refund", reason: "already_insured" };
  const term = policyTerm(plan, paidAt);
  return {
    kind: "unit",
    terms: {
      ...unitTerms(order, plan, term, paidAt),
      collectingUntil: collectingWindow(plan, term.effectiveOn).closesAt,
    },
  };
}

/** R14, R17, R19: a place still ours or still free, and paid in time. */
function decideGiftUnit(order: OrderSnapshot, paidAt: Date, plan: Plan): Settlement {
  const { policy } = order;
  if (
    policy.status !== "active" ||
    !policy.effectiveOn ||
    !policy.lastDayOn ||
    !policy.collectingUntil
  ) {
    return { kind: "refund", reason: "policy_not_open" };
  }
  const isInTime =
    paidAt < policy.collectingUntil ||
    honoursLatePayment(plan, {
      createdAt: order.createdAt,
      closesAt: policy.collectingUntil,
      paidAt,
    });
  if (!isInTime) return { kind: "refund", reason: "collecting_closed" };
  const heldByOthers = policy.unitsHeld - (order.state === "pending" ? 1 : 0);
  if (policy.unitsPaid + heldByOthers >= policy.unitsMax) {
    return { kind: "refund", reason: "cap_reached" };
  }
  const term = { effectiveOn: policy.effectiveOn, lastDayOn: policy.lastDayOn };
  return {
    kind: "unit",
    terms: { ...unitTerms(order, plan, term, paidAt), collectingUntil: null },
  };
}

function unitTerms(
  order: OrderSnapshot,
  plan: Plan,
  term: { effectiveOn: CalendarDate; lastDayOn: CalendarDate },
  paidAt: Date,
): Omit<UnitTerms, "collectingUntil"> {
  const { effectiveOn, maturesOn, lastDayOn } = unitDates(plan, term, paidAt);
  return { coverYuan: order.policy.coverPerUnitYuan, effectiveOn, maturesOn, lastDayOn };
}

/**
 * Seconds after creation at which a pending order is asked after (wechat.md §1.9, denser at first
 * because a person may be looking at the page); then every ten minutes until it is closed.
 */
const CHECK_DELAYS_SECONDS = [5, 10, 20, 40, 60, 120, 300] as const;
const CHECK_DELAY_LAST_SECONDS = 600;

/** When to ask next, having asked `checksCount` times; never later than just after expiry. */
export function nextCheckAt(order: { checksCount: number; expiresAt: Date }, now: Date): Date {
  const delaySeconds = CHECK_DELAYS_SECONDS[order.checksCount] ?? CHECK_DELAY_LAST_SECONDS;
  const next = now.getTime() + delaySeconds * 1000;
  const expiry = order.expiresAt.getTime();
  return new Date(now.getTime() < expiry ? Math.min(next, expiry + 1000) : next);
}

/** WeChat wants `time_expire` at least a minute ahead (wechat.md §1.6); half a minute for the tap. */
const PAYABLE_SECONDS_MIN = 90;

/** True when an open order has enough time left to be paid through the cashier. */
export function isPayable(order: { state: string; expiresAt: Date }, now: Date): boolean {
  return (
    order.state === "pending" &&
    order.expiresAt.getTime() - now.getTime() >= PAYABLE_SECONDS_MIN * 1000
  );
}
