/** What a proven payment becomes. Pure: state and proof in, one decision out; no clock, no I/O. */
import { assert } from "@/lib/errors/errors";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { unitsMaxFor } from "@/lib/pricing/caps";
import { decideEligibility } from "@/lib/pricing/eligibility";
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
  /** What the first unit settles about the policy itself; null for every other unit. */
  issue: PolicyIssue | null;
}

export interface PolicyIssue {
  /** The person this was decided for; the policy must still be his when it is written. */
  identityId: string;
  band: string;
  ageAtIssue: number;
  unitsMax: number;
  collectingUntil: Date;
}

export type Settlement =
  /** WeChat has no finished payment for this order. */
  | { kind: "not_paid" }
  /** This payment has been booked before. */
  | { kind: "already_settled" }
  /** The fact does not belong to this order or merchant: report it, change nothing. */
  | {
      kind: "report";
      incident:
        | "foreign_app"
        | "foreign_merchant"
        | "second_transaction"
        | "refunded_elsewhere"
        | "no_amount";
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
  context: {
    plan: Plan;
    appId: string;
    mchId: string;
    conflict: RefundReason | null;
    /** Who is insured by a first order; null for gifts, and for people who have been forgotten. */
    insured: { identityId: string; bornOn: CalendarDate } | null;
  },
): Settlement {
  if (proof.tradeState !== "SUCCESS" && proof.tradeState !== "REFUND") return { kind: "not_paid" };
  if (proof.appId !== context.appId) return { kind: "report", incident: "foreign_app" };
  if (proof.mchId !== context.mchId) return { kind: "report", incident: "foreign_merchant" };
  assert(proof.transactionId && proof.successAt, "a finished payment has a number and a time");
  if (order.transactionId !== null && order.transactionId !== proof.transactionId) {
    return { kind: "report", incident: "second_transaction" };
  }
  if (order.transactionId !== null) {
    // Our own refunds end as REFUND too; on a settled order it was somebody at WeChat's console.
    return proof.tradeState === "REFUND" && order.state === "settled"
      ? { kind: "report", incident: "refunded_elsewhere" }
      : { kind: "already_settled" };
  }
  // Given back at WeChat's own console before we had booked it: the money is not ours to use.
  if (proof.tradeState === "REFUND") return { kind: "report", incident: "refunded_elsewhere" };
  if (!proof.amountFen) return { kind: "report", incident: "no_amount" };
  if (context.conflict) return { kind: "refund", reason: context.conflict };
  if (proof.amountFen !== order.amountFen || proof.currency !== order.currency) {
    return { kind: "refund", reason: "amount_mismatch" };
  }
  if (proof.openid !== order.payerOpenid) return { kind: "refund", reason: "payer_mismatch" };
  return order.kind === "first"
    ? decideFirstUnit(order, proof.successAt, context)
    : decideGiftUnit(order, proof.successAt, context.plan);
}

/**
 * R3, R4, R12, R21: the first paid unit starts the policy; its term, window and band follow from the
 * day of payment, not of application: a night may lie between them, and a birthday in it.
 */
function decideFirstUnit(
  order: OrderSnapshot,
  paidAt: Date,
  { plan, insured }: { plan: Plan; insured: { identityId: string; bornOn: CalendarDate } | null },
): Settlement {
  if (order.policy.status !== "pending_payment") {
    return { kind: "refund", reason: "already_insured" };
  }
  // Forgotten by retention, long after the order had closed.
  if (!insured) return { kind: "refund", reason: "policy_not_open" };
  const term = policyTerm(plan, paidAt);
  const eligibility = decideEligibility(plan, {
    bornOn: insured.bornOn,
    effectiveOn: term.effectiveOn,
  });
  if (!eligibility.ok) return { kind: "refund", reason: "age_out_of_range" };
  const { coverPerUnitYuan, name: band } = eligibility.band;
  return {
    kind: "unit",
    terms: {
      coverYuan: coverPerUnitYuan,
      ...unitDatesOf(plan, term, paidAt),
      issue: {
        identityId: insured.identityId,
        band,
        ageAtIssue: eligibility.age,
        unitsMax: unitsMaxFor(plan, coverPerUnitYuan),
        collectingUntil: collectingWindow(plan, term.effectiveOn).closesAt,
      },
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
    terms: { coverYuan: policy.coverPerUnitYuan, ...unitDatesOf(plan, term, paidAt), issue: null },
  };
}

function unitDatesOf(
  plan: Plan,
  term: { effectiveOn: CalendarDate; lastDayOn: CalendarDate },
  paidAt: Date,
): Pick<UnitTerms, "effectiveOn" | "maturesOn" | "lastDayOn"> {
  const { effectiveOn, maturesOn, lastDayOn } = unitDates(plan, term, paidAt);
  return { effectiveOn, maturesOn, lastDayOn };
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
