import type { Sandbox } from "../../sandbox";
import type { Refund } from "../../state";
import { formatRfc3339 } from "../../time";

const serializeSuccessTime = (refund: Refund) =>
  refund.successAtMs === null ? {} : { success_time: formatRfc3339(refund.successAtMs) };

/** The refund object of all refund calls (wechat.md §1.12). */
export function serializeRefund(sandbox: Sandbox, refund: Refund): Record<string, unknown> {
  const order = sandbox.state.orders.get(refund.outTradeNo);
  const totalFen = order?.amountFen ?? refund.amountFen;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order?.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: refund.channel,
    user_received_account: refund.userReceivedAccount,
    ...serializeSuccessTime(refund),
    create_time: formatRfc3339(refund.createdAtMs),
    status: refund.status,
    funds_account: refund.fundsAccount,
    amount: {
      total: totalFen,
      refund: refund.amountFen,
      payer_total: totalFen,
      payer_refund: refund.amountFen,
      settlement_refund: refund.amountFen,
      settlement_total: totalFen,
      discount_refund: 0,
      currency: "CNY",
      refund_fee: 0,
    },
  };
}

/** The plain text of a refund notify: `refund_status`, fewer amounts, no channel. */
export function serializeRefundNotify(sandbox: Sandbox, refund: Refund): Record<string, unknown> {
  const order = sandbox.state.orders.get(refund.outTradeNo);
  const totalFen = order?.amountFen ?? refund.amountFen;
  return {
    mchid: sandbox.keys.mchId,
    out_trade_no: refund.outTradeNo,
    transaction_id: order?.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.status,
    ...serializeSuccessTime(refund),
    user_received_account: refund.userReceivedAccount,
    amount: {
      total: totalFen,
      refund: refund.amountFen,
      payer_total: totalFen,
      payer_refund: refund.amountFen,
    },
  };
}
