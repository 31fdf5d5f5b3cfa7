/** What the rest of the application knows of WeChat Pay: values only, already checked and named. */
import type { CalendarDate } from "@/lib/pricing/calendar";

/** Any string keeps a state WeChat may add one day from crashing a reader; unknown means not paid. */
export type OpenString = string & Record<never, never>;

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
  /** What the order carried as `attach`; WeChat gives it back after the payment only. */
  attach: string | null;
}

export type RefundStatus = "SUCCESS" | "CLOSED" | "PROCESSING" | "ABNORMAL";

/** A refund as WeChat sees it (wechat.md §1.12). Accepted is `PROCESSING`; only `SUCCESS` is money back. */
export interface Refund {
  outRefundNo: string;
  outTradeNo: string;
  refundId: string;
  status: RefundStatus;
  refundFen: number;
  /** When WeChat accepted it; null in notifications, which leave it out. */
  createdAt: Date | null;
  successAt: Date | null;
  /** Where the money went, in WeChat's words for people (`支付用户零钱`); null until it says. */
  receivedBy: string | null;
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
  /** 1 to 128 characters that come back with the payment and in the bill; absent or null: none. */
  attach?: string | null;
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

/** What to do with a refund that WeChat calls `ABNORMAL`: the payer's account takes no money. */
export interface AbnormalRefundRequest {
  /** WeChat's number of the refund. */
  refundId: string;
  outRefundNo: string;
  account:
    | { kind: "merchant_card" }
    | {
        kind: "user_card";
        /** WeChat's name of the bank, `ICBC_DEBIT`; debit cards of fifteen banks only. */
        bankType: string;
        /** Card number, digits only. Sent encrypted. */
        bankAccount: string;
        /** Holder of the card. Sent encrypted. */
        realName: string;
      };
}

/** 基本账户, where payments arrive; 运营账户, which pays transfers; 手续费账户. */
export type FundAccount = "BASIC" | "OPERATION" | "FEES";

/** A bill whose bytes have the hash WeChat announced for them. */
export interface BillFile {
  /** SHA1 as WeChat announced it, 40 lower-case hex digits. */
  sha1: string;
  /** The whole file, its byte order mark and line ends included. */
  text: string;
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
  /** Sends an `ABNORMAL` refund to a bank card instead (§1.12); again is the same refund. */
  applyAbnormalRefund(request: AbnormalRefundRequest): Promise<Refund>;
  /**
   * Payments and refunds of a Shanghai day (§1.13): not today, the last three months, from 10:00 of
   * the next day. Null when nothing was paid or refunded. Which day the file is about stands in its
   * rows only: whoever reads them compares.
   *
   * @throws WechatPayError with `STATEMENT_CREATING`: ask again in half an hour.
   */
  downloadTradeBill(billDate: CalendarDate): Promise<BillFile | null>;
  /** Movements of one account on a Shanghai day; null when there were none. As above otherwise. */
  downloadFundBill(billDate: CalendarDate, account: FundAccount): Promise<BillFile | null>;
  /**
   * Verifies (±300 s, signature over the raw bytes), decrypts with tag and parses a notification.
   *
   * @throws NotificationRefused answer 401, change nothing.
   */
  openNotification(headers: Headers, rawBody: Uint8Array): Promise<Notification>;
}
