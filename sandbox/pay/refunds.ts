import { randomDigits } from "../random";
import type { Sandbox } from "../sandbox";
import type { Order, Refund } from "../state";
import { DAY_MS, formatCompact, formatRfc3339, MINUTE_MS, SECOND_MS } from "../time";
import { PayError } from "./errors";
import { enqueueNotification } from "./notifications";
import { findOrderByTransactionId } from "./orders";
import { assertFields, canonicalize, checkNotifyUrl, type Fields } from "./validate";

/** wechat.md §1.12: a payment can be refunded for a year, in fifty parts, a minute apart. */
const REFUND_WINDOW_MS = 365 * DAY_MS;
const REFUNDS_PER_ORDER_MAX = 50;
const REFUND_INTERVAL_MS = MINUTE_MS;

const REFUND_FIELDS: Fields = {
  transaction_id: { label: "微信支付订单号", type: "string", max: 32 },
  out_trade_no: { label: "商户订单号", type: "string", min: 6, max: 32 },
  out_refund_no: {
    label: "商户退款单号",
    type: "string",
    max: 64,
    pattern: /^[0-9A-Za-z_\-|*@]+$/,
    isRequired: true,
  },
  reason: { label: "退款原因", type: "string", max: 80 },
  notify_url: { label: "退款结果回调url", type: "string", max: 256, check: checkNotifyUrl },
  funds_account: { label: "退款资金来源", type: "string", max: 32 },
  amount: {
    label: "金额信息",
    type: "object",
    isRequired: true,
    fields: {
      refund: { label: "退款金额", type: "integer", min: 1, isRequired: true },
      total: { label: "原订单金额", type: "integer", min: 1, isRequired: true },
      currency: {
        label: "退款币种",
        type: "string",
        max: 16,
        isRequired: true,
        check: (value) => (value === "CNY" ? null : "仅支持 CNY"),
      },
      from: { label: "退款出资账户及金额", type: "array" },
    },
  },
  goods_detail: { label: "退款商品", type: "array" },
};

interface RefundBody {
  transaction_id?: string;
  out_trade_no?: string;
  out_refund_no: string;
  reason?: string;
  notify_url?: string;
  amount: { refund: number; total: number };
}

function getPaidOrder(sandbox: Sandbox, body: RefundBody): Order {
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

function assertRefundable(sandbox: Sandbox, order: Order, body: RefundBody): void {
  const nowMs = sandbox.clock.now();
  if (body.amount.total !== order.amountFen) {
    throw new PayError(400, "INVALID_REQUEST", "您的请求参数与订单信息不一致");
  }
  if (nowMs - (order.paidAtMs ?? nowMs) > REFUND_WINDOW_MS) {
    throw new PayError(403, "TRADE_OVERDUE", "订单已经超过可退款的最大期限（支付完成后一年内）");
  }
  const earlier = order.outRefundNos
    .map((outRefundNo) => sandbox.state.refunds.get(outRefundNo))
    .filter((refund): refund is Refund => refund !== undefined && refund.status !== "CLOSED");
  const refundedFen = earlier.reduce((sum, refund) => sum + refund.amountFen, 0);
  if (refundedFen + body.amount.refund > order.amountFen) {
    throw new PayError(400, "INVALID_REQUEST", "累计退款金额大于支付金额");
  }
  if (earlier.length >= REFUNDS_PER_ORDER_MAX) {
    throw new PayError(400, "INVALID_REQUEST", "部分退款次数超过限制");
  }
  if (earlier.some((refund) => nowMs - refund.createdAtMs < REFUND_INTERVAL_MS)) {
    throw new PayError(429, "FREQUENCY_LIMITED", "同一订单多次退款的请求需相隔1分钟");
  }
}

/**
 * Accepts a refund (wechat.md §1.12). The same number with the same parameters is the same refund
 * and answers its present state; 200 means accepted, success comes later.
 */
export function createRefund(sandbox: Sandbox, parsed: unknown): Record<string, unknown> {
  assertFields(parsed, REFUND_FIELDS);
  const body = parsed as RefundBody;
  const { refunds } = sandbox.state;
  const known = refunds.get(body.out_refund_no);
  if (known) {
    if (known.parameters === canonicalize(body)) return serializeRefund(sandbox, known);
    throw new PayError(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试");
  }
  const order = getPaidOrder(sandbox, body);
  assertRefundable(sandbox, order, body);
  const nowMs = sandbox.clock.now();
  const refund: Refund = {
    outRefundNo: body.out_refund_no,
    refundId: `50300${randomDigits(5)}${formatCompact(nowMs).slice(0, 8)}${randomDigits(11)}`,
    outTradeNo: order.outTradeNo,
    amountFen: body.amount.refund,
    reason: body.reason ?? null,
    notifyUrl: body.notify_url ?? null,
    parameters: canonicalize(body),
    status: "PROCESSING",
    createdAtMs: nowMs,
    successAtMs: null,
  };
  refunds.set(refund.outRefundNo, refund);
  order.outRefundNos.push(refund.outRefundNo);
  scheduleRefund(sandbox, refund);
  return serializeRefund(sandbox, refund);
}

/** Queues the end of a refund that is under way; also used to go on after a restart. */
export function scheduleRefund(sandbox: Sandbox, refund: Refund): void {
  sandbox.touch();
  if (refund.status !== "PROCESSING") return;
  const delayMs = sandbox.state.settings.refundDelaySeconds * SECOND_MS;
  sandbox.clock.schedule(refund.createdAtMs + delayMs, async () => completeRefund(sandbox, refund));
}

function completeRefund(sandbox: Sandbox, refund: Refund): void {
  const order = sandbox.state.orders.get(refund.outTradeNo);
  const isKnown = sandbox.state.refunds.get(refund.outRefundNo) === refund;
  if (!order || !isKnown || refund.status !== "PROCESSING") return;
  const nowMs = sandbox.clock.now();
  refund.status = "SUCCESS";
  refund.successAtMs = nowMs;
  sandbox.touch();
  // Without an address in the request there is no v3 notify (wechat.md §1.12).
  if (!refund.notifyUrl) return;
  enqueueNotification(sandbox, {
    eventType: "REFUND.SUCCESS",
    summary: "退款成功",
    originalType: "refund",
    url: refund.notifyUrl,
    outTradeNo: refund.outTradeNo,
    outRefundNo: refund.outRefundNo,
    content: {
      mchid: sandbox.keys.mchId,
      out_trade_no: refund.outTradeNo,
      transaction_id: order.transactionId,
      out_refund_no: refund.outRefundNo,
      refund_id: refund.refundId,
      // The notify's own name for the state; answers say `status`.
      refund_status: refund.status,
      success_time: formatRfc3339(nowMs),
      user_received_account: "支付用户零钱",
      amount: {
        total: order.amountFen,
        refund: refund.amountFen,
        payer_total: order.amountFen,
        payer_refund: refund.amountFen,
      },
    },
  });
}

/** The refund object of both refund calls. */
function serializeRefund(sandbox: Sandbox, refund: Refund): Record<string, unknown> {
  const order = sandbox.state.orders.get(refund.outTradeNo);
  const totalFen = order?.amountFen ?? refund.amountFen;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order?.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: "ORIGINAL",
    user_received_account: "支付用户零钱",
    ...(refund.successAtMs === null ? {} : { success_time: formatRfc3339(refund.successAtMs) }),
    create_time: formatRfc3339(refund.createdAtMs),
    status: refund.status,
    funds_account: "AVAILABLE",
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

/** Query by our own number; the path has no `mchid`. 404 RESOURCE_NOT_EXISTS when never accepted. */
export function getRefund(sandbox: Sandbox, outRefundNo: string): Record<string, unknown> {
  const refund = sandbox.state.refunds.get(outRefundNo);
  if (!refund) throw new PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
  return serializeRefund(sandbox, refund);
}
