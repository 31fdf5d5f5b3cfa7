import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { NotificationRefused } from "@/lib/wechat/pay/errors";
import type { Notification } from "@/lib/wechat/pay/types";
import { applyRefundState } from "./follow-refund";
import { trueRefund } from "./mend-refund";
import { refuseIfUnavailable } from "./provider-unavailable";
import { recordEvent } from "./record-event";
import { settlePayment } from "./settle-payment";

/**
 * A notification from WeChat (wechat.md §1.11). Returning means acknowledged, and everything it says
 * is committed by then; throwing makes WeChat send it again.
 *
 * @throws DomainError signature_invalid: not provably WeChat's; nothing was changed.
 *   provider_unavailable: it does not fit what is on record, and the truth cannot be asked for now.
 */
export async function receiveNotification(
  deps: Deps,
  headers: Headers,
  rawBody: Uint8Array,
): Promise<void> {
  const notification = await open(deps, headers, rawBody);
  if (notification.kind === "transaction") {
    const { transaction } = notification;
    await refuseIfUnavailable(transaction.outTradeNo, settlePayment(deps, transaction, "notify"));
  } else if (notification.kind === "refund") {
    const { refund } = notification;
    const { outTradeNo, outRefundNo, status } = refund;
    await recordEvent(deps, outTradeNo, "refund_notified", { outRefundNo, status });
    const truth = await refuseIfUnavailable(outTradeNo, trueRefund(deps, refund));
    await applyRefundState(deps, truth);
  } else {
    deps.log.warn({ eventType: notification.eventType }, "notification of an unknown kind");
  }
}

async function open(deps: Deps, headers: Headers, rawBody: Uint8Array): Promise<Notification> {
  try {
    return await deps.pay.openNotification(headers, rawBody);
  } catch (error) {
    if (!(error instanceof NotificationRefused)) throw error;
    throw new DomainError("signature_invalid", { log: { refused: error.reason } });
  }
}
