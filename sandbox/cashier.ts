import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { isPaymentPageAllowed } from "./access";
import { type CashierView, cashierPage } from "./browser/cashier-page";
import { buildPayMessage, isMessageSignedBy } from "./crypto";
import { findTradeState } from "./pay/orders";
import { decidePayment, payOrder } from "./pay/payments";
import type { Sandbox } from "./sandbox";

const refuse = (message: string): CashierView => ({ ok: false, message });

/**
 * What the cashier shows for `getBrandWCPayRequest` parameters (wechat.md §1.7): WeChat's own
 * refusals in its order, or the order to pay. `openid`, when given, is who holds the phone.
 */
function createCashierView(sandbox: Sandbox, query: Record<string, string>): CashierView {
  const { appId, timeStamp, nonceStr, package: prepay, signType, paySign, pageUrl, openid } = query;
  if (!pageUrl || !isPaymentPageAllowed(sandbox, pageUrl)) return refuse("当前页面的URL未注册");
  const prepayId = /^prepay_id=(\S+)$/.exec(prepay ?? "")?.[1];
  if (appId !== sandbox.keys.appId || !prepayId) return refuse("缺少参数 total_fee");
  // Seconds as a string; milliseconds have thirteen digits and fail here as they do there.
  const isWellFormed =
    /^\d{10}$/.test(timeStamp ?? "") &&
    /^[0-9A-Za-z]{1,32}$/.test(nonceStr ?? "") &&
    signType === "RSA";
  const message = buildPayMessage({
    appId,
    timeStamp: timeStamp ?? "",
    nonceStr: nonceStr ?? "",
    package: prepay ?? "",
  });
  if (
    !isWellFormed ||
    !isMessageSignedBy(message, paySign ?? "", sandbox.keyRing.merchantPublicKey)
  ) {
    return refuse("支付验证签名失败");
  }
  const decision = decidePayment(sandbox, prepayId, openid || null);
  if (!decision.isPayable) return refuse(decision.message);
  const { order } = decision;
  return {
    ok: true,
    prepayId,
    openid: order.openid,
    payerNickname: sandbox.state.personas.get(order.openid)?.nickname ?? "微信用户",
    merchantName: "微互助（沙箱商户）",
    description: order.description,
    amountFen: order.amountFen,
    outTradeNo: order.outTradeNo,
  };
}

const REFUSAL_STATUS = {
  prepay_not_found: 404,
  payer_mismatch: 403,
  prepay_expired: 409,
  order_closed: 409,
  order_paid: 409,
  order_expired: 409,
} as const;

const ACTIONS = ["pay", "cancel", "pay_silently"] as const;

/** The cashier's page, and the decision that a person or a test takes at it (design §7). */
export function mountCashier(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  app.get("/__sandbox/cashier", (context) => {
    const view = createCashierView(sandbox, context.req.query());
    if (context.req.header("accept") === "application/json") return context.json(view);
    context.header("Cache-Control", "no-store");
    return context.html(cashierPage(view));
  });

  app.post("/__sandbox/cashier", async (context) => {
    const body = (await context.req.json().catch(() => ({}))) as Record<string, unknown>;
    const { prepayId, openid, action } = body;
    const isKnownAction = ACTIONS.some((one) => one === action);
    if (typeof prepayId !== "string" || typeof openid !== "string" || !isKnownAction) {
      const message = `prepayId, openid and action (${ACTIONS.join(", ")}) are needed`;
      return context.json({ code: "invalid_input", message }, 400);
    }
    const decision = decidePayment(sandbox, prepayId, openid);
    if (!decision.isPayable) {
      const { code, message, tradeState } = decision;
      return context.json({ code, message, tradeState }, REFUSAL_STATUS[code]);
    }
    // `pay_silently` differs only at the page, which is never told; WeChat's server does the same.
    if (action !== "cancel") payOrder(sandbox, decision.order);
    return context.json({ tradeState: findTradeState(sandbox, decision.order) });
  });
}
