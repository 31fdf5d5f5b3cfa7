import { randomDigits } from "../../random";
import type { Sandbox } from "../../sandbox";
import type { Order, Refund } from "../../state";
import { formatCompact, SECOND_MS } from "../../time";
import { PayError } from "../errors";
import { assertFields, canonicalize } from "../validate";
import { REFUND_FIELDS, type RefundBody } from "./fields";
import { scheduleRefund } from "./refund-life";
import { takeRefundOutcome } from "./refund-outcomes";
import { limitRefundRate } from "./refund-rate";
import { assertRefundable, getPaidOrder } from "./refund-rules";
import { serializeRefund } from "./serialize-refund";

function acceptRefund(sandbox: Sandbox, order: Order, body: RefundBody): Refund {
  const nowMs = sandbox.clock.now();
  const decided = takeRefundOutcome(sandbox, order.outTradeNo);
  const delaySeconds = decided?.delaySeconds ?? sandbox.state.settings.refundDelaySeconds;
  return {
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
    closedAtMs: null,
    outcome: decided?.status ?? "SUCCESS",
    finishAtMs: nowMs + delaySeconds * SECOND_MS,
    fundsAccount: body.funds_account ?? "AVAILABLE",
    channel: "ORIGINAL",
    userReceivedAccount: "支付用户零钱",
    abnormalParameters: null,
  };
}

function serveRefund(sandbox: Sandbox, parsed: unknown): Record<string, unknown> {
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
  const refund = acceptRefund(sandbox, order, body);
  refunds.set(refund.outRefundNo, refund);
  order.outRefundNos.push(refund.outRefundNo);
  scheduleRefund(sandbox, refund);
  return serializeRefund(sandbox, refund);
}

/**
 * Accepts a refund (wechat.md §1.12). The same number with the same parameters is the same refund
 * and answers its present state; 200 means accepted, its end comes later.
 */
export function createRefund(sandbox: Sandbox, parsed: unknown): Record<string, unknown> {
  return limitRefundRate(sandbox, () => serveRefund(sandbox, parsed));
}

/** Query by our own number; the path has no `mchid`. 404 RESOURCE_NOT_EXISTS when never accepted. */
export function getRefund(sandbox: Sandbox, outRefundNo: string): Record<string, unknown> {
  const refund = sandbox.state.refunds.get(outRefundNo);
  if (!refund) throw new PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
  return serializeRefund(sandbox, refund);
}
