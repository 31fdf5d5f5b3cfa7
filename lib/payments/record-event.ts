import type { Database, Statement } from "@/lib/db/database";
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

const RECORD_NEWS = {
  name: "record_news",
  text: `INSERT INTO order_events (order_id, kind, at, details)
    SELECT o.id, $2, $3, $4 FROM orders o WHERE o.out_trade_no = $1 AND $4::jsonb IS DISTINCT FROM (
      SELECT e.details FROM order_events e WHERE e.order_id = o.id AND e.kind = $2 ORDER BY e.id DESC LIMIT 1)`,
};

type Recording = Pick<Deps, "now" | "log"> & { db: Pick<Database, "query"> };

/**
 * Adds one event to an order's story. The story explains and decides nothing: when it cannot be
 * written, the money goes on.
 */
export function recordEvent(
  deps: Recording,
  outTradeNo: string,
  kind: OrderEventKind,
  details: Record<string, unknown> = {},
): Promise<void> {
  return record(deps, RECORD_EVENT, outTradeNo, kind, details);
}

/** The same, unless the last event of that kind says the same: for what is looked at all the time. */
export function recordNews(
  deps: Recording,
  outTradeNo: string,
  kind: OrderEventKind,
  details: Record<string, unknown>,
): Promise<void> {
  return record(deps, RECORD_NEWS, outTradeNo, kind, details);
}

async function record(
  deps: Recording,
  statement: Statement,
  outTradeNo: string,
  kind: OrderEventKind,
  details: Record<string, unknown>,
): Promise<void> {
  try {
    await deps.db.query(statement, [outTradeNo, kind, deps.now(), JSON.stringify(details)]);
  } catch (error) {
    deps.log.warn({ outTradeNo, event: kind, error: `${error}` }, "event not recorded");
  }
}
