import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { sumBill } from "./bill-sums";

// What WeChat kept has left the clearing account, right or wrong; a fee that refunds gave back is
// negative. A second time it meets the entry that is there.
const BOOK_FEES = {
  name: "book_fees",
  text: `WITH entry AS (
      INSERT INTO ledger_entries (id, kind, bill_date, created_at)
      SELECT $2, 'fees_charged', $1, $3 WHERE $4::int <> 0
      ON CONFLICT (bill_date, kind) DO NOTHING RETURNING id)
    INSERT INTO ledger_postings (entry_id, account, amount_fen)
    SELECT entry.id, side.account, side.sign * $4::int
    FROM entry, (VALUES ('wechat_clearing', -1), ('wechat_fees', 1)) AS side(account, sign)`,
};

/** One entry for the fees of a bill's day; none when they come to nothing. Repeating it is harmless. */
export async function bookFees(
  deps: Deps,
  billDate: CalendarDate,
  beforeChunk: () => Promise<void>,
): Promise<void> {
  // The lines of a stored bill never change, so the sum may be taken before the entry is written.
  const { feeFen } = await sumBill(deps, billDate, beforeChunk);
  const now = deps.now();
  await deps.db.query(BOOK_FEES, [billDate, newId("ledgerEntry", now), now, feeFen]);
}
