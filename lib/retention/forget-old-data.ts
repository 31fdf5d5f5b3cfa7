/**
 * R49, R50: what a contract or a payment rests on is kept for ten years after its end; what led to
 * neither is forgotten. Bounded, so that a backlog goes over several hours.
 */
import type { Statement } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";

/** Longer than any client repeats a request, and than a person remembers a failed payment. */
const KEYS_DAYS = 30;
const UNPAID_EVENTS_DAYS = 30;
/** An application that was never paid in a quarter of a year will not be. */
const UNPAID_PERSON_DAYS = 90;
const NOTICES_DAYS = 400;
/** Of each kind in an hour: half a million a day. */
const ROWS_MAX = 20_000;

const STATEMENTS: readonly { days: number; statement: Statement }[] = [
  {
    days: KEYS_DAYS,
    statement: {
      name: "forget_keys",
      text: `DELETE FROM idempotency_keys WHERE (payer_id, key) IN (
        SELECT payer_id, key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT $2)`,
    },
  },
  {
    days: UNPAID_EVENTS_DAYS,
    statement: {
      name: "forget_unpaid_events",
      // A week behind is made good; by then the events before it are gone.
      text: `DELETE FROM order_events WHERE id IN (
        SELECT e.id FROM order_events e JOIN orders o ON o.id = e.order_id
        WHERE e.at BETWEEN $1::timestamptz - interval '7 days' AND $1 AND o.state = 'closed' LIMIT $2)`,
    },
  },
  {
    days: NOTICES_DAYS,
    statement: {
      name: "forget_notices",
      text: `DELETE FROM notices WHERE id IN (
        SELECT id FROM (SELECT id, created_at FROM notices ORDER BY id LIMIT $2) oldest WHERE created_at < $1)`,
    },
  },
  {
    // The policy's row stays, because orders point at it; who it was about, and what he declared, is
    // gone. Counted from the newest declaration: he may have come back to the same row.
    days: UNPAID_PERSON_DAYS,
    statement: {
      name: "forget_unpaid_people",
      text: `WITH unpaid AS (
          UPDATE policies SET asker_name = '', id_number_index = 'forgotten:' || id WHERE id IN (
            SELECT id FROM policies p WHERE p.status = 'pending_payment' AND p.units_held = 0 AND p.created_at < $1
              AND p.asker_name <> '' AND NOT EXISTS (
                SELECT 1 FROM applications a WHERE a.policy_id = p.id AND a.created_at >= $1)
            ORDER BY p.created_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
          RETURNING id),
        erased AS (
          UPDATE identities i SET name_cipher = '', id_number_cipher = '', phone_cipher = '',
            id_number_index = 'forgotten:' || i.id
          FROM applications a JOIN unpaid ON unpaid.id = a.policy_id WHERE i.id = a.identity_id)
        DELETE FROM applications a USING unpaid WHERE a.policy_id = unpaid.id`,
    },
  },
];

/** Forgets what is older than its time on the application's clock. */
export async function forgetOldData(deps: Pick<Deps, "db" | "now">): Promise<void> {
  for (const { days, statement } of STATEMENTS) {
    const before = new Date(deps.now().getTime() - days * 86_400_000);
    await deps.db.query(statement, [before, ROWS_MAX]);
  }
}
