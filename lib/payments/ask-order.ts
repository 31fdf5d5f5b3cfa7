/**
 * Our own question to WeChat: what became of this order? Used when the cashier closes, on the poll
 * schedule, and before a place is given back. A place is only given back after close at WeChat and a
 * query after that: `time_expire` closes nothing, and a payment may win the race (design §5.2).
 */
import { setTimeout as pause } from "node:timers/promises";
import { isStaleDecision } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import type { OrderRow } from "./orders";
import { recordEvent, recordNews } from "./record-event";
import { type SettleResult, settlePayment } from "./settle-payment";

const CLOSE_ORDER = {
  name: "close_order",
  text: `WITH gone AS (
      UPDATE orders SET state = 'closed', next_check_at = NULL WHERE id = $1 AND state = 'pending'
      RETURNING policy_id)
    UPDATE policies p SET units_held = p.units_held - 1 FROM gone WHERE p.id = gone.policy_id
    RETURNING p.id`,
};

export type AskResult = SettleResult | { kind: "closed" };

/**
 * Settles the order when WeChat says it is paid; otherwise leaves it pending, or, when `canClose`
 * and it has expired, closes it at WeChat and gives its place back.
 *
 * @throws WechatPayError when WeChat cannot be asked: the order stays as it is.
 */
export async function askOrder(
  deps: Deps,
  order: Pick<OrderRow, "id" | "outTradeNo" | "expiresAt" | "prepayId">,
  { canClose }: { canClose: "when_expired" | "now" | "never" },
): Promise<AskResult> {
  const first = await settleIfPaid(deps, order.outTradeNo);
  if (first.kind !== "not_paid" && first.kind !== "reported") return first;
  const isExpired = deps.now() >= order.expiresAt;
  if (canClose === "never" || (canClose === "when_expired" && !isExpired)) return first;
  // A reported payment (given back at WeChat's own console, say) will never be a unit of this
  // order, and a person looks at it; it must not keep the place from others.
  if (first.kind === "not_paid") {
    const closed = await deps.pay.closeOrder(order.outTradeNo);
    await recordEvent(deps, order.outTradeNo, "closed_at_wechat", { answer: closed });
    const last = closed === "not_found" ? first : await settleIfPaid(deps, order.outTradeNo);
    if (last.kind !== "not_paid") return last;
    // WeChat said "paid" to the close and not yet to the query: the next look will tell.
    if (closed === "paid") return last;
  }
  await giveBackPlace(deps, order.id);
  return { kind: "closed" };
}

/** Whoever stood in the way is through by then; more than this many would be a bug. */
const CLOSE_ATTEMPTS_MAX = 4;

/** Again after a lost race or a deadlock, a moment later each time; nothing was written before (F37). */
async function giveBackPlace(deps: Deps, orderId: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await deps.db.query(CLOSE_ORDER, [orderId]);
      return;
    } catch (error) {
      if (!isStaleDecision(error) || attempt === CLOSE_ATTEMPTS_MAX) throw error;
    }
    await pause(attempt * (20 + 30 * Math.random()));
  }
}

async function settleIfPaid(deps: Deps, outTradeNo: string): Promise<SettleResult> {
  const transaction = await deps.pay.findTransaction(outTradeNo);
  // The payer's page asks every second: the story tells what changed, not every look.
  await recordNews(deps, outTradeNo, "asked", { tradeState: transaction?.tradeState ?? null });
  return transaction ? settlePayment(deps, transaction, "query") : { kind: "not_paid" };
}
