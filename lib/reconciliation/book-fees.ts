import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/pricing/calendar";

// What WeChat kept has left the clearing account, right or wrong; a fee that refunds gave back is
// negative. A second time it meets the entry that is there.
const BOOK_FEES = {
  name: "book_fees",
  text: `WITH charged AS (
      SELECT coalesce(sum(fee_fen), 0)::int AS fee_fen FROM bill_lines WHERE bill_date = $1 AND kind = 'trade'),
    entry AS (
      INSERT INTO ledger_entries (id, kind, bill_date, created_at)
      SELECT $2, 'fees_charged', $1, $3 FROM charged WHERE fee_fen <> 0
      ON CONFLICT (bill_date, kind) DO NOTHING RETURNING id)
    INSERT INTO ledger_postings (entry_id, account, amount_fen)
    SELECT entry.id, side.account, side.sign * charged.fee_fen
    FROM entry, charged, (VALUES ('wechat_clearing', -1), ('wechat_fees', 1)) AS side(account, sign)`,
};

/** One entry for the fees of a bill's day; none when they come to nothing. Repeating it is harmless. */
export async function bookFees(deps: Deps, billDate: CalendarDate): Promise<void> {
  const now = deps.now();
  await deps.db.query(BOOK_FEES, [billDate, newId("ledgerEntry", now), now]);
}
