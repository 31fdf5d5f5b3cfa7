import { randomDigits } from "../random";
import type { Sandbox } from "../sandbox";
import type { Order, Refund } from "../state";
import { formatCompact } from "../time";
import { calculateFeeReturnFen, getOrderFeeFen, getRefundFeeFen } from "./bills/fees";

/**
 * The merchant's basic account: payments without their fees, less refunds, and what the merchant
 * put in or took out. Refunds are paid from it (NOT_ENOUGH, wechat.md §1.12).
 */

export interface FundMovement {
  movementNo: string;
  kind: "deposit" | "withdrawal";
  amountFen: number;
  atMs: number;
}

/**
 * Running sums, so that a refund need not look at every order. Payments are counted as they happen;
 * refunds are read on from where the last look stopped, and again while they can still be closed.
 */
interface Tally {
  paidFen: number;
  refundedFen: number;
  newRefunds: Iterator<Refund>;
  refundsSeen: number;
  /** Refunds without an end, with the money that each holds. */
  openRefunds: Map<Refund, number>;
}

/** By the map of orders: a reset makes a new one. */
const tallies = new WeakMap<Map<string, Order>, Tally>();

const getNetFen = (sandbox: Sandbox, order: Order) =>
  order.paidAtMs === null ? 0 : order.amountFen - getOrderFeeFen(sandbox, order);

/** What the refund takes from the account: the fee that comes back with it is not taken. */
function getNetRefundFen(sandbox: Sandbox, refund: Refund): number {
  const order = sandbox.state.orders.get(refund.outTradeNo);
  return refund.amountFen - (order ? getRefundFeeFen(sandbox, order, refund) : 0);
}

function createTally(sandbox: Sandbox): Tally {
  const { orders, refunds } = sandbox.state;
  let paidFen = 0;
  for (const order of orders.values()) paidFen += getNetFen(sandbox, order);
  return {
    paidFen,
    refundedFen: 0,
    newRefunds: refunds.values(),
    refundsSeen: 0,
    openRefunds: new Map(),
  };
}

function readNewRefunds(sandbox: Sandbox, tally: Tally): void {
  // The iterator is never asked beyond the end: once it has said "done" it stays so.
  while (tally.refundsSeen < sandbox.state.refunds.size) {
    const refund: Refund = tally.newRefunds.next().value;
    tally.refundsSeen += 1;
    const netFen = getNetRefundFen(sandbox, refund);
    tally.refundedFen += netFen;
    tally.openRefunds.set(refund, netFen);
  }
}

function dropEndedRefunds(tally: Tally): void {
  for (const [refund, netFen] of tally.openRefunds) {
    if (refund.status === "CLOSED") tally.refundedFen -= netFen;
    if (refund.status === "CLOSED" || refund.status === "SUCCESS") tally.openRefunds.delete(refund);
  }
}

function getTally(sandbox: Sandbox): Tally {
  const { orders } = sandbox.state;
  const tally = tallies.get(orders) ?? createTally(sandbox);
  tallies.set(orders, tally);
  readNewRefunds(sandbox, tally);
  dropEndedRefunds(tally);
  return tally;
}

/** Must follow every payment. */
export function countPayment(sandbox: Sandbox, order: Order): void {
  const tally = tallies.get(sandbox.state.orders);
  if (tally) tally.paidFen += getNetFen(sandbox, order);
}

/** Fen that the merchant can refund or withdraw. Below zero only when settings were turned back. */
export function availableFen(sandbox: Sandbox): number {
  const { settings, fundMovements } = sandbox.state;
  const { paidFen, refundedFen } = getTally(sandbox);
  const movedFen = fundMovements.reduce(
    (sum, { kind, amountFen }) => sum + (kind === "deposit" ? amountFen : -amountFen),
    0,
  );
  return settings.openingBalanceFen + movedFen + paidFen - refundedFen;
}

/**
 * Whether the account covers this refund, as asked for before it is in the books. With its order the
 * fee that comes back counts; without, the whole amount must be there.
 */
export function canRefund(sandbox: Sandbox, amountFen: number, order?: Order): boolean {
  if (!order) return availableFen(sandbox) >= amountFen;
  const refundedFen = order.outRefundNos
    .map((outRefundNo) => sandbox.state.refunds.get(outRefundNo))
    .reduce(
      (sum, refund) => sum + (refund && refund.status !== "CLOSED" ? refund.amountFen : 0),
      0,
    );
  const feeFen = calculateFeeReturnFen(sandbox, order, refundedFen, amountFen);
  return availableFen(sandbox) >= amountFen - feeFen;
}

/** The merchant puts money into the account or takes some out; the caller has checked that it is there. */
export function moveFunds(
  sandbox: Sandbox,
  kind: FundMovement["kind"],
  amountFen: number,
): FundMovement {
  const atMs = sandbox.clock.now();
  const movementNo = `10100${formatCompact(atMs)}${randomDigits(9)}`;
  const movement: FundMovement = { movementNo, kind, amountFen, atMs };
  sandbox.state.fundMovements.push(movement);
  sandbox.touch();
  return movement;
}
