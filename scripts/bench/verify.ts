/** What the database says after the load: the figures count only if this is flawless. */
import type { Database } from "@/lib/db/database";
import { auditDatabase } from "@/lib/ledger/audit";

const UNSETTLED = {
  name: "bench_unsettled",
  text: `SELECT n AS "outTradeNo" FROM unnest($1::text[]) n
    LEFT JOIN orders o ON o.out_trade_no = n AND o.state = 'settled'
    LEFT JOIN units u ON u.order_id = o.id AND u.status = 'active'
    GROUP BY n HAVING count(u.id) <> 1`,
};

/** Of these orders, the ones that are not exactly one unit. */
export async function findUnsettled(db: Database, outTradeNos: string[]): Promise<string[]> {
  const rows = await db.query<{ outTradeNo: string }>(UNSETTLED, [outTradeNos]);
  return rows.map((row) => row.outTradeNo);
}

/** Prints every broken invariant and returns how many there are. */
export async function printBreaches(db: Database): Promise<number> {
  const broken = (await auditDatabase(db, new Date())).filter((line) => line.count > 0);
  for (const line of broken) {
    console.error(`  BAD ${line.name}: ${line.statement} (${line.count} breaches)`);
    for (const breach of line.breaches) console.error(`      ${JSON.stringify(breach)}`);
  }
  return broken.length;
}
