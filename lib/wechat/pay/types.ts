/** What the rest of the application knows of WeChat Pay: values only, already checked and named. */

/** Any string keeps a state WeChat may add one day from crashing a reader; unknown means not paid. */
type OpenString = string & Record<never, never>;

export type TradeState =
  | "SUCCESS"
  | "REFUND"
  | "NOTPAY"
  | "CLOSED"
  | "REVOKED"
  | "USERPAYING"
  | "PAYERROR"
  | OpenString;

/** A payment as WeChat sees it (wechat.md §1.9). `REFUND` also means a partial refund: it was paid. */
export interface Transaction {
  outTradeNo: string;
  /** Null until it is paid. */
  transactionId: string | null;
  tradeState: TradeState;
  appId: string;
  mchId: string;
  /** Order amount in fen; null when WeChat leaves the amount out of an unpaid order. */
  amountFen: number | null;
  /** WeChat's documented default, CNY, when the answer does not name one. */
  currency: string;
  /** Payer, an openid of `appId`; null until it is paid. */
  openid: string | null;
  successAt: Date | null;
}

export type RefundStatus = "SUCCESS" | "CLOSED" | "PROCESSING" | "ABNORMAL";

/** A refund as WeChat sees it (wechat.md §1.12). Accepted is `PROCESSING`; only `SUCCESS` is money back. */
export interface Refund {
  outRefundNo: string;
  outTradeNo: string;
  refundId: string;
  status: RefundStatus;
  refundFen: number;
  successAt: Date | null;
}

interface NotificationHead {
  /** Event id. Whether a repeat keeps it is not documented: never deduplicate by it. */
  id: string;
  eventType: string;
}

/** A verified and decrypted notification (wechat.md §1.11, §1.12). */
export type Notification =
  | (NotificationHead & { kind: "transaction"; transaction: Transaction })
  | (NotificationHead & { kind: "refund"; refund: Refund })
  | (NotificationHead & { kind: "other"; originalType: string; resource: unknown });

/** Parameters of the cashier (wechat.md §1.7), all strings. `wx.chooseWXPay` spells it `timestamp`. */
export interface CashierParameters {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: "RSA";
  paySign: string;
}

export interface PrepayOrder {
  /** 6 to 32 of `[0-9A-Za-z_-]`, unique per merchant. */
  outTradeNo: string;
  /** 1 to 127 characters, shown to the payer. */
  description: string;
  amountFen: number;
  /** The payer, an openid of our appid. */
  openid: string;
  /** Sent as `time_expire`; at least a minute ahead. It closes nothing by itself. */
  expiresAt: Date;
  /** Absolute, at most 255 characters, without query. */
  notifyUrl: string;
}

export interface RefundRequest {
  outTradeNo: string;
  /** 1 to 64 of `[0-9A-Za-z_-]`. The same on every retry: a new number pays twice. */
  outRefundNo: string;
  refundFen: number;
  /** The whole amount of the order. */
  totalFen: number;
  /** 1 to 80 characters, shown to the payer. */
  reason: string;
  /** Always sent: without it WeChat falls back to v2 XML or to silence. */
  notifyUrl: string;
}

export interface WechatPay {
  /** Orders at WeChat. The same parameters again give a fresh prepay id for the same order (§1.6). */
  prepayJsapi(order: PrepayOrder): Promise<{ prepayId: string }>;
  /** Signs the cashier's parameters; a prepay id lives 2 hours (§1.7). */
  signCashier(prepayId: string): CashierParameters;
  /** Null when WeChat knows no such order. */
  findTransaction(outTradeNo: string): Promise<Transaction | null>;
  /** Works for paid transactions only; null when WeChat knows none. */
  findTransactionById(transactionId: string): Promise<Transaction | null>;
  /** Closes an unpaid order; again is harmless. `paid` means the money is there: settle it. */
  closeOrder(outTradeNo: string): Promise<"closed" | "paid" | "not_found">;
  /** Asks for a refund; a returned `PROCESSING` is accepted, not done. Same number on every retry. */
  requestRefund(refund: RefundRequest): Promise<Refund>;
  /** Null when WeChat knows no such refund. */
  findRefund(outRefundNo: string): Promise<Refund | null>;
  /**
   * Verifies (±300 s, signature over the raw bytes), decrypts with tag and parses a notification.
   *
   * @throws NotificationRefused answer 401, change nothing.
   */
  openNotification(headers: Headers, rawBody: Uint8Array): Promise<Notification>;
}
