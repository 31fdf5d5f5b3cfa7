import { findTradeState } from "../pay/orders";
import type { Sandbox } from "../sandbox";
import type { Notification, Order, Persona, Refund } from "../state";

/** What the control API shows: camelCase, fen, ISO 8601, records newest last. */

const toIso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

export function serializePersona(persona: Persona) {
  const { openid, unionid, nickname, isSnapshotUser } = persona;
  return { openid, unionid, nickname, isSnapshotUser, createdAt: toIso(persona.createdAtMs) };
}

export function serializeOrder(sandbox: Sandbox, order: Order) {
  const refunds = order.outRefundNos.map((outRefundNo) => sandbox.state.refunds.get(outRefundNo));
  return {
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId,
    tradeState: findTradeState(sandbox, order),
    amountFen: order.amountFen,
    refundedFen: refunds.reduce(
      (sum, refund) => sum + (refund && refund.status !== "CLOSED" ? refund.amountFen : 0),
      0,
    ),
    openid: order.openid,
    payerNickname: sandbox.state.personas.get(order.openid)?.nickname ?? null,
    description: order.description,
    attach: order.attach,
    notifyUrl: order.notifyUrl,
    prepayIds: order.prepayIds,
    createdAt: toIso(order.createdAtMs),
    payableUntil: toIso(order.payableUntilMs),
    successTime: toIso(order.paidAtMs),
  };
}

export function serializeRefund(refund: Refund) {
  return {
    outRefundNo: refund.outRefundNo,
    refundId: refund.refundId,
    outTradeNo: refund.outTradeNo,
    amountFen: refund.amountFen,
    reason: refund.reason,
    status: refund.status,
    createdAt: toIso(refund.createdAtMs),
    successAt: toIso(refund.successAtMs),
  };
}

export function serializeNotification(notification: Notification) {
  const { createdAtMs, nextAttemptAtMs, plainText, attempts, scheduledAttempts, ...rest } =
    notification;
  return {
    ...rest,
    content: JSON.parse(plainText) as unknown,
    createdAt: toIso(createdAtMs),
    nextAttemptAt: toIso(nextAttemptAtMs),
    attempts: attempts.map(({ atMs, ...attempt }) => ({ at: toIso(atMs), ...attempt })),
  };
}
