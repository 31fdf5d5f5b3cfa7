/**
 * From an order to a decided payment: cashier, then our server's own question to WeChat. The
 * cashier's word is never believed, neither its yes nor its no (wechat.md §1.7).
 */
import type { OrderOut, PayableOrder } from "@/lib/payments/contract";
import { openCashier } from "./bridge";
import { callApi } from "./call-api";

export type PayStep = "cashier" | "confirm";

/**
 * `leaving`: paid, or nobody knows yet; the browser is on its way to the page of this yuan.
 * The others stay on the page, and nothing was charged.
 */
export type PayEnd = "leaving" | "cancelled" | "failed" | "unavailable";

/** Asks the server to ask WeChat. Null when the network gave no answer. */
export async function syncOrder(outTradeNo: string): Promise<OrderOut | null> {
  const answer = await callApi<OrderOut>(`/api/orders/${outTradeNo}/sync`, { body: {} });
  return answer.ok ? answer.body : null;
}

/** True when WeChat said that this order has no payment. */
function isUnpaid(order: OrderOut): boolean {
  return order.paidAt === null && (order.state === "pending" || order.state === "closed");
}

/** Pays an order and goes to `/orders/{outTradeNo}` unless it is known that nothing was charged. */
export async function payOrder(
  order: PayableOrder,
  onStep: (step: PayStep) => void = () => undefined,
): Promise<PayEnd> {
  onStep("cashier");
  const answer = await openCashier(order.pay);
  if (answer === "unavailable") return "unavailable";
  onStep("confirm");
  const known = await syncOrder(order.outTradeNo);
  if (answer !== "ok" && known && isUnpaid(known)) {
    return answer === "cancel" ? "cancelled" : "failed";
  }
  location.assign(`/orders/${order.outTradeNo}`);
  return "leaving";
}
