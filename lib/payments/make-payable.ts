import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { askOrder } from "./ask-order";
import { formatAttach } from "./attach";
import type { PayableOrder } from "./contract";
import type { OrderRow } from "./orders";
import { refuseIfUnavailable } from "./provider-unavailable";
import { recordEvent } from "./record-event";

const SAVE_PREPAY = {
  name: "save_prepay",
  // Two taps at once may both have asked: both open the cashier of the one that is kept.
  text: `UPDATE orders SET prepay_id = coalesce(prepay_id, $2), prepaid_at = coalesce(prepaid_at, $3)
    WHERE id = $1 AND state = 'pending' RETURNING prepay_id AS "prepayId"`,
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
    // Comes back in WeChat's bill: from it a lost order can be made again.
    attach: formatAttach(order),
  });
  const asked = call.catch((error) => resolveRefusal(deps, order, error));
  const { prepayId } = await refuseIfUnavailable(order.outTradeNo, asked);
  const values = [order.id, prepayId, deps.now()];
  const [saved] = await deps.db.query<{ prepayId: string }>(SAVE_PREPAY, values);
  if (!saved) throw new DomainError("order_closed");
  return saved.prepayId;
}

/** WeChat says that this number is over: paid, closed, or used with other parameters (§1.6, §1.10). */
const IS_OVER = ["ORDER_PAID", "ORDER_CLOSED", "OUT_TRADE_NO_USED"];

/**
 * What WeChat refuses is never guessed at: it is asked what became of the number, and the order ends
 * as that says. Every other failure leaves the order as it is, to be repeated.
 *
 * @throws DomainError order_closed when the order has ended by this; otherwise the error itself.
 */
async function resolveRefusal(deps: Deps, order: OrderRow, error: unknown): Promise<never> {
  if (!(error instanceof WechatPayError)) throw error;
  const code = error.code ?? error.reason;
  await recordEvent(deps, order.outTradeNo, "prepay_failed", { code });
  if (error.outcome !== "refused" || !IS_OVER.some((one) => error.hasCode(one))) throw error;
  await askOrder(deps, order, { canClose: "now" });
  throw new DomainError("order_closed", { log: { outTradeNo: order.outTradeNo, code } });
}
