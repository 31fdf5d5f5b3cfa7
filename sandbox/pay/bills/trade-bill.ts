import {
  escapeText,
  formatBill,
  formatBillTime,
  formatFeeYuan,
  formatRate,
  formatYuan,
} from "./format";
import type { TradeLine } from "./trade-lines";

/** The trade bill of a direct merchant, column by column (wechat.md §1.13). */

export const TRADE_BILL_TYPES = ["ALL", "SUCCESS", "REFUND"] as const;
export type TradeBillType = (typeof TRADE_BILL_TYPES)[number];

interface Column {
  name: string;
  /** The bills that have it; absent = all. */
  types?: readonly TradeBillType[];
  write(line: TradeLine, mchId: string): string;
}

const WITH_REFUNDS: readonly TradeBillType[] = ["ALL", "REFUND"];
const REFUNDS_ONLY: readonly TradeBillType[] = ["REFUND"];

const getPaidFen = (line: TradeLine) => (line.refund ? 0 : line.amountFen);
const getRefundedFen = (line: TradeLine) => (line.refund ? line.amountFen : 0);
/** A refund gives its fee back. Not minus zero, which prints as such. */
const getChargedFen = (line: TradeLine) => (line.refund ? 0 - line.feeFen : line.feeFen);

const COLUMNS: readonly Column[] = [
  { name: "交易时间", write: (line) => formatBillTime(line.atMs) },
  { name: "公众账号ID", write: (line) => line.appId },
  { name: "商户号", write: (_line, mchId) => mchId },
  // 0: this merchant has no sub-merchants.
  { name: "特约商户号", write: () => "0" },
  { name: "设备号", write: () => "" },
  { name: "微信订单号", write: (line) => line.transactionId },
  { name: "商户订单号", write: (line) => line.outTradeNo },
  { name: "用户标识", write: (line) => line.openid },
  { name: "交易类型", write: () => "JSAPI" },
  { name: "交易状态", write: (line) => (line.refund ? "REFUND" : line.state) },
  { name: "付款银行", write: () => "OTHERS" },
  { name: "货币种类", write: () => "CNY" },
  { name: "应结订单金额", write: (line) => formatYuan(getPaidFen(line)) },
  { name: "代金券金额", write: () => "0.00" },
  { name: "退款申请时间", types: REFUNDS_ONLY, write: (line) => formatBillTime(line.atMs) },
  {
    name: "退款成功时间",
    types: REFUNDS_ONLY,
    write: ({ refund }) => (refund?.successAtMs ? formatBillTime(refund.successAtMs) : ""),
  },
  { name: "微信退款单号", types: WITH_REFUNDS, write: ({ refund }) => refund?.refundId ?? "0" },
  { name: "商户退款单号", types: WITH_REFUNDS, write: ({ refund }) => refund?.outRefundNo ?? "0" },
  {
    name: "退款金额",
    types: WITH_REFUNDS,
    write: (line) => formatYuan(getRefundedFen(line)),
  },
  { name: "充值券退款金额", types: WITH_REFUNDS, write: () => "0.00" },
  { name: "退款类型", types: WITH_REFUNDS, write: ({ refund }) => (refund ? "ORIGINAL" : "") },
  { name: "退款状态", types: WITH_REFUNDS, write: ({ refund, state }) => (refund ? state : "") },
  { name: "商品名称", write: (line) => escapeText(line.description) },
  { name: "商户数据包", write: (line) => escapeText(line.attach) },
  { name: "手续费", write: (line) => formatFeeYuan(getChargedFen(line)) },
  { name: "费率", write: (line) => formatRate(line.feeRateBasisPoints) },
  { name: "订单金额", write: (line) => formatYuan(getPaidFen(line)) },
  {
    name: "申请退款金额",
    types: WITH_REFUNDS,
    write: (line) => formatYuan(getRefundedFen(line)),
  },
  { name: "费率备注", write: () => "" },
];

const SUMMARY_HEADER = [
  "总交易单数",
  "应结订单总金额",
  "退款总金额",
  "充值券退款总金额",
  "手续费总金额",
  "订单总金额",
  "申请退款总金额",
];

/** The lines that a bill of this type lists. */
export function selectTradeLines(lines: readonly TradeLine[], type: TradeBillType): TradeLine[] {
  return lines.filter(({ refund }) => type === "ALL" || (refund !== null) === (type === "REFUND"));
}

/** The text of the bill; `isSummaryBad` makes its summary count one row and one fen too many. */
export function formatTradeBill(options: {
  mchId: string;
  type: TradeBillType;
  lines: readonly TradeLine[];
  isSummaryBad: boolean;
}): string {
  const { mchId, type, lines } = options;
  const columns = COLUMNS.filter(({ types }) => !types || types.includes(type));
  const tooMuch = options.isSummaryBad ? 1 : 0;
  const sum = (get: (line: TradeLine) => number) =>
    lines.reduce((total, line) => total + get(line), 0);
  const paid = formatYuan(sum(getPaidFen) + tooMuch);
  const refunded = formatYuan(sum(getRefundedFen));
  return formatBill({
    header: columns.map(({ name }) => name),
    rows: lines.map((line) => columns.map((column) => column.write(line, mchId))),
    summaryHeader: SUMMARY_HEADER,
    summary: [
      String(lines.length + tooMuch),
      paid,
      refunded,
      "0.00",
      formatFeeYuan(sum(getChargedFen)),
      paid,
      refunded,
    ],
  });
}
