import { z } from "zod";

/** 6–32 characters of WeChat's alphabet (wechat.md §1.6); ours are letters and digits only. */
export const outTradeNoSchema = z.string().regex(/^[0-9A-Za-z]{6,32}$/);

/** What `WeixinJSBridge.invoke("getBrandWCPayRequest")` takes; all values are strings (§1.7). */
export const cashierParametersSchema = z.strictObject({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal("RSA"),
  paySign: z.string(),
});

/** An order that can be paid now. */
export const payableOrderSchema = z.strictObject({
  outTradeNo: outTradeNoSchema,
  amountFen: z.int(),
  expiresAt: z.iso.datetime(),
  pay: cashierParametersSchema,
});
export type PayableOrder = z.infer<typeof payableOrderSchema>;

export const payableOrderEnvelopeSchema = z.strictObject({ order: payableOrderSchema });

export const ORDER_STATES = [
  "pending",
  "settled",
  "closed",
  "refunding",
  "refunded",
  "refund_failed",
] as const;

/** Why a payment became a refund: instead of a unit, or after its unit ended (R26–R33). */
export const REFUND_REASONS = [
  "cap_reached",
  "collecting_closed",
  "policy_not_open",
  "already_supported",
  "already_insured",
  "age_out_of_range",
  "amount_mismatch",
  "payer_mismatch",
  "gift_withdrawn",
  "cancelled_before_effective",
  "cooling_off",
  "surrender",
  "diagnosis_before_effective",
  "diagnosis_in_waiting",
  "underwriting_failed",
  "age_misstated",
  /** All that a friend is told when the insured's own affairs ended the policy. */
  "policy_ended",
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

export const refundStateSchema = z.enum([
  "requested",
  "processing",
  "succeeded",
  "abnormal",
  "closed",
]);

/** Where one yuan ended: a unit, a refund, or not decided yet (`null`). */
export const outcomeSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("unit"),
      seq: z.int(),
      endorsementNo: z.string(),
      coverYuan: z.int(),
      waitingUntil: z.iso.date(),
      /**
       * First day without cover, once it has ended with its policy and nothing was left to return
       * (R21, R28); null while it lives. A unit that gave something back is a refund.
       */
      endedOn: z.iso.date().nullable(),
    }),
    z.strictObject({
      kind: z.literal("refund"),
      state: refundStateSchema,
      reason: z.enum(REFUND_REASONS),
      /** Less than was paid only after a surrender (R28). */
      amountFen: z.int(),
    }),
  ])
  .nullable();

/** `GET /api/orders/{outTradeNo}`, for its payer only. */
export const orderSchema = z.strictObject({
  outTradeNo: outTradeNoSchema,
  state: z.enum(ORDER_STATES),
  amountFen: z.int(),
  expiresAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  settledAt: z.iso.datetime().nullable(),
  outcome: outcomeSchema,
});
export type OrderOut = z.infer<typeof orderSchema>;
