import { randomDigits, randomHex } from "../random";
import type { Sandbox } from "../sandbox";
import type { Order } from "../state";
import { DAY_MS, formatCompact, formatRfc3339, HOUR_MS, MINUTE_MS, parseRfc3339 } from "../time";
import { createBookIndex } from "./book-index";
import { PayError, REQUEST_ID_CODE } from "./errors";
import { JSAPI_FIELDS, type JsapiBody } from "./jsapi-fields";
import { assertFields, canonicalize, type Fields } from "./validate";

/** wechat.md §1.6: a prepay_id can open the cashier for two hours. */
const PREPAY_VALID_MS = 2 * HOUR_MS;
/** Unpaid orders are closed by WeChat after seven days (§1.9). */
const ORDER_VALID_MS = 7 * DAY_MS;
/** A nearer `time_expire` is moved here, silently (§1.6). */
const TIME_EXPIRE_MS_MIN = MINUTE_MS;
/** A farther one is moved here: the JSAPI page's figure; the documents disagree (§1.6). */
const TIME_EXPIRE_MS_MAX = 15 * DAY_MS;

/** The merchant number in a body or query must be the caller's. */
export function assertMchId(sandbox: Sandbox, mchId: string): void {
  if (mchId === sandbox.keys.mchId) return;
  throw new PayError(400, "PARAM_ERROR", "http header中的mchid与post payload中的mchid不匹配", {
    requestIdCode: REQUEST_ID_CODE.mchIdMismatch,
  });
}

export type TradeState = "NOTPAY" | "SUCCESS" | "REFUND" | "CLOSED";

/** REFUND also after a partial refund; a closed order never leaves CLOSED (wechat.md §1.9). */
export function findTradeState(sandbox: Sandbox, order: Order): TradeState {
  if (order.paidAtMs !== null) {
    const isRefunded = order.outRefundNos.some(
      (outRefundNo) => sandbox.state.refunds.get(outRefundNo)?.status !== "CLOSED",
    );
    return isRefunded ? "REFUND" : "SUCCESS";
  }
  const isExpired = sandbox.clock.now() >= order.autoCloseAtMs;
  return order.isClosed || isExpired ? "CLOSED" : "NOTPAY";
}

function createOrder(sandbox: Sandbox, body: JsapiBody): Order {
  const nowMs = sandbox.clock.now();
  const wantedMs = body.time_expire ? (parseRfc3339(body.time_expire) ?? nowMs) : null;
  const payableUntilMs =
    wantedMs === null
      ? nowMs + ORDER_VALID_MS
      : Math.min(Math.max(wantedMs, nowMs + TIME_EXPIRE_MS_MIN), nowMs + TIME_EXPIRE_MS_MAX);
  return {
    outTradeNo: body.out_trade_no,
    appId: body.appid,
    openid: body.payer.openid,
    description: body.description,
    attach: body.attach ?? null,
    amountFen: body.amount.total,
    notifyUrl: body.notify_url,
    parameters: canonicalize(body),
    createdAtMs: nowMs,
    payableUntilMs,
    autoCloseAtMs: Math.max(nowMs + ORDER_VALID_MS, payableUntilMs),
    isClosed: false,
    paidAtMs: null,
    transactionId: null,
    outRefundNos: [],
    prepayIds: [],
  };
}

/** A repeat of the same order is welcome while it can still be paid; anything else has its error. */
function assertRepeatable(sandbox: Sandbox, order: Order, body: JsapiBody): void {
  if (order.parameters !== canonicalize(body)) {
    throw new PayError(403, "OUT_TRADE_NO_USED", "商户订单号重复", {
      requestIdCode: REQUEST_ID_CODE.parametersDiffer,
    });
  }
  if (order.paidAtMs !== null) {
    throw new PayError(400, "ORDER_PAID", "该订单已支付", {
      requestIdCode: REQUEST_ID_CODE.alreadyPaid,
    });
  }
  if (findTradeState(sandbox, order) === "CLOSED") {
    throw new PayError(400, "ORDER_CLOSED", "该订单已关闭");
  }
  if (sandbox.clock.now() >= order.payableUntilMs) {
    throw new PayError(400, "INVALID_REQUEST", "订单已过期，请关单后更换商户订单号重新下单", {
      requestIdCode: REQUEST_ID_CODE.orderExpired,
    });
  }
}

function assertOpenid(sandbox: Sandbox, openid: string): void {
  if (sandbox.state.personas.has(openid)) return;
  const issue = "无效的openid";
  throw new PayError(400, "PARAM_ERROR", issue, {
    detail: { field: "/payer/openid", value: openid, issue, location: "body" },
    requestIdCode: REQUEST_ID_CODE.openidMissing,
  });
}

/** JSAPI prepay (wechat.md §1.6): validates, records or repeats the order, gives a fresh prepay_id. */
export function createJsapiPrepay(sandbox: Sandbox, parsed: unknown): { prepay_id: string } {
  assertFields(parsed, JSAPI_FIELDS);
  const body = parsed as JsapiBody;
  assertMchId(sandbox, body.mchid);
  if (body.appid !== sandbox.keys.appId) {
    throw new PayError(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配，请检查后再试", {
      requestIdCode: REQUEST_ID_CODE.mchIdMismatch,
    });
  }
  const { orders, prepays } = sandbox.state;
  const known = orders.get(body.out_trade_no);
  if (known) assertRepeatable(sandbox, known, body);
  else assertOpenid(sandbox, body.payer.openid);
  const order = known ?? createOrder(sandbox, body);
  orders.set(order.outTradeNo, order);
  const nowMs = sandbox.clock.now();
  const prepayId = `wx${formatCompact(nowMs)}${randomHex(20)}`;
  prepays.set(prepayId, { outTradeNo: order.outTradeNo, expiresAtMs: nowMs + PREPAY_VALID_MS });
  order.prepayIds.push(prepayId);
  sandbox.touch();
  return { prepay_id: prepayId };
}

/** A new 支付单号: 28 digits that begin with 42000 and carry the date. */
export function createTransactionId(atMs: number): string {
  return `42000${randomDigits(5)}${formatCompact(atMs).slice(0, 8)}${randomDigits(10)}`;
}

const TRADE_STATE_DESCRIPTION: Record<TradeState, string> = {
  NOTPAY: "订单未支付",
  SUCCESS: "支付成功",
  REFUND: "订单发生过退款",
  CLOSED: "订单已关闭",
};

/** The transaction object of query answers and of the payment notify (wechat.md §1.9). */
export function serializeTransaction(
  sandbox: Sandbox,
  order: Order,
  tradeState: TradeState = findTradeState(sandbox, order),
): Record<string, unknown> {
  const common = { mchid: sandbox.keys.mchId, appid: order.appId, out_trade_no: order.outTradeNo };
  const state = { trade_state: tradeState, trade_state_desc: TRADE_STATE_DESCRIPTION[tradeState] };
  if (order.paidAtMs === null || order.transactionId === null) {
    return { ...common, ...state, amount: { total: order.amountFen, currency: "CNY" } };
  }
  return {
    ...common,
    transaction_id: order.transactionId,
    trade_type: "JSAPI",
    ...state,
    bank_type: "OTHERS",
    ...(order.attach ? { attach: order.attach } : {}),
    success_time: formatRfc3339(order.paidAtMs),
    payer: { openid: order.openid },
    amount: {
      total: order.amountFen,
      payer_total: order.amountFen,
      currency: "CNY",
      payer_currency: "CNY",
    },
  };
}

const createOrderNotExist = () =>
  new PayError(404, "ORDER_NOT_EXIST", "订单不存在", {
    requestIdCode: REQUEST_ID_CODE.orderNotExist,
  });

export function getOrder(sandbox: Sandbox, outTradeNo: string): Order {
  const order = sandbox.state.orders.get(outTradeNo);
  if (!order) throw createOrderNotExist();
  return order;
}

const ordersByTransactionId = createBookIndex<Order>((order) => order.transactionId);

/** To be told of every order that is paid, or comes paid into the books. */
export function indexPaidOrder(sandbox: Sandbox, order: Order): void {
  ordersByTransactionId.add(sandbox.state.orders, order);
}

/** Only paid orders have a transaction id. */
export function findOrderByTransactionId(sandbox: Sandbox, transactionId: string): Order | null {
  return ordersByTransactionId.find(sandbox.state.orders, transactionId);
}

export function getOrderByTransactionId(sandbox: Sandbox, transactionId: string): Order {
  const order = findOrderByTransactionId(sandbox, transactionId);
  if (!order) throw createOrderNotExist();
  return order;
}

const CLOSE_FIELDS: Fields = {
  mchid: { label: "商户号", type: "string", max: 32, isRequired: true },
};

/** Closing again is welcome, closing a paid order is not (wechat.md §1.9). */
export function closeOrder(sandbox: Sandbox, outTradeNo: string, parsed: unknown): void {
  assertFields(parsed, CLOSE_FIELDS);
  assertMchId(sandbox, (parsed as { mchid: string }).mchid);
  const order = getOrder(sandbox, outTradeNo);
  if (order.paidAtMs !== null) {
    throw new PayError(400, "ORDER_PAID", "该订单已支付", {
      requestIdCode: REQUEST_ID_CODE.alreadyPaid,
    });
  }
  order.isClosed = true;
  sandbox.touch();
}
