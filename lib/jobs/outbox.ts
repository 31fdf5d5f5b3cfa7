/**
 * Effects of committed changes. A message is written in the change's own transaction; taking it,
 * doing its effect and removing it is one transaction too, so an effect may happen twice, never not
 * at all, and several workers never take the same message.
 */
import type { Deps } from "@/lib/deps";

interface OutboxMessage {
  topic: "unit_settled" | "refund_requested";
  payload: Record<string, string>;
}

const TAKE_MESSAGES = {
  name: "take_outbox",
  text: `DELETE FROM outbox_messages WHERE id IN (
      SELECT id FROM outbox_messages WHERE next_attempt_at <= $1
      ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING topic, payload`,
};

/**
 * Works off up to `limit` messages and returns how many there were. The one effect of today is a
 * line in the log for each topic, for whoever watches the campaign.
 */
export function drainOutbox(deps: Deps, limit: number): Promise<number> {
  return deps.db.transaction(async (query) => {
    const messages = await query<OutboxMessage>(TAKE_MESSAGES, [deps.now(), limit]);
    for (const topic of new Set(messages.map((message) => message.topic))) {
      const count = messages.filter((message) => message.topic === topic).length;
      deps.log.info({ topic, count }, "outbox");
    }
    return messages.length;
  });
}
