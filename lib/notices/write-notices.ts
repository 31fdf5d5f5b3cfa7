/**
 * What people are told about their money and their policy, on their own page. A notice is one fact
 * told once: `fact` is unique, so a repeated job tells nothing twice.
 */
import type { Statement } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import type { Messages } from "@/lib/jobs/carry-out";

const INSERT =
  "INSERT INTO notices (user_id, kind, order_id, policy_id, details, fact, created_at)";
const ONCE = "ON CONFLICT (fact) DO NOTHING";

const STATEMENTS: Record<Messages["topic"], Statement> = {
  // The payer hears that his yuan counts, and the insured that a friend has given one.
  unit_settled: {
    name: "notices_unit_settled",
    text: `WITH settled AS (
        SELECT u.id, u.seq, u.cover_yuan, u.policy_id, o.id AS order_id, o.kind, o.payer_id, o.is_anonymous,
          p.user_id, p.asker_name, w.nickname
        FROM units u JOIN orders o ON o.id = u.order_id JOIN policies p ON p.id = u.policy_id
          JOIN users w ON w.id = o.payer_id WHERE u.id = ANY ($1::text[]))
      ${INSERT}
      SELECT payer_id, 'unit_settled', order_id, policy_id,
        jsonb_build_object('seq', seq, 'coverYuan', cover_yuan, 'askerName', asker_name, 'isOwn', kind = 'first'),
        'unit_settled:' || id, $2::timestamptz FROM settled
      UNION ALL
      SELECT user_id, 'unit_received', NULL, policy_id,
        jsonb_build_object('seq', seq, 'coverYuan', cover_yuan, 'nickname', CASE WHEN NOT is_anonymous THEN nickname END),
        'unit_received:' || id, $2::timestamptz FROM settled WHERE kind = 'gift'
      ${ONCE}`,
  },
  // The insured hears what the endorsement says; the payers hear of their refunds below.
  units_ended: {
    name: "notices_units_ended",
    text: `WITH ended AS (
        SELECT e.number, e.kind, e.cover_delta_yuan, p.id AS policy_id, p.user_id, p.end_reason
        FROM endorsements e JOIN policies p ON p.id = e.policy_id WHERE e.number = ANY ($1::text[])),
      refunded AS (
        SELECT r.id, r.amount_fen, r.reason, o.id AS order_id, o.payer_id, o.policy_id, p.asker_name
        FROM ended d JOIN units u ON u.policy_id = d.policy_id AND u.status = 'ended'
          JOIN orders o ON o.id = u.order_id JOIN refunds r ON r.order_id = o.id JOIN policies p ON p.id = o.policy_id)
      ${INSERT}
      SELECT user_id, CASE WHEN kind = 'policy_ended' THEN 'policy_ended' ELSE 'unit_ended' END, NULL, policy_id,
        jsonb_build_object('endorsementNo', number, 'coverDeltaYuan', cover_delta_yuan, 'reason', end_reason),
        'endorsement:' || number, $2::timestamptz FROM ended
      UNION ALL
      SELECT payer_id, 'refund_requested', order_id, policy_id,
        jsonb_build_object('amountFen', amount_fen, 'reason', reason, 'askerName', asker_name),
        'refund_requested:' || id, $2::timestamptz FROM refunded
      ${ONCE}`,
  },
  refund_requested: {
    name: "notices_refund_requested",
    text: `${INSERT}
      SELECT o.payer_id, 'refund_requested', o.id, o.policy_id,
        jsonb_build_object('amountFen', r.amount_fen, 'reason', r.reason, 'askerName', p.asker_name),
        'refund_requested:' || r.id, $2::timestamptz
      FROM refunds r JOIN orders o ON o.id = r.order_id JOIN policies p ON p.id = o.policy_id WHERE r.id = ANY ($1::text[])
      ${ONCE}`,
  },
  refund_succeeded: {
    name: "notices_refund_succeeded",
    text: `${INSERT}
      SELECT o.payer_id, 'refund_succeeded', o.id, o.policy_id,
        jsonb_build_object('amountFen', r.amount_fen, 'receivedBy', r.received_by), 'refund_succeeded:' || r.id, $2::timestamptz
      FROM orders o JOIN refunds r ON r.order_id = o.id AND r.state = 'succeeded' WHERE o.id = ANY ($1::text[])
      ${ONCE}`,
  },
  refund_delayed: {
    name: "notices_refund_delayed",
    text: `${INSERT}
      SELECT o.payer_id, 'refund_delayed', o.id, o.policy_id, jsonb_build_object('amountFen', r.amount_fen),
        'refund_delayed:' || r.id, $2::timestamptz
      FROM orders o JOIN refunds r ON r.order_id = o.id AND r.state IN ('abnormal', 'closed') WHERE o.id = ANY ($1::text[])
      ${ONCE}`,
  },
};

/** Tells what the named rows say; for each topic the ids are those of its messages. */
export async function writeNotices(
  deps: Pick<Deps, "db" | "now">,
  topic: Messages["topic"],
  ids: readonly string[],
): Promise<void> {
  await deps.db.query(STATEMENTS[topic], [ids, deps.now()]);
}
