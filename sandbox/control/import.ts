import { countPayment } from "../pay/funds";
import { findOrderByTransactionId, indexPaidOrder } from "../pay/orders";
import { createPersona } from "../personas";
import type { Sandbox } from "../sandbox";
import type { Order } from "../state";
import type { ImportInput } from "./input";

function createImportedOrder(
  sandbox: Sandbox,
  transaction: ImportInput["transactions"][number],
): Order {
  const paidAtMs = Date.parse(transaction.successTime);
  return {
    outTradeNo: transaction.outTradeNo,
    appId: sandbox.keys.appId,
    openid: transaction.openid,
    description: transaction.description,
    attach: null,
    amountFen: transaction.amountFen,
    notifyUrl: "",
    // An imported order was never requested, so no request can repeat it.
    parameters: "",
    createdAtMs: paidAtMs,
    payableUntilMs: paidAtMs,
    autoCloseAtMs: paidAtMs,
    isClosed: false,
    paidAtMs,
    transactionId: transaction.transactionId,
    feeRateBasisPoints: sandbox.state.settings.feeRateBasisPoints,
    outRefundNos: [],
    prepayIds: [],
  };
}

/** Why a transaction contradicts the books, or null. */
function findConflict(
  sandbox: Sandbox,
  transaction: ImportInput["transactions"][number],
): string | null {
  const { outTradeNo, transactionId, amountFen } = transaction;
  const known = sandbox.state.orders.get(outTradeNo);
  if (known) {
    const isEqual = known.transactionId === transactionId && known.amountFen === amountFen;
    return isEqual ? null : `${outTradeNo} is already in the books, and different`;
  }
  const other = findOrderByTransactionId(sandbox, transactionId);
  return other ? `${transactionId} already belongs to ${other.outTradeNo}` : null;
}

/**
 * Writes people and paid orders into WeChat's books, so that a seeded demo world agrees with them.
 * Importing the same again changes nothing; a contradiction refuses the whole import. Nobody is
 * notified.
 */
export function importBooks(
  sandbox: Sandbox,
  input: ImportInput,
): { conflict: string } | { personas: number; transactions: number } {
  for (const transaction of input.transactions) {
    const conflict = findConflict(sandbox, transaction);
    if (conflict) return { conflict };
  }
  for (const { isPrincipal, ...persona } of input.personas) {
    createPersona(sandbox, { ...persona, origin: isPrincipal ? "principal" : "imported" });
  }
  let added = 0;
  for (const transaction of input.transactions) {
    if (sandbox.state.orders.has(transaction.outTradeNo)) continue;
    const order = createImportedOrder(sandbox, transaction);
    sandbox.state.orders.set(transaction.outTradeNo, order);
    indexPaidOrder(sandbox, order);
    countPayment(sandbox, order);
    added += 1;
  }
  sandbox.touch();
  return { personas: input.personas.length, transactions: added };
}
