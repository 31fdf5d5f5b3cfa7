import { findTradeState } from "../pay/orders";
import type { Transfer } from "../pay/transfers/transfer";
import type { Sandbox } from "../sandbox";
import type { Notification, Order, Persona, Refund } from "../state";

/** What the control API shows: camelCase, fen, ISO 8601, records newest last. */

/** `?outTradeNo=` picks the rows of one order or transfer, `?last=` the newest so many. */
export function selectRows<Row extends { outTradeNo: string } | { outBillNo: string }>(
  rows: Iterable<Row>,
  query: { outTradeNo?: string; last?: string },
): Row[] {
  const { outTradeNo, last } = query;
  const readNumber = (row: Row) => ("outTradeNo" in row ? row.outTradeNo : row.outBillNo);
  const selected = [...rows].filter((row) => !outTradeNo || readNumber(row) === outTradeNo);
  const count = Number(last);
  return last && Number.isInteger(count) && count > 0 ? selected.slice(-count) : selected;
}

const toIso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

export function serializePersona(persona: Persona) {
  const { openid, unionid, nickname, isSnapshotUser } = persona;
  return {
    openid,
    unionid,
    nickname,
    isSnapshotUser,
    isAccountAbnormal: persona.isAccountAbnormal ?? false,
    realName: persona.realName ?? null,
    createdAt: toIso(persona.createdAtMs),
  };
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
    channel: refund.channel,
    userReceivedAccount: refund.userReceivedAccount,
    fundsAccount: refund.fundsAccount,
    createdAt: toIso(refund.createdAtMs),
    successAt: toIso(refund.successAtMs),
    closedAt: toIso(refund.closedAtMs),
  };
}

export function serializeTransfer(sandbox: Sandbox, transfer: Transfer) {
  return {
    outBillNo: transfer.outBillNo,
    transferBillNo: transfer.transferBillNo,
    state: transfer.state,
    amountFen: transfer.amountFen,
    openid: transfer.openid,
    payeeNickname: sandbox.state.personas.get(transfer.openid)?.nickname ?? null,
    remark: transfer.remark,
    sceneId: transfer.sceneId,
    packageInfo: transfer.packageInfo,
    failReason: transfer.failReason,
    createdAt: toIso(transfer.createdAtMs),
    updatedAt: toIso(transfer.updatedAtMs),
    confirmUntil: toIso(transfer.confirmUntilMs),
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
