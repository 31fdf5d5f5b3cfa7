import {
  assertBankAccount,
  assertBankType,
  assertOutRefundNo,
  assertRefundId,
} from "@/lib/wechat/pay/rules";
import { refundSchema } from "@/lib/wechat/pay/schemas";
import { encryptSensitiveField } from "@/lib/wechat/pay/sensitive-fields";
import { readAnswer, type Session } from "@/lib/wechat/pay/session";
import type { AbnormalRefundRequest, Refund } from "@/lib/wechat/pay/types";

/**
 * Sends a refund that WeChat calls `ABNORMAL` to a bank card. Encrypted once for the whole call, so
 * that the one repeat of a lost connection carries the same bytes.
 *
 * @throws WechatPayError as every call; `no_encryption_key` when nothing was sent.
 */
export async function applyAbnormalRefund(
  session: Session,
  request: AbnormalRefundRequest,
): Promise<Refund> {
  assertRefundId(request.refundId);
  assertOutRefundNo(request.outRefundNo);
  const { fields, serial } = await describeAccount(session, request.account);
  const answer = await session.call("apply_abnormal_refund", (requests) =>
    requests.applyAbnormalRefund(
      request.refundId,
      { out_refund_no: request.outRefundNo, ...fields },
      serial,
    ),
  );
  return readAnswer(
    answer,
    refundSchema,
    (made) => made.outRefundNo === request.outRefundNo && made.refundId === request.refundId,
  );
}

async function describeAccount(
  session: Session,
  account: AbnormalRefundRequest["account"],
): Promise<{ fields: Record<string, string>; serial: string | null }> {
  if (account.kind === "merchant_card") {
    return { fields: { type: "MERCHANT_BANK_CARD" }, serial: null };
  }
  assertBankType(account.bankType);
  assertBankAccount(account.bankAccount);
  const key = await session.getEncryptionKey();
  return {
    fields: {
      type: "USER_BANK_CARD",
      bank_type: account.bankType,
      bank_account: encryptSensitiveField(account.bankAccount, key),
      real_name: encryptSensitiveField(account.realName, key),
    },
    serial: key.serial,
  };
}
