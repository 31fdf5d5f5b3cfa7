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
 * Takes up to `limit` pending orders that are due on the poll schedule (wechat.md §1.9) and plans
 * each one's next check, so that no other worker asks at the same time.
 */
export async function claimDueOrders(deps: Deps, limit: number): Promise<OrderRow[]> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const orders = await deps.db.query<OrderRow>(CLAIM_DUE_ORDERS, [now, leasedUntil, limit]);
  await Promise.all(
    orders.map((order) => deps.db.query(PLAN_NEXT_CHECK, [order.id, nextCheckAt(order, now)])),
  );
  return orders;
}
