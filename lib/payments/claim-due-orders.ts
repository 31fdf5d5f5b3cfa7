import type { Deps } from "@/lib/deps";
import { ORDER_COLUMNS, type OrderRow } from "./orders";
import { nextCheckAt } from "./rules";

const CLAIM_DUE_ORDERS = {
  name: "claim_due_orders",
  text: `UPDATE orders o SET checks_count = o.checks_count + 1, next_check_at = $2
    FROM (SELECT id FROM orders WHERE state = 'pending' AND next_check_at <= $1
          ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
    WHERE o.id = due.id RETURNING ${ORDER_COLUMNS}`,
};
const PLAN_NEXT_CHECK = {
  name: "plan_next_check",
  text: "UPDATE orders SET next_check_at = $2 WHERE id = $1 AND state = 'pending'",
};

/** A worker that dies holding a claim loses it after this long. */
const LEASE_SECONDS = 30;

/**
 * Takes up to `limit` pending orders that are due on the poll schedule (wechat.md §1.9), so that no
 * other worker asks after them for the length of the lease.
 */
export function claimDueOrders(deps: Deps, limit: number): Promise<OrderRow[]> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  return deps.db.query<OrderRow>(CLAIM_DUE_ORDERS, [now, leasedUntil, limit]);
}

/** Plans the next check of an order that was asked after; does nothing when it is decided. */
export async function planNextCheck(deps: Deps, order: OrderRow): Promise<void> {
  await deps.db.query(PLAN_NEXT_CHECK, [order.id, nextCheckAt(order, deps.now())]);
}
