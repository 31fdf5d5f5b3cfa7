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
/** R49: what people said to each other is no part of the contract. */
const ENDED_WORDS_DAYS = 365;
const UNPAID_WORDS_DAYS = 30;
/** R49: a day and a week that are over are on no board. */
const BOARDS_DAYS = 8;
/** A campaign's ten million words are gone after three weeks of hours; what is older is not looked at again. */
const BACKLOG_DAYS = 60;
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
    days: BOARDS_DAYS,
    statement: {
      name: "forget_standings",
      text: `WITH past AS (SELECT to_char($1::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day),
        buckets AS (
          DELETE FROM standings_histogram WHERE board IN ('today', 'week') AND scope < (SELECT day FROM past))
        DELETE FROM standings WHERE (board, scope, policy_id) IN (
          SELECT board, scope, policy_id FROM standings
          WHERE board IN ('today', 'week') AND scope < (SELECT day FROM past) LIMIT $2)`,
    },
  },
  {
    days: ENDED_WORDS_DAYS,
    statement: {
      name: "forget_words_of_ended",
      // Nobody writes about what has ended, so of policies before these there is nothing left to look for.
      text: `WITH past AS (SELECT ($1::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS day)
        DELETE FROM words WHERE id IN (
        SELECT w.id FROM policies p JOIN words w ON w.policy_id = p.id
        WHERE p.ended_on BETWEEN (SELECT day - ${BACKLOG_DAYS} FROM past) AND (SELECT day - 1 FROM past) LIMIT $2)`,
    },
  },
  {
    days: UNPAID_WORDS_DAYS,
    statement: {
      name: "forget_words_of_unpaid",
      // A week behind is made good, as with events.
      text: `DELETE FROM words WHERE id IN (
        SELECT w.id FROM words w JOIN orders o ON o.id = w.order_id
        WHERE w.created_at BETWEEN $1::timestamptz - interval '7 days' AND $1 AND o.state = 'closed' LIMIT $2)`,
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

/**
 * Forgets what is older than its time on the application's clock; all kinds, whatever happens to one.
 * @throws the first error, after the others are done.
 */
export async function forgetOldData(deps: Pick<Deps, "db" | "now">): Promise<void> {
  const failures: unknown[] = [];
  for (const { days, statement } of STATEMENTS) {
    const before = new Date(deps.now().getTime() - days * 86_400_000);
    await deps.db.query(statement, [before, ROWS_MAX]).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
