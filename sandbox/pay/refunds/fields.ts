import { checkNotifyUrl, checkOneOf, type Fields } from "../validate";

const OUT_REFUND_NO = {
  label: "商户退款单号",
  type: "string",
  max: 64,
  pattern: /^[0-9A-Za-z_\-|*@]+$/,
  isRequired: true,
} as const;

/** The body of a refund request (wechat.md §1.12). */
export const REFUND_FIELDS: Fields = {
  transaction_id: { label: "微信支付订单号", type: "string", max: 32 },
  out_trade_no: { label: "商户订单号", type: "string", min: 6, max: 32 },
  out_refund_no: OUT_REFUND_NO,
  reason: { label: "退款原因", type: "string", max: 80 },
  notify_url: { label: "退款结果回调url", type: "string", max: 256, check: checkNotifyUrl },
  funds_account: { label: "退款资金来源", type: "string", max: 32 },
  amount: {
    label: "金额信息",
    type: "object",
    isRequired: true,
    fields: {
      refund: { label: "退款金额", type: "integer", min: 1, isRequired: true },
      total: { label: "原订单金额", type: "integer", min: 1, isRequired: true },
      currency: {
        label: "退款币种",
        type: "string",
        max: 16,
        isRequired: true,
        check: (value) => (value === "CNY" ? null : "仅支持 CNY"),
      },
      from: { label: "退款出资账户及金额", type: "array" },
    },
  },
  goods_detail: { label: "退款商品", type: "array" },
};

export interface RefundBody {
  transaction_id?: string;
  out_trade_no?: string;
  out_refund_no: string;
  reason?: string;
  notify_url?: string;
  funds_account?: string;
  amount: { refund: number; total: number };
}

/** The body that helps an ABNORMAL refund; the last two come encrypted (wechat.md §1.4). */
export const ABNORMAL_REFUND_FIELDS: Fields = {
  out_refund_no: OUT_REFUND_NO,
  type: {
    label: "异常退款处理方式",
    type: "string",
    max: 32,
    isRequired: true,
    check: checkOneOf("USER_BANK_CARD", "MERCHANT_BANK_CARD"),
  },
  bank_type: { label: "开户银行", type: "string", max: 16 },
  bank_account: { label: "收款银行卡号", type: "string", max: 1024 },
  real_name: { label: "收款用户姓名", type: "string", max: 1024 },
};

export interface AbnormalRefundBody {
  out_refund_no: string;
  type: "USER_BANK_CARD" | "MERCHANT_BANK_CARD";
  bank_type?: string;
  bank_account?: string;
  real_name?: string;
}
