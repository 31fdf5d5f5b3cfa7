import type { Sandbox } from "../../sandbox";
import type { Order, Refund } from "../../state";
import { DAY_MS, MINUTE_MS } from "../../time";
import { PayError } from "../errors";
import { canRefund } from "../funds";
import { findOrderByTransactionId } from "../orders";
import type { RefundBody } from "./fields";

/** wechat.md §1.12: a payment can be refunded for a year, in fifty parts, a minute apart. */
const REFUND_WINDOW_MS = 365 * DAY_MS;
const REFUNDS_PER_ORDER_MAX = 50;
const REFUND_INTERVAL_MS = MINUTE_MS;

/** The paid order that a request names by either number or both. */
export function getPaidOrder(sandbox: Sandbox, body: RefundBody): Order {
  const { transaction_id, out_trade_no } = body;
  if (!transaction_id && !out_trade_no) {
    throw new PayError(400, "PARAM_ERROR", "微信支付订单号和商户订单号不能同时为空", {
      detail: {
        field: "/out_trade_no",
        issue: "微信支付订单号和商户订单号不能同时为空",
        location: "body",
      },
    });
  }
  const order = transaction_id
    ? findOrderByTransactionId(sandbox, transaction_id)
    : (sandbox.state.orders.get(out_trade_no ?? "") ?? null);
  if (!order || order.paidAtMs === null) {
    throw new PayError(404, "RESOURCE_NOT_EXISTS", "订单不存在或订单未支付");
  }
  if (transaction_id && out_trade_no && order.outTradeNo !== out_trade_no) {
    throw new PayError(400, "INVALID_REQUEST", "您的请求参数与订单信息不一致");
  }
  return order;
}

function listRefunds(sandbox: Sandbox, order: Order): Refund[] {
  return order.outRefundNos
    .map((outRefundNo) => sandbox.state.refunds.get(outRefundNo))
    .filter((refund) => refund !== undefined);
}

/** Throws why this order cannot be refunded so now; a CLOSED refund gave its money back. */
export function assertRefundable(sandbox: Sandbox, order: Order, body: RefundBody): void {
  const nowMs = sandbox.clock.now();
  if (body.amount.total !== order.amountFen) {
    throw new PayError(400, "INVALID_REQUEST", "您的请求参数与订单信息不一致");
  }
  if (nowMs - (order.paidAtMs ?? nowMs) > REFUND_WINDOW_MS) {
    throw new PayError(403, "TRADE_OVERDUE", "订单已经超过可退款的最大期限（支付完成后一年内）");
  }
  const earlier = listRefunds(sandbox, order);
  const live = earlier.filter((refund) => refund.status !== "CLOSED");
  const refundedFen = live.reduce((sum, refund) => sum + refund.amountFen, 0);
  if (refundedFen + body.amount.refund > order.amountFen) {
    throw new PayError(400, "INVALID_REQUEST", "累计退款金额大于支付金额");
  }
  if (live.length >= REFUNDS_PER_ORDER_MAX) {
    throw new PayError(400, "INVALID_REQUEST", "部分退款次数超过限制");
  }
  if (earlier.some((refund) => nowMs - refund.createdAtMs < REFUND_INTERVAL_MS)) {
    throw new PayError(429, "FREQUENCY_LIMITED", "同一订单多次退款的请求需相隔1分钟");
  }
  if (sandbox.state.personas.get(order.openid)?.isAccountAbnormal) {
    throw new PayError(403, "USER_ACCOUNT_ABNORMAL", "用户账户异常，退款请求失败");
  }
  if (!canRefund(sandbox, body.amount.refund, order)) {
    throw new PayError(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起");
  }
}
