import type { OpenString } from "@/lib/wechat/pay/types";
import { type BillLine, readBillTable } from "./bill-table";
import { roundToFen } from "./values";

export interface TradeBillRow {
  /** Line in the file, from 1: where a person finds it. */
  lineNo: number;
  /** When it was paid; in a refund's row, when the refund was asked for. */
  tradedAt: Date;
  appId: string;
  mchId: string;
  transactionId: string;
  outTradeNo: string;
  openid: string;
  tradeType: string;
  /** `SUCCESS` is a payment, `REFUND` a refund that was asked for, `REVOKED` a cancelled code payment. */
  tradeState: "SUCCESS" | "REFUND" | "REVOKED" | OpenString;
  currency: string;
  /** The amount of our order; 0 in a refund's row. */
  orderFen: number;
  /** The same without the merchant's own coupons. */
  settlementFen: number;
  refundId: string | null;
  outRefundNo: string | null;
  refundFen: number;
  /** The amount of our refund request; `refundFen` is less by returned coupons. */
  appliedRefundFen: number;
  /** `SUCCESS`, `PROCESSING`, `FAIL` or `CHANGE`, as of when the bill was made; null for a payment. */
  refundStatus: string | null;
  /** WeChat replaces commas and line feeds in it by escapes; so in `attach`. */
  description: string;
  attach: string | null;
  /** Rounded to whole fen; negative where a refund gives it back. */
  feeFen: number;
  /** `0.60%`. */
  feeRate: string;
}

export interface TradeBillSummary {
  trades: number;
  settlementFen: number;
  refundFen: number;
  feeFen: number;
  orderFen: number;
  appliedRefundFen: number;
}

const ROW = {
  tradedAt: "交易时间",
  appId: "公众账号ID",
  mchId: "商户号",
  transactionId: "微信订单号",
  outTradeNo: "商户订单号",
  openid: "用户标识",
  tradeType: "交易类型",
  tradeState: "交易状态",
  currency: "货币种类",
  settlementFen: "应结订单金额",
  refundId: "微信退款单号",
  outRefundNo: "商户退款单号",
  refundFen: "退款金额",
  refundStatus: "退款状态",
  description: "商品名称",
  attach: "商户数据包",
  fee: "手续费",
  feeRate: "费率",
  orderFen: "订单金额",
  appliedRefundFen: "申请退款金额",
};

const SUMMARY = {
  trades: "总交易单数",
  settlementFen: "应结订单总金额",
  refundFen: "退款总金额",
  fee: "手续费总金额",
  orderFen: "订单总金额",
  appliedRefundFen: "申请退款总金额",
};

const AMOUNTS = ["settlementFen", "refundFen", "orderFen", "appliedRefundFen"] as const;

/**
 * Reads a trade bill of type ALL (wechat.md §1.13).
 *
 * @throws BillUnreadable when anything does not read, or its summary is not the sum of its rows: no
 *   row of such a file may be used.
 */
export function parseTradeBill(text: string): { rows: TradeBillRow[]; summary: TradeBillSummary } {
  const table = readBillTable(text, ROW, SUMMARY);
  const rows = table.rows.map(readRow);
  const line = table.summary;
  const summary: TradeBillSummary = {
    trades: line.count("trades"),
    settlementFen: line.fen("settlementFen"),
    refundFen: line.fen("refundFen"),
    feeFen: roundToFen(line.milliFen("fee")),
    orderFen: line.fen("orderFen"),
    appliedRefundFen: line.fen("appliedRefundFen"),
  };
  line.assertTotal("trades", rows.length, summary.trades);
  for (const name of AMOUNTS) {
    line.assertTotal(
      name,
      rows.reduce((total, row) => total + row[name], 0),
      summary[name],
    );
  }
  // Added up before rounding: many small fees that round to nothing are something together.
  const feeMilliFen = table.rows.reduce((total, row) => total + row.milliFen("fee"), 0);
  line.assertTotal("fee", feeMilliFen, line.milliFen("fee"));
  return { rows, summary };
}

function readRow(line: BillLine<typeof ROW>): TradeBillRow {
  return {
    lineNo: line.lineNo,
    tradedAt: line.instant("tradedAt"),
    appId: line.text("appId"),
    mchId: line.text("mchId"),
    transactionId: line.identifier("transactionId"),
    outTradeNo: line.identifier("outTradeNo"),
    openid: line.text("openid"),
    tradeType: line.text("tradeType"),
    tradeState: line.text("tradeState"),
    currency: line.text("currency"),
    orderFen: line.fen("orderFen"),
    settlementFen: line.fen("settlementFen"),
    refundId: nullIfNone(line.text("refundId")),
    outRefundNo: nullIfNone(line.text("outRefundNo")),
    refundFen: line.fen("refundFen"),
    appliedRefundFen: line.fen("appliedRefundFen"),
    refundStatus: line.text("refundStatus") || null,
    description: line.text("description"),
    attach: line.text("attach") || null,
    feeFen: roundToFen(line.milliFen("fee")),
    feeRate: line.text("feeRate"),
  };
}

/** A payment's row has `0` where a refund has its numbers. */
function nullIfNone(number: string): string | null {
  return number === "" || number === "0" ? null : number;
}
