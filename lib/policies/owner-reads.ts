/** What only the insured reads of his policy: who gave, every document, what he has told. */
import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { DiagnosisOutcome } from "./contract";
import type { Endorsement, OwnerPolicy, Supporter } from "./views";

// An anonymous friend is anonymous to the insured as well; his wish is still read, once it may be shown.
const SUPPORTERS = {
  name: "policy_supporters",
  text: `SELECT u.seq, CASE WHEN NOT o.is_anonymous THEN w.nickname END AS nickname, s.text AS message,
      s.id AS "wordsId", r.emoji AS reaction, o.is_anonymous AS "isAnonymous",
      CASE WHEN t.id IS NOT NULL THEN json_build_object('id', t.id, 'text', t.text, 'state', t.state, 'reaction', tr.emoji) END AS thanks,
      o.kind = 'first' AS "isInsured", u.cover_yuan AS "coverYuan", e.number AS "endorsementNo",
      u.settled_at AS "supportedAt", u.matures_on AS "maturesOn",
      o.kind = 'gift' AND u.effective_on > $2::date AS "canRefuse"
    FROM units u JOIN orders o ON o.id = u.order_id JOIN users w ON w.id = o.payer_id
      JOIN endorsements e ON e.unit_id = u.id AND e.kind = 'unit_added'
      LEFT JOIN words s ON s.order_id = o.id AND s.kind = 'wish' AND s.state = 'shown'
      LEFT JOIN policies p ON p.id = u.policy_id
      LEFT JOIN reactions r ON r.words_id = s.id AND r.user_id = p.user_id
      LEFT JOIN words t ON t.order_id = o.id AND t.kind = 'thanks'
      LEFT JOIN reactions tr ON tr.words_id = t.id AND tr.user_id = o.payer_id
    WHERE u.policy_id = $1 AND u.status = 'active' ORDER BY u.settled_at DESC, u.seq DESC LIMIT 100`,
};
/** A hundred units, and as many again that came and went, is more than one screen. */
const ENDORSEMENTS = {
  name: "policy_endorsements",
  text: `SELECT e.number, e.kind, e.cover_delta_yuan AS "coverDeltaYuan", e.created_at AS "createdAt"
    FROM (SELECT e.* FROM units u JOIN endorsements e ON e.unit_id = u.id
        WHERE u.policy_id = $1 AND (u.status = 'active' OR u.status = 'ended')
      UNION ALL SELECT * FROM endorsements WHERE policy_id = $1 AND kind = 'policy_ended') e
    ORDER BY length(e.number) DESC, e.number DESC LIMIT 300`,
};
const DIAGNOSIS = {
  name: "policy_diagnosis",
  text: `SELECT outcome, payable_yuan AS "payableYuan", created_at AS "createdAt"
    FROM diagnosis_reports WHERE policy_id = $1`,
};
const OPEN_FIRST_ORDER = {
  name: "open_first_order",
  text: `SELECT out_trade_no AS "outTradeNo", expires_at AS "expiresAt" FROM orders
    WHERE policy_id = $1 AND kind = 'first' AND state = 'pending'`,
};

/** Of live units, newest first. */
export async function listSupporters(
  deps: Pick<Deps, "db">,
  policyId: string,
  today: CalendarDate,
): Promise<Supporter[]> {
  const rows = await deps.db.query<Omit<Supporter, "supportedAt"> & { supportedAt: Date }>(
    SUPPORTERS,
    [policyId, today],
  );
  return rows.map((row) => ({ ...row, supportedAt: row.supportedAt.toISOString() }));
}

/** Newest first. */
export async function listEndorsements(
  deps: Pick<Deps, "db">,
  policyId: string,
): Promise<Endorsement[]> {
  const rows = await deps.db.query<Omit<Endorsement, "createdAt"> & { createdAt: Date }>(
    ENDORSEMENTS,
    [policyId],
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** What was reported, not of which day. */
export async function findDiagnosis(
  deps: Pick<Deps, "db">,
  policyId: string,
): Promise<OwnerPolicy["diagnosis"]> {
  const [row] = await deps.db.query<{
    outcome: DiagnosisOutcome;
    payableYuan: number;
    createdAt: Date;
  }>(DIAGNOSIS, [policyId]);
  if (!row) return null;
  const { createdAt, ...report } = row;
  return { ...report, reportedAt: createdAt.toISOString() };
}

/** Unit 1's order while it is unpaid. */
export async function findOpenFirstOrder(
  deps: Pick<Deps, "db">,
  policyId: string,
): Promise<OwnerPolicy["openOrder"]> {
  const [open] = await deps.db.query<{ outTradeNo: string; expiresAt: Date }>(OPEN_FIRST_ORDER, [
    policyId,
  ]);
  return open ? { ...open, expiresAt: open.expiresAt.toISOString() } : null;
}
