/**
 * All invariants of the money (design §5), each a view that must return no row, and the one that SQL
 * cannot express: the cover people see is `payableCover` of their units.
 */
import type { Database } from "@/lib/db/database";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { type CoverUnit, payableCover } from "@/lib/pricing/cover";

export interface AuditLine {
  name: string;
  statement: string;
  /** Up to ROWS_SHOWN_MAX breaches, and how many there are. */
  breaches: Record<string, unknown>[];
  count: number;
}

const ROWS_SHOWN_MAX = 10;

/** A number is that of the invariant in docs/invariants.md; views without one are this product's own. */
const VIEWS = {
  audit_i01_cap: "no policy holds or has promised more than its cap",
  audit_i02_counts: "a policy's counters equal its units, open orders and endorsements",
  audit_i03_each_yuan: "every paid order is exactly one unit or one refund",
  audit_i04_double_entry: "the postings of every entry sum to zero",
  audit_i05_provider: "every difference from WeChat's bills is explained, and the fees are booked",
  audit_i06_refunds:
    "refunds of an order are at most what was paid, and its state agrees with them",
  audit_i08_monotone: "every state has its facts, and what is over stays over",
  audit_i10_once: "one order per transaction, one live gift per payer, one live policy per person",
  audit_i11_outbox: "every effect of a committed change happens, and no job has been given up",
  audit_i12_rank:
    "every board has each policy once, where its units say, listed if its owner wants it",
  audit_i18_liveness: "nothing stays undecided: no order past its hold, no refund older than a day",
  audit_i20_people: "whoever paid has been told what became of it",
  audit_ledger_matches_orders: "the ledger says of every order what became of its money",
  audit_units: "unit 1 is the insured's, the others are friends', each with its endorsements",
  audit_messages: "nobody got more messages than he may, and none is left between two states",
  audit_incidents: "no payment fact is left unexplained",
} as const;

/** @param now the instant that "too old" is measured from, on the application's clock. */
export async function auditDatabase(db: Database, now: Date): Promise<AuditLine[]> {
  const lines = await db.transaction(async (query) => {
    await query(AUDIT_NOW, [now.toISOString()]);
    const views: AuditLine[] = [];
    for (const [view, statement] of Object.entries(VIEWS)) {
      const text = `SELECT to_jsonb(v) AS breach, count(*) OVER () AS total FROM ${view} v LIMIT ${ROWS_SHOWN_MAX}`;
      const rows = await query<{ breach: Record<string, unknown>; total: string }>(
        { name: view, text },
        [],
      );
      views.push({
        name: view,
        statement,
        breaches: rows.map((row) => row.breach),
        count: Number(rows[0]?.total ?? 0),
      });
    }
    return views;
  });
  return [...lines, await auditCover(db, now)];
}

const AUDIT_NOW = {
  name: "audit_now",
  text: "SELECT set_config('weihuzhu.audit_now', $1, true)",
};

const COVER_CHUNK = {
  name: "audit_cover",
  text: `SELECT p.id, p.code, p.cover_per_unit_yuan AS "coverPerUnitYuan", json_agg(json_build_object(
      'coverYuan', u.cover_yuan, 'effectiveOn', u.effective_on, 'maturesOn', u.matures_on,
      'lastDayOn', u.last_day_on, 'endedOn', u.ended_on)) AS units,
      count(*) FILTER (WHERE (u.ended_on IS NULL OR u.ended_on > $2) AND u.matures_on <= $2 AND u.last_day_on >= $2)::int AS matured
    FROM policies p JOIN units u ON u.policy_id = p.id
    WHERE p.id > $1 AND (u.status = 'active' OR u.ended_on > $2) GROUP BY p.id ORDER BY p.id LIMIT 500`,
};

/** Cover computed two ways: by the product's own function and by counting in SQL (R22, R24). */
async function auditCover(db: Database, now: Date): Promise<AuditLine> {
  const today = shanghaiDateOf(now);
  const breaches: Record<string, unknown>[] = [];
  let count = 0;
  let after = "";
  for (;;) {
    const rows = await db.query<{
      id: string;
      code: string;
      coverPerUnitYuan: number;
      units: CoverUnit[];
      matured: number;
    }>(COVER_CHUNK, [after, today]);
    for (const row of rows) {
      const payableYuan = payableCover(row.units, today);
      const expectedYuan = row.matured * row.coverPerUnitYuan;
      if (payableYuan === expectedYuan) continue;
      count += 1;
      if (breaches.length < ROWS_SHOWN_MAX) {
        breaches.push({ subject: row.code, payableYuan, expectedYuan });
      }
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  return {
    name: "audit_cover",
    statement: "the cover shown is payableCover of the units",
    breaches,
    count,
  };
}
