import type { Sandbox } from "../../sandbox";
import type { Order, Refund } from "../../state";

/** A rate of one, in basis points. */
const WHOLE_BASIS_POINTS = 10_000;

/** `amountFen` × `numerator` / `denominator`, rounded half up to the fen. */
function takeShareFen(amountFen: number, numerator: number, denominator: number): number {
  return Math.floor((2 * amountFen * numerator + denominator) / (2 * denominator));
}

/** What WeChat keeps of a payment, rounded half up to the fen: ¥1 at 0.60 % costs 1 fen. */
export function calculateFeeFen(amountFen: number, feeRateBasisPoints: number): number {
  return takeShareFen(amountFen, feeRateBasisPoints, WHOLE_BASIS_POINTS);
}

/** The rate at which this order was charged. */
export function getFeeRateBasisPoints(sandbox: Sandbox, order: Order): number {
  return order.feeRateBasisPoints ?? sandbox.state.settings.feeRateBasisPoints;
}

/** What WeChat kept of this paid order. */
export function getOrderFeeFen(sandbox: Sandbox, order: Order): number {
  return calculateFeeFen(order.amountFen, getFeeRateBasisPoints(sandbox, order));
}

/** The fee that belongs to the first `refundedFen` of an order. */
function getReturnedFeeFen(sandbox: Sandbox, order: Order, refundedFen: number): number {
  const feeFen = getOrderFeeFen(sandbox, order);
  return takeShareFen(feeFen, Math.min(refundedFen, order.amountFen), order.amountFen);
}

/** The fee that comes back when `amountFen` more is refunded after `refundedFen`. */
export function calculateFeeReturnFen(
  sandbox: Sandbox,
  order: Order,
  refundedFen: number,
  amountFen: number,
): number {
  const afterFen = getReturnedFeeFen(sandbox, order, refundedFen + amountFen);
  return afterFen - getReturnedFeeFen(sandbox, order, refundedFen);
}

/** Whether the refund's money was away from the merchant at that moment, or on its way. */
function isHeldAt(refund: Refund, atMs: number): boolean {
  return refund.status !== "CLOSED" || (refund.closedAtMs ?? Number.NEGATIVE_INFINITY) > atMs;
}

/**
 * The fee that came back with this refund (wechat.md §1.12: proportionally). Shares are differences
 * of rounded totals, so that refunds of the whole order return exactly what was charged.
 */
export function getRefundFeeFen(sandbox: Sandbox, order: Order, refund: Refund): number {
  let refundedFen = 0;
  for (const outRefundNo of order.outRefundNos) {
    if (outRefundNo === refund.outRefundNo) break;
    const earlier = sandbox.state.refunds.get(outRefundNo);
    if (earlier && isHeldAt(earlier, refund.createdAtMs)) refundedFen += earlier.amountFen;
  }
  return calculateFeeReturnFen(sandbox, order, refundedFen, refund.amountFen);
}
