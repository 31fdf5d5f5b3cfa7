/** Bills as WeChat writes them → lines by which a day is matched. */
import { addDays, type CalendarDate, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { FundBillRow } from "@/lib/wechat/pay/bills/parse-fund-bill";
import type { TradeBillRow } from "@/lib/wechat/pay/bills/parse-trade-bill";
import type { DayLine } from "./rules";

export interface StoredLine extends Omit<DayLine, "outTradeNo"> {
  /** Null for movements that belong to no order. */
  outTradeNo: string | null;
  at: Date;
}

export function toTradeLines(rows: readonly TradeBillRow[]): StoredLine[] {
  return rows.map((row) => {
    const entry = tradeEntry(row);
    const isRefund = entry === "refund";
    return {
      kind: "trade",
      lineNo: row.lineNo,
      entry,
      at: row.tradedAt,
      transactionId: row.transactionId,
      outTradeNo: row.outTradeNo,
      outRefundNo: isRefund ? (row.outRefundNo ?? row.refundId) : null,
      openid: row.openid,
      amountFen: isRefund ? 0 - row.appliedRefundFen : row.orderFen,
      feeFen: row.feeFen,
      feeRatePpm: parseRatePpm(row.feeRate),
      state: isRefund ? row.refundStatus : row.tradeState,
      attach: row.attach,
    };
  });
}

function tradeEntry({ tradeState }: TradeBillRow): StoredLine["entry"] {
  if (tradeState === "SUCCESS") return "payment";
  return tradeState === "REFUND" ? "refund" : "other";
}

/** `0.60%` is 6,000 parts per million; null for anything else. */
export function parseRatePpm(rate: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(rate);
  if (!match) return null;
  return Number(match[1]) * 10_000 + Number((match[2] ?? "").padEnd(4, "0"));
}

/** Movements that a payment or a refund explains; all others belong to no order. */
const FUND_ENTRIES: Record<string, StoredLine["entry"] | undefined> = {
  交易: "payment",
  退款: "refund",
  扣除交易手续费: "fee",
  商家转账: "transfer",
};

/**
 * A movement names WeChat's number of the business and ours of the voucher; which of ours it is
 * differs between published bills, so each is looked up among the day's trades.
 */
export function toFundLines(
  rows: readonly FundBillRow[],
  trades: readonly TradeBillRow[],
): StoredLine[] {
  const byRefund = new Map<string, TradeBillRow>();
  const byPayment = new Map<string, TradeBillRow>();
  for (const trade of trades) {
    if (trade.refundId) byRefund.set(trade.refundId, trade);
    if (trade.outRefundNo) byRefund.set(trade.outRefundNo, trade);
    byPayment.set(trade.transactionId, trade).set(trade.outTradeNo, trade);
  }
  return rows.map((row) => {
    const entry = FUND_ENTRIES[row.businessType] ?? "other";
    const isTrade = entry === "payment" || entry === "refund" || entry === "fee";
    const refund = byRefund.get(row.businessNo) ?? byRefund.get(row.voucherNo);
    const trade = refund ?? byPayment.get(row.voucherNo) ?? byPayment.get(row.businessNo);
    const isRefund = entry === "refund";
    return {
      kind: "fund_basic",
      lineNo: row.lineNo,
      entry,
      at: row.bookedAt,
      transactionId: trade?.transactionId ?? row.businessNo,
      outTradeNo: isTrade ? (trade?.outTradeNo ?? row.voucherNo) : null,
      outRefundNo: isRefund ? (refund?.outRefundNo ?? row.voucherNo) : null,
      openid: null,
      amountFen: row.direction === "in" ? row.amountFen : 0 - row.amountFen,
      feeFen: 0,
      feeRatePpm: null,
      state: null,
      attach: null,
    };
  });
}

/** A file of another day or merchant must not be matched with this one. */
export function findForeignLine(
  { trade, fund }: { trade: readonly TradeBillRow[]; fund: readonly FundBillRow[] },
  expected: { billDate: CalendarDate; mchId: string },
): string | null {
  const from = startOfShanghaiDay(expected.billDate);
  const until = startOfShanghaiDay(addDays(expected.billDate, 1));
  const isOfDay = (at: Date) => at >= from && at < until;
  const foreignTrade = trade.find(({ mchId }) => mchId !== expected.mchId);
  if (foreignTrade) return `trade bill line ${foreignTrade.lineNo} is another merchant's`;
  // A refund's line may carry the time of its payment.
  const otherDay = trade.find((row) => row.tradeState === "SUCCESS" && !isOfDay(row.tradedAt));
  if (otherDay) return `trade bill line ${otherDay.lineNo} is of another day`;
  const otherFund = fund.find(({ bookedAt }) => !isOfDay(bookedAt));
  return otherFund ? `fund bill line ${otherFund.lineNo} is of another day` : null;
}
