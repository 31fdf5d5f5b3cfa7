import type { Database } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";

/** What happens to an order besides its states; told in the yuan's story. */
export type OrderEventKind =
  | "prepay_failed"
  | "asked"
  | "ask_failed"
  | "closed_at_wechat"
  | "notified_again"
  | "refund_sent"
  | "refund_call_failed"
  | "refund_notified"
  | "refund_abnormal_sent";

const RECORD_EVENT = {
  name: "record_event",
  text: `INSERT INTO order_events (order_id, kind, at, details)
    SELECT id, $2, $3, $4 FROM orders WHERE out_trade_no = $1`,
};

/**
 * Adds one event to an order's story. The story explains and decides nothing: when it cannot be
 * written, the money goes on.
 */
export async function recordEvent(
  deps: Pick<Deps, "now" | "log"> & { db: Pick<Database, "query"> },
  outTradeNo: string,
  kind: OrderEventKind,
  details: Record<string, unknown> = {},
): Promise<void> {
  try {
    await deps.db.query(RECORD_EVENT, [outTradeNo, kind, deps.now(), JSON.stringify(details)]);
  } catch (error) {
    deps.log.warn({ outTradeNo, event: kind, error: `${error}` }, "event not recorded");
  }
}
