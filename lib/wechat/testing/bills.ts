/** Bills for tests: written from values by title, the way WeChat writes them (wechat.md §1.13). */

export type Cells = Record<string, string>;

export interface BillStyle {
  endOfLine?: "\n" | "\r\n";
  hasMark?: boolean;
  hasBackticks?: boolean;
  hasFinalEnd?: boolean;
  /** Order of the columns; may name ones the rows do not have. */
  titles?: string[];
  summaryTitles?: string[];
}

export const TRADE_TITLES =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注".split(
    ",",
  );
export const TRADE_SUMMARY_TITLES =
  "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额".split(
    ",",
  );
export const FUND_TITLES =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号".split(
    ",",
  );
export const FUND_SUMMARY_TITLES = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额".split(",");

/**
 * A made-up bill in the layout of bills of the live service, none of which may be kept here: they
 * hold merchants' and people's numbers. One of January 2021, published with the hash that WeChat had
 * announced for it, settled what the documentation leaves open: the hash covers the decompressed
 * bytes, a byte order mark comes first and counts, every line ends with CR LF, the last one too, and
 * rows are in no order of time. Published rows of 2024 show fees rounded to the fen with five
 * decimals (0.54 % of 60.00 is `0.32000`), a refund's fee negative and its 订单金额 `0.00`. Commas in
 * names come out as a backslash and a space.
 */
export const SAMPLE_BILL = {
  /** Computed once by another tool; the file's bytes are pinned by it. */
  sha1: "eacff3cd5f4c5af732cbdd5c6a942b2537be4199",
  text: `\uFEFF${[
    TRADE_TITLES.join(","),
    "`2026-03-01 17:07:11,`wx2421b1c4370ec43b,`1900007291,`0,`,`4200000001202603010000000003,`W20260301_0003,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`JSAPI,`SUCCESS,`OTHERS,`CNY,`60.00,`0.00,`0,`0,`0.00,`0.00,`,`,`给妈妈\\ 60 份,`P20260003,`0.32000,`0.54%,`60.00,`0.00,`",
    "`2026-03-01 15:35:18,`wx2421b1c4370ec43b,`1900007291,`0,`,`4200000001202603010000000001,`W20260301_0001,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`JSAPI,`SUCCESS,`OTHERS,`CNY,`1.00,`0.00,`0,`0,`0.00,`0.00,`,`,`微互助 1 份,`P20260001,`0.01000,`0.54%,`1.00,`0.00,`",
    "`2026-03-01 18:59:46,`wx2421b1c4370ec43b,`1900007291,`0,`,`4200000001202603010000000003,`W20260301_0003,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50300000012026030100000000001,`R20260301_0003,`50.00,`0.00,`ORIGINAL,`SUCCESS,`给妈妈\\ 60 份,`P20260003,`-0.27000,`0.54%,`0.00,`50.00,`",
    TRADE_SUMMARY_TITLES.join(","),
    "`3,`61.00,`50.00,`0.00,`0.06000,`61.00,`50.00",
    "",
  ].join("\r\n")}`,
};

const PAYMENT: Cells = {
  交易时间: "2026-03-01 20:01:02",
  公众账号ID: "wx2421b1c4370ec43b",
  商户号: "1900007291",
  特约商户号: "0",
  微信订单号: "4200000925202603017714292000",
  商户订单号: "W20260301_0001",
  用户标识: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
  交易类型: "JSAPI",
  交易状态: "SUCCESS",
  付款银行: "OTHERS",
  货币种类: "CNY",
  应结订单金额: "1.00",
  代金券金额: "0.00",
  微信退款单号: "0",
  商户退款单号: "0",
  退款金额: "0.00",
  充值券退款金额: "0.00",
  商品名称: "微互助 1 份",
  手续费: "0.01000",
  费率: "0.60%",
  订单金额: "1.00",
  申请退款金额: "0.00",
};

export function paymentCells(overrides: Cells = {}): Cells {
  return { ...PAYMENT, ...overrides };
}

export function refundCells(overrides: Cells = {}): Cells {
  return {
    ...PAYMENT,
    交易时间: "2026-03-01 21:00:00",
    交易状态: "REFUND",
    应结订单金额: "0.00",
    微信退款单号: "50300806962026030105978994968",
    商户退款单号: "R20260301_0001",
    退款金额: "1.00",
    退款类型: "ORIGINAL",
    退款状态: "SUCCESS",
    手续费: "-0.01000",
    订单金额: "0.00",
    申请退款金额: "1.00",
    ...overrides,
  };
}

export function tradeBill(rows: Cells[], summary: Cells, style: BillStyle = {}): string {
  return writeBill(rows, summary, {
    titles: TRADE_TITLES,
    summaryTitles: TRADE_SUMMARY_TITLES,
    ...style,
  });
}

export function fundBill(rows: Cells[], summary: Cells, style: BillStyle = {}): string {
  return writeBill(rows, summary, {
    titles: FUND_TITLES,
    summaryTitles: FUND_SUMMARY_TITLES,
    ...style,
  });
}

function writeBill(rows: Cells[], summary: Cells, style: BillStyle): string {
  const { endOfLine = "\r\n", hasBackticks = true, titles = [], summaryTitles = [] } = style;
  const line = (cells: Cells, order: string[]) =>
    order.map((title) => `${hasBackticks ? "`" : ""}${cells[title] ?? ""}`).join(",");
  const lines = [
    titles.join(","),
    ...rows.map((row) => line(row, titles)),
    summaryTitles.join(","),
    line(summary, summaryTitles),
  ].join(endOfLine);
  return `${style.hasMark === false ? "" : "\uFEFF"}${lines}${style.hasFinalEnd === false ? "" : endOfLine}`;
}
