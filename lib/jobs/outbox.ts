/**
 * Effects of committed changes. A message is written in the change's own transaction and removed
 * only after its effect; an effect may therefore happen twice, never not at all.
 */
import type { Deps } from "@/lib/deps";

interface OutboxMessage {
  id: string;
  topic: "unit_settled" | "refund_requested";
  payload: Record<string, string>;
  attempts: number;
}

const CLAIM_MESSAGES = {
  name: "claim_outbox",
  text: `UPDATE outbox_messages m SET attempts = m.attempts + 1, next_attempt_at = $2
    FROM (SELECT id FROM outbox_messages WHERE next_attempt_at <= $1
          ORDER BY next_attempt_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) due
    WHERE m.id = due.id RETURNING m.id, m.topic, m.payload, m.attempts`,
};
const DELETE_MESSAGES = {
  name: "delete_outbox",
  text: "DELETE FROM outbox_messages WHERE id = ANY($1::bigint[])",
};

const LEASE_SECONDS = 30;

/** Today each topic's effect is one line in the log, for whoever watches the campaign. */
export async function drainOutbox(deps: Deps, limit: number): Promise<number> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const messages = await deps.db.query<OutboxMessage>(CLAIM_MESSAGES, [now, leasedUntil, limit]);
  for (const message of messages) {
    deps.log.info({ topic: message.topic, ...message.payload }, "outbox");
  }
  if (messages.length > 0) {
    await deps.db.query(DELETE_MESSAGES, [messages.map((message) => message.id)]);
  }
  return messages.length;
}
