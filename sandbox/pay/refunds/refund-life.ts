import type { Sandbox } from "../../sandbox";
import type { Refund, RefundEnd } from "../../state";
import { enqueueNotification } from "../notifications";
import { serializeRefundNotify } from "./serialize-refund";

const SUMMARY: Record<RefundEnd, string> = {
  SUCCESS: "退款成功",
  ABNORMAL: "退款异常",
  CLOSED: "退款关闭",
};

/** Queues the end of a refund that is under way; also used to go on after a restart. */
export function scheduleRefund(sandbox: Sandbox, refund: Refund): void {
  sandbox.touch();
  if (refund.status !== "PROCESSING") return;
  const dueAtMs = refund.finishAtMs;
  sandbox.clock.schedule(dueAtMs, async () => {
    // A reset, somebody's decision or a second life after ABNORMAL may have made this event stale.
    const isKnown = sandbox.state.refunds.get(refund.outRefundNo) === refund;
    if (!isKnown || refund.status !== "PROCESSING" || refund.finishAtMs !== dueAtMs) return;
    finishRefund(sandbox, refund, refund.outcome);
  });
}

/** Whether a refund can still become this: an ABNORMAL one may turn out well, the others are done. */
export function canFinishRefund(refund: Refund, status: RefundEnd): boolean {
  return refund.status === "PROCESSING" || (refund.status === "ABNORMAL" && status === "SUCCESS");
}

/** Brings a refund to its end and tells the merchant. */
export function finishRefund(sandbox: Sandbox, refund: Refund, status: RefundEnd): void {
  refund.status = status;
  const nowMs = sandbox.clock.now();
  if (status === "SUCCESS") refund.successAtMs = nowMs;
  if (status === "CLOSED") refund.closedAtMs = nowMs;
  sandbox.touch();
  // Without an address in the request there is no v3 notify (wechat.md §1.12).
  if (!refund.notifyUrl) return;
  enqueueNotification(sandbox, {
    eventType: `REFUND.${status}`,
    summary: SUMMARY[status],
    originalType: "refund",
    url: refund.notifyUrl,
    outTradeNo: refund.outTradeNo,
    outRefundNo: refund.outRefundNo,
    content: serializeRefundNotify(sandbox, refund),
  });
}
