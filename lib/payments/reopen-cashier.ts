import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { PayableOrder } from "./contract";
import { makePayable } from "./make-payable";
import { findOrder } from "./orders";
import { isPayable } from "./rules";

/**
 * Fresh cashier parameters for the payer's own unpaid order, so that a purchase left half-way can be
 * finished while its place is still kept.
 *
 * @throws DomainError not_found (also for someone else's order), order_closed when it was paid, was
 *   closed or has too little time left, provider_unavailable.
 */
export async function reopenCashier(
  deps: Deps,
  { outTradeNo, userId }: { outTradeNo: string; userId: string },
): Promise<{ order: PayableOrder }> {
  const order = await findOrder(deps.db, outTradeNo);
  if (order?.payerId !== userId) throw new DomainError("not_found");
  if (!isPayable(order, deps.now())) throw new DomainError("order_closed");
  return { order: await makePayable(deps, order) };
}
