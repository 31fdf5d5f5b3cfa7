/** The SQL work of a settle without anything around it: what the hot path can at best approach. */
import type { Database } from "@/lib/db/database";
import { newId } from "@/lib/ids";
import { SETTLE_SNAPSHOTS } from "@/lib/payments/orders";
import { SETTLE_UNITS, toRecord } from "@/lib/payments/write-unit";
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
  const record = toRecord(
    {
      orderId: order?.id ?? "",
      policyId: "",
      expectedState: order?.state ?? "",
      transactionId: gift.transactionId,
      paidFen: gift.amountFen,
      paidAt: gift.paidAt,
      provenBy: "notify",
      now,
      unitId: newId("unit", now),
      entryId: newId("ledgerEntry", now),
      terms: { ...gift, issue: null },
    },
    0,
  );
  await db.query(SETTLE_UNITS, [JSON.stringify([record])]);
}
