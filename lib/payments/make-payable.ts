import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { PayableOrder } from "./contract";
import type { OrderRow } from "./orders";
import { refuseIfUnavailable } from "./provider-unavailable";

const SAVE_PREPAY = {
  name: "save_prepay",
  text: "UPDATE orders SET prepay_id = $2 WHERE id = $1 AND state = 'pending' RETURNING id",
};

/**
 * Orders at WeChat, unless that was done before, and signs the cashier's parameters. Repeating it
 * sends identical parameters, which WeChat answers with the same order (wechat.md §1.6), so a lost
 * answer costs nothing.
 *
 * @throws DomainError provider_unavailable: the order stays pending and keeps its place; trying
 *   again with the same key continues it. order_closed when it ended while WeChat was asked.
 */
export async function makePayable(deps: Deps, order: OrderRow): Promise<PayableOrder> {
  const prepayId = order.prepayId ?? (await prepay(deps, order));
  return {
    outTradeNo: order.outTradeNo,
    amountFen: order.amountFen,
    expiresAt: order.expiresAt.toISOString(),
    pay: deps.pay.signCashier(prepayId),
  };
}

async function prepay(deps: Deps, order: OrderRow): Promise<string> {
  const call = deps.pay.prepayJsapi({
    outTradeNo: order.outTradeNo,
    description: order.description,
    amountFen: order.amountFen,
    openid: order.payerOpenid,
    expiresAt: order.expiresAt,
    notifyUrl: deps.config.payNotifyUrl,
  });
  const { prepayId } = await refuseIfUnavailable(order.outTradeNo, call);
  const saved = await deps.db.query(SAVE_PREPAY, [order.id, prepayId]);
  if (saved.length === 0) throw new DomainError("order_closed");
  return prepayId;
}
