/**
 * What WeChat answers, read loosely (unknown keys pass: it adds some every year) and turned into our
 * own words. A missing or mistyped key that we rely on is an error, never a guess.
 */
import { z } from "zod";
import type { Refund, Transaction } from "@/lib/wechat/pay/types";

const fen = z.int().min(0);

/** RFC 3339 with offset; absent, null and "" all mean that it has not happened yet. */
const instant = z
  .union([z.iso.datetime({ offset: true }), z.literal(""), z.null()])
  .optional()
  .transform((text) => (text ? new Date(text) : null));

const identifier = z.string().min(1);

export const errorSchema = z.looseObject({
  code: identifier,
  message: z.string().optional(),
  // `detail.value` echoes what we sent, an openid for instance, and is left behind on purpose.
  detail: z
    .object({
      field: z.string().optional(),
      issue: z.string().optional(),
      location: z.string().optional(),
    })
    .nullish()
    .catch(null),
});

export const prepaySchema = z.looseObject({ prepay_id: identifier });

export const transactionSchema = z
  .looseObject({
    out_trade_no: identifier,
    transaction_id: z.string().nullish(),
    trade_state: identifier,
    appid: identifier,
    mchid: identifier,
    amount: z.looseObject({ total: fen.optional(), currency: z.string().optional() }).nullish(),
    payer: z.looseObject({ openid: z.string().optional() }).nullish(),
    success_time: instant,
    attach: z.string().nullish(),
  })
  .transform(
    (answer): Transaction => ({
      outTradeNo: answer.out_trade_no,
      transactionId: answer.transaction_id || null,
      tradeState: answer.trade_state,
      appId: answer.appid,
      mchId: answer.mchid,
      amountFen: answer.amount?.total ?? null,
      currency: answer.amount?.currency || "CNY",
      openid: answer.payer?.openid || null,
      successAt: answer.success_time,
      attach: answer.attach || null,
    }),
  );

const refundStatus = z.enum(["SUCCESS", "CLOSED", "PROCESSING", "ABNORMAL"]);

const refundFields = {
  out_refund_no: identifier,
  out_trade_no: identifier,
  refund_id: identifier,
  amount: z.looseObject({ refund: fen }),
  create_time: instant,
  success_time: instant,
  user_received_account: z.string().nullish(),
};

interface RefundAnswer {
  out_refund_no: string;
  out_trade_no: string;
  refund_id: string;
  amount: { refund: number };
  create_time: Date | null;
  success_time: Date | null;
  user_received_account?: string | null | undefined;
}

/** Answer of a refund request and of a refund query. */
export const refundSchema = z
  .looseObject({ ...refundFields, status: refundStatus })
  .transform((answer) => toRefund(answer, answer.status));

/** Notifications spell the status `refund_status` (wechat.md §1.12). */
export const refundNotificationSchema = z
  .looseObject({ ...refundFields, refund_status: refundStatus })
  .transform((answer) => toRefund(answer, answer.refund_status));

function toRefund(answer: RefundAnswer, status: Refund["status"]): Refund {
  return {
    outRefundNo: answer.out_refund_no,
    outTradeNo: answer.out_trade_no,
    refundId: answer.refund_id,
    status,
    refundFen: answer.amount.refund,
    createdAt: answer.create_time,
    successAt: answer.success_time,
    receivedBy: answer.user_received_account || null,
  };
}

/** Answer of both bill requests (wechat.md §1.13); SHA1 is the only hash there is. */
export const billDescriptionSchema = z
  .looseObject({
    hash_type: z.literal("SHA1"),
    hash_value: z.string().regex(/^[0-9A-Fa-f]{40}$/),
    download_url: identifier,
  })
  .transform((answer) => ({
    sha1: answer.hash_value.toLowerCase(),
    downloadUrl: answer.download_url,
  }));

const encryptedFields = {
  algorithm: z.literal("AEAD_AES_256_GCM"),
  ciphertext: identifier,
  nonce: identifier,
  associated_data: z.string().nullish(),
};

export const certificateListSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      serial_no: z.string().regex(/^[0-9A-Fa-f]{40}$/),
      encrypt_certificate: z.looseObject(encryptedFields),
    }),
  ),
});

export const notificationSchema = z.looseObject({
  id: identifier,
  event_type: identifier,
  resource: z.looseObject({ ...encryptedFields, original_type: identifier }),
});
