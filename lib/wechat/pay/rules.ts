/**
 * WeChat's limits on what we send, checked before anything is signed. A breach is a bug of ours, so
 * it throws a plain `RangeError`: no request was sent.
 */
import { isCalendarDate } from "@/lib/pricing/calendar";

/** 6 to 32 characters; WeChat also allows `|` and `*`, which URLs encode differently (wechat.md §1.2). */
const OUT_TRADE_NO = /^[0-9A-Za-z_-]{6,32}$/;
const OUT_REFUND_NO = /^[0-9A-Za-z_-]{1,64}$/;
const TRANSACTION_ID = /^[0-9A-Za-z_-]{1,64}$/;
const REFUND_ID = /^[0-9A-Za-z_-]{1,32}$/;
/** `ICBC_DEBIT`; documented as at most 16 characters. */
const BANK_TYPE = /^[0-9A-Z_]{1,16}$/;
/** ISO/IEC 7812 ends at 19 digits. */
const BANK_ACCOUNT = /^\d{8,19}$/;

export function assertOutTradeNo(value: string): void {
  assertRule(OUT_TRADE_NO.test(value), "outTradeNo");
}

export function assertOutRefundNo(value: string): void {
  assertRule(OUT_REFUND_NO.test(value), "outRefundNo");
}

export function assertTransactionId(value: string): void {
  assertRule(TRANSACTION_ID.test(value), "transactionId");
}

export function assertRefundId(value: string): void {
  assertRule(REFUND_ID.test(value), "refundId");
}

export function assertBankType(value: string): void {
  assertRule(BANK_TYPE.test(value), "bankType");
}

export function assertBankAccount(value: string): void {
  assertRule(BANK_ACCOUNT.test(value), "bankAccount");
}

export function assertBillDate(value: string): void {
  assertRule(isCalendarDate(value), "billDate");
}

/** Whole fen, at least one: WeChat refuses zero (wechat.md §1.6). */
export function assertFen(value: number, name: string): void {
  assertRule(Number.isSafeInteger(value) && value >= 1, name);
}

export function assertLength(value: string, charactersMax: number, name: string): void {
  assertRule(value.length >= 1 && value.length <= charactersMax, name);
}

/** Absolute and without query; 255 is the smaller of the two documented limits (wechat.md §1.15). */
export function assertNotifyUrl(value: string): void {
  assertRule(/^https?:\/\/[^?#]+$/.test(value) && value.length <= 255, "notifyUrl");
}

/** RFC 3339 in China's time, whole seconds: `2018-06-08T10:34:56+08:00`. */
export function formatChinaTime(instant: Date): string {
  const shifted = new Date(instant.getTime() + 8 * 60 * 60 * 1000);
  return `${shifted.toISOString().slice(0, 19)}+08:00`;
}

function assertRule(holds: boolean, name: string): void {
  if (!holds) throw new RangeError(`WeChat Pay does not accept this ${name}`);
}
