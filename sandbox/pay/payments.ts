import type { Sandbox } from "../sandbox";
import type { Order } from "../state";
import { countPayment } from "./funds";
import { enqueueNotification } from "./notifications";
import {
  createTransactionId,
  findTradeState,
  indexPaidOrder,
  serializeTransaction,
  type TradeState,
} from "./orders";

/** Why a payer cannot pay, in the cashier's words, with a code for the control API. */
export interface PaymentRefusal {
  isPayable: false;
  code:
    | "prepay_not_found"
    | "prepay_expired"
    | "payer_mismatch"
    | "order_closed"
    | "order_paid"
    | "order_expired";
  message: string;
  tradeState: TradeState | null;
}

export type PaymentDecision = { isPayable: true; order: Order } | PaymentRefusal;

/** Whether `openid` may pay this prepay now; `openid` null leaves the payer unchecked. */
export function decidePayment(
  sandbox: Sandbox,
  prepayId: string,
  openid: string | null,
): PaymentDecision {
  const refuse = (
    code: PaymentRefusal["code"],
    message: string,
    tradeState: TradeState | null = null,
  ): PaymentRefusal => ({ isPayable: false, code, message, tradeState });

  const prepay = sandbox.state.prepays.get(prepayId);
  const order = prepay && sandbox.state.orders.get(prepay.outTradeNo);
  // The real cashier's words for a prepay_id it does not know.
  if (!prepay || !order) return refuse("prepay_not_found", "缺少参数 total_fee");
  const nowMs = sandbox.clock.now();
  const tradeState = findTradeState(sandbox, order);
  if (openid !== null && openid !== order.openid) {
    return refuse("payer_mismatch", "下单账号与支付账号不一致", tradeState);
  }
  if (order.paidAtMs !== null) return refuse("order_paid", "该订单已支付", tradeState);
  if (tradeState === "CLOSED") return refuse("order_closed", "该订单已关闭", tradeState);
  if (nowMs >= order.payableUntilMs) return refuse("order_expired", "订单已过期", tradeState);
  if (nowMs >= prepay.expiresAtMs) return refuse("prepay_expired", "支付会话已过期", tradeState);
  return { isPayable: true, order };
}

/** Takes the money: the order is paid from this line on, and the merchant is told. */
export function payOrder(sandbox: Sandbox, order: Order): void {
  const nowMs = sandbox.clock.now();
  order.paidAtMs = nowMs;
  order.transactionId = createTransactionId(nowMs);
  indexPaidOrder(sandbox, order);
  order.feeRateBasisPoints = sandbox.state.settings.feeRateBasisPoints;
  countPayment(sandbox, order);
  enqueueNotification(sandbox, {
    eventType: "TRANSACTION.SUCCESS",
    summary: "支付成功",
    originalType: "transaction",
    url: order.notifyUrl,
    outTradeNo: order.outTradeNo,
    outRefundNo: null,
    content: serializeTransaction(sandbox, order, "SUCCESS"),
  });
}
