import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { askOrder } from "./ask-order";
import type { OrderOut } from "./contract";
import { findOrder } from "./orders";
import { refuseIfUnavailable } from "./provider-unavailable";
import { getOrderOut } from "./queries";

/**
 * The payer's page asks "did it arrive?". Only an undecided order is asked after at WeChat; a
 * closed one too, because a payment may have come after the close.
 *
 * @throws DomainError not_found (also for someone else's order), provider_unavailable.
 */
export async function syncOrder(
  deps: Deps,
  { outTradeNo, userId }: { outTradeNo: string; userId: string },
): Promise<OrderOut> {
  const order = await findOrder(deps.db, outTradeNo);
  if (order?.payerId !== userId) throw new DomainError("not_found");
  if (order.state === "pending" || order.state === "closed") {
    const canClose = order.state === "pending" ? "when_expired" : "never";
    await refuseIfUnavailable(outTradeNo, askOrder(deps, order, { canClose }));
  }
  return getOrderOut(deps, { outTradeNo, userId });
}
