/** A policy as the verbs that end it see it: its version, its units and what became of them. */
import type { Database } from "@/lib/db/database";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { RefundableUnit } from "@/lib/pricing/refunds";
import type { DiagnosisOutcome, EndReason } from "./contract";

export interface UnitToEnd extends RefundableUnit {
  id: string;
  orderId: string;
  outTradeNo: string;
  /** Unit 1, paid by the insured. */
  isOwn: boolean;
  /** What was returned when it ended; 0 while it lives and when nothing was left. */
  refundedFen: number;
}

export interface PolicyToEnd {
  id: string;
  userId: string;
  status: "pending_payment" | "active" | "ended";
  planVersion: string;
  /** Endorsements so far: every change of the units raises it. */
  version: number;
  issuedAt: Date | null;
  effectiveOn: CalendarDate | null;
  endReason: EndReason | null;
  /** Of the endorsement that ended the whole policy. */
  endorsementNo: string | null;
  /** The live ones, or those that ended with the policy; each number once, in order. */
  units: UnitToEnd[];
  report: { outcome: DiagnosisOutcome; payableYuan: number; createdAt: Date } | null;
}

type Row = Omit<PolicyToEnd, "report"> & {
  reportOutcome: DiagnosisOutcome | null;
  reportPayableYuan: number;
  reportCreatedAt: Date;
};

// A unit with an endorsement of its own ended before the policy and is no part of its ending.
const POLICY_TO_END = {
  name: "policy_to_end",
  text: `SELECT p.id, p.user_id AS "userId", p.status, p.plan_version AS "planVersion",
      p.endorsements_count AS version, p.issued_at AS "issuedAt", p.effective_on AS "effectiveOn",
      p.end_reason AS "endReason", d.outcome AS "reportOutcome", d.payable_yuan AS "reportPayableYuan",
      d.created_at AS "reportCreatedAt",
      (SELECT e.number FROM endorsements e
        WHERE e.policy_id = p.id AND e.kind = 'policy_ended') AS "endorsementNo",
      (SELECT coalesce(json_agg(json_build_object('id', u.id, 'orderId', u.order_id,
          'outTradeNo', o.out_trade_no, 'isOwn', o.kind = 'first', 'unitNumber', u.seq,
          'premiumFen', o.amount_fen, 'coverYuan', u.cover_yuan, 'effectiveOn', u.effective_on,
          'maturesOn', u.matures_on, 'lastDayOn', u.last_day_on, 'endedOn', u.ended_on,
          'refundedFen', coalesce(r.amount_fen, 0)) ORDER BY u.seq), '[]')
        FROM units u JOIN orders o ON o.id = u.order_id
          LEFT JOIN refunds r ON r.order_id = o.id AND r.superseded_by IS NULL
        WHERE u.policy_id = p.id AND (u.status = 'active' OR u.status = 'ended' AND NOT EXISTS (
          SELECT 1 FROM endorsements x WHERE x.unit_id = u.id AND x.kind = 'unit_ended'))) AS units
    FROM policies p LEFT JOIN diagnosis_reports d ON d.policy_id = p.id WHERE p.code = $1`,
};

/** One read without a lock; null when the code is unknown. */
export async function findPolicyToEnd(db: Database, code: string): Promise<PolicyToEnd | null> {
  const [row] = await db.query<Row>(POLICY_TO_END, [code]);
  if (!row) return null;
  const { reportOutcome, reportPayableYuan, reportCreatedAt, ...policy } = row;
  const report = reportOutcome && {
    outcome: reportOutcome,
    payableYuan: reportPayableYuan,
    createdAt: reportCreatedAt,
  };
  return { ...policy, report };
}
