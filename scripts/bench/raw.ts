/** The SQL work of a settle without anything around it: what the hot path can at best approach. */
import type { Database } from "@/lib/db/database";
import { newId } from "@/lib/ids";
import { SETTLE_SNAPSHOTS } from "@/lib/payments/orders";
import { SETTLE_UNIT } from "@/lib/payments/settle-payment";
import type { Gift } from "./gifts";

/**
 * Settles every gift with the application's own two prepared statements over the same number of
 * connections. What the application decides between them was decided when the gift was prepared.
 */
export async function settleRaw(
  db: Database,
  gifts: readonly Gift[],
  concurrency: number,
): Promise<void> {
  let next = 0;
  async function work(): Promise<void> {
    for (let gift = gifts[next++]; gift; gift = gifts[next++]) await settle(db, gift);
  }
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function settle(db: Database, gift: Gift): Promise<void> {
  const [order] = await db.query<{ id: string; state: string }>(SETTLE_SNAPSHOTS, [
    [gift.outTradeNo],
  ]);
  const now = new Date();
  await db.query(SETTLE_UNIT, [
    order?.id,
    order?.state,
    gift.transactionId,
    gift.amountFen,
    gift.paidAt,
    "notify",
    now,
    newId("unit", now),
    newId("ledgerEntry", now),
    gift.coverYuan,
    gift.effectiveOn,
    gift.maturesOn,
    gift.lastDayOn,
    null,
  ]);
}
