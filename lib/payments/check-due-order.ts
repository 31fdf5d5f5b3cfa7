import { isDatabaseUnavailable } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { askOrder } from "./ask-order";
import { ORDER_COLUMNS, type OrderRow } from "./orders";
import { recordEvent } from "./record-event";
import { reportIncident } from "./report-incident";
import { nextCheckAt } from "./rules";

const CLAIM_DUE_ORDER = {
  name: "claim_due_order",
  text: `UPDATE orders o SET checks_count = o.checks_count + 1, next_check_at = $3
    WHERE o.id = $1 AND o.state = 'pending' AND o.next_check_at <= $2 RETURNING ${ORDER_COLUMNS}`,
};
const PLAN_NEXT_CHECK = {
  name: "plan_next_check",
  text: "UPDATE orders SET next_check_at = $2 WHERE id = $1 AND state = 'pending'",
};

/** A worker that dies while it asks loses its claim after this long. */
const LEASE_SECONDS = 30;
/** Some two hours of the schedule; waiting mends WeChat, but an error of our own only people. */
const CHECKS_BEFORE_REPORT = 20;

/**
 * Asks WeChat about a pending order that is due on the poll schedule (wechat.md §1.9) and plans the
 * next time. Does nothing when somebody else has claimed or settled it. Failures, WeChat's and our
 * own, are part of the schedule.
 *
 * @throws database errors of an outage: nothing can be planned then, and the lease brings it back.
 */
export async function checkDueOrder(deps: Deps, orderId: string): Promise<void> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const [order] = await deps.db.query<OrderRow>(CLAIM_DUE_ORDER, [orderId, now, leasedUntil]);
  if (!order) return;
  const { outTradeNo } = order;
  try {
    await askOrder(deps, order, { canClose: "when_expired" });
  } catch (error) {
    if (error instanceof WechatPayError) {
      const code = error.code ?? error.reason;
      deps.log.warn({ outTradeNo, error: `${error}` }, "order will be asked again");
      await recordEvent(deps, outTradeNo, "ask_failed", { code });
    } else if (isDatabaseUnavailable(error)) throw error;
    else await reportOwnError(deps, order, error);
  }
  await deps.db.query(PLAN_NEXT_CHECK, [order.id, nextCheckAt(order, deps.now())]);
}

/** Thrown on, it would be lost: the queue's next try finds the lease, does nothing and succeeds. */
async function reportOwnError(
  deps: Deps,
  { outTradeNo, checksCount }: OrderRow,
  error: unknown,
): Promise<void> {
  const explained = error instanceof Error ? error.stack : `${error}`;
  deps.log.error({ outTradeNo, error: explained }, "order will be asked again");
  await recordEvent(deps, outTradeNo, "ask_failed", { code: "internal" });
  if (checksCount < CHECKS_BEFORE_REPORT) return;
  const details = { checksCount };
  await reportIncident(deps, { kind: "order_stuck", outTradeNo, transactionId: null, details });
}
