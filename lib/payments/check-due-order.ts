import type { Deps } from "@/lib/deps";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { askOrder } from "./ask-order";
import { ORDER_COLUMNS, type OrderRow } from "./orders";
import { recordEvent } from "./record-event";
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

/**
 * Asks WeChat about a pending order that is due on the poll schedule (wechat.md §1.9) and plans the
 * next time. Does nothing when somebody else has claimed or settled it. WeChat's failures are part
 * of the schedule; any other error fails the job, and the lease brings the order back.
 */
export async function checkDueOrder(deps: Deps, orderId: string): Promise<void> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const [order] = await deps.db.query<OrderRow>(CLAIM_DUE_ORDER, [orderId, now, leasedUntil]);
  if (!order) return;
  try {
    await askOrder(deps, order, { canClose: "when_expired" });
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error;
    deps.log.warn({ outTradeNo: order.outTradeNo, error: `${error}` }, "order will be asked again");
    await recordEvent(deps, order.outTradeNo, "ask_failed", { code: error.code ?? error.reason });
  }
  await deps.db.query(PLAN_NEXT_CHECK, [order.id, nextCheckAt(order, deps.now())]);
}
