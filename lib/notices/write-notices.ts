/**
 * What people are told about their money and their policy, on their own page. A notice is one fact
 * told once: `fact` is unique, so a repeated job tells nothing twice. Whoever has agreed to it hears
 * of it in WeChat as well (`lib/messages`).
 */
import type { Statement } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import type { Told } from "@/lib/jobs/carry-out";
import { planningSql, templatesByNotice } from "@/lib/messages/plan";

const TOLD =
  "told AS (INSERT INTO notices (user_id, kind, order_id, policy_id, details, fact, created_at)";
const ONCE = `ON CONFLICT (fact) DO NOTHING RETURNING id, user_id, kind, policy_id)
  ${planningSql({ templates: "$3", now: "$2::timestamptz" })}`;

const STATEMENTS: Record<Told["topic"], Statement> = {
  // The payer hears that his yuan counts, and the insured that a friend has given one: who, is read when
  // it is shown, because a giver may become anonymous afterwards.
  unit_settled: {
    name: "notices_unit_settled",
    text: `WITH settled AS (
        SELECT u.id, u.seq, u.cover_yuan, u.policy_id, o.id AS order_id, o.kind, o.payer_id, p.user_id, p.asker_name,
          p.units_max, p.units_paid = p.units_max AS is_full
        FROM units u JOIN orders o ON o.id = u.order_id JOIN policies p ON p.id = u.policy_id
        WHERE u.id = ANY ($1::text[])),
      ${TOLD}
      SELECT payer_id, 'unit_settled', order_id, policy_id,
        jsonb_build_object('seq', seq, 'coverYuan', cover_yuan, 'askerName', asker_name, 'isOwn', kind = 'first'),
        'unit_settled:' || id, $2::timestamptz FROM settled
      UNION ALL
      SELECT user_id, 'unit_received', NULL, policy_id,
        jsonb_build_object('seq', seq, 'coverYuan', cover_yuan),
        'unit_received:' || id, $2::timestamptz FROM settled WHERE kind = 'gift'
      UNION ALL
      SELECT user_id, 'policy_full', NULL, policy_id, jsonb_build_object('unitsMax', units_max),
        'policy_full:' || policy_id, $2::timestamptz FROM settled WHERE is_full
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
          JOIN orders o ON o.id = u.order_id JOIN refunds r ON r.order_id = o.id JOIN policies p ON p.id = o.policy_id),
      ${TOLD}
      SELECT user_id, CASE WHEN kind = 'policy_ended' THEN 'policy_ended' ELSE 'unit_ended' END, NULL, policy_id,
        jsonb_build_object('endorsementNo', number, 'coverDeltaYuan', cover_delta_yuan, 'reason', end_reason),
        'endorsement:' || number, $2::timestamptz FROM ended
      UNION ALL
      SELECT payer_id, 'refund_requested', order_id, policy_id,
        jsonb_build_object('amountFen', amount_fen, 'reason', reason, 'askerName', asker_name),
        'refund_requested:' || id, $2::timestamptz FROM refunded
      ${ONCE}`,
  },
  // What the words say, and whether they may be shown, is read when it is shown.
  thanked: {
    name: "notices_thanked",
    text: `WITH ${TOLD}
      SELECT o.payer_id, 'thanked', o.id, o.policy_id, jsonb_build_object('askerName', p.asker_name),
        'thanked:' || w.id, $2::timestamptz
      FROM words w JOIN orders o ON o.id = w.order_id JOIN policies p ON p.id = o.policy_id
      WHERE w.id = ANY ($1::text[]) AND w.kind = 'thanks'
      ${ONCE}`,
  },
  refund_requested: {
    name: "notices_refund_requested",
    text: `WITH ${TOLD}
      SELECT o.payer_id, 'refund_requested', o.id, o.policy_id,
        jsonb_build_object('amountFen', r.amount_fen, 'reason', r.reason, 'askerName', p.asker_name),
        'refund_requested:' || r.id, $2::timestamptz
      FROM refunds r JOIN orders o ON o.id = r.order_id JOIN policies p ON p.id = o.policy_id WHERE r.id = ANY ($1::text[])
      ${ONCE}`,
  },
  refund_succeeded: {
    name: "notices_refund_succeeded",
    text: `WITH ${TOLD}
      SELECT o.payer_id, 'refund_succeeded', o.id, o.policy_id,
        jsonb_build_object('amountFen', r.amount_fen, 'receivedBy', r.received_by), 'refund_succeeded:' || r.id, $2::timestamptz
      FROM orders o JOIN refunds r ON r.order_id = o.id AND r.state = 'succeeded' WHERE o.id = ANY ($1::text[])
      ${ONCE}`,
  },
  refund_delayed: {
    name: "notices_refund_delayed",
    text: `WITH ${TOLD}
      SELECT o.payer_id, 'refund_delayed', o.id, o.policy_id, jsonb_build_object('amountFen', r.amount_fen),
        'refund_delayed:' || r.id, $2::timestamptz
      FROM orders o JOIN refunds r ON r.order_id = o.id AND r.state IN ('abnormal', 'closed') WHERE o.id = ANY ($1::text[])
      ${ONCE}`,
  },
};

/** Tells what the named rows say; for each topic the ids are those of its messages. */
export async function writeNotices(
  deps: Pick<Deps, "db" | "now" | "config">,
  topic: Told["topic"],
  ids: readonly string[],
): Promise<void> {
  await deps.db.query(STATEMENTS[topic], [ids, deps.now(), templatesByNotice(deps)]);
}
