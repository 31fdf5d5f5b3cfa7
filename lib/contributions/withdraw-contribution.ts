import type { Deps } from "@/lib/deps";
import type { OrderOut } from "@/lib/payments/contract";
import { getOrderOut } from "@/lib/payments/queries";
import { giveBackUnit } from "@/lib/policies/give-back-unit";

/**
 * R30: a friend takes his gift back until 00:00 of the day on which it takes effect.
 *
 * @returns the order, on its way back to him; the same when it is asked for again.
 * @throws DomainError not_found (also for somebody else's order), not_settled, base_unit_ends_policy
 *   for the insured's own unit, unit_in_effect.
 */
export async function withdrawContribution(
  deps: Pick<Deps, "db" | "now" | "log">,
  order: { outTradeNo: string; userId: string },
): Promise<OrderOut> {
  await giveBackUnit(deps, { by: "payer", ...order });
  return getOrderOut(deps, order);
}
