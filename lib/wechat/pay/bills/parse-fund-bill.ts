import { type BillLine, readBillTable } from "./bill-table";

export interface FundBillRow {
  /** Line in the file, from 1: where a person finds it. */
  lineNo: number;
  bookedAt: Date;
  /** WeChat's number of what moved the money: a transaction, a refund, a transfer. */
  businessNo: string;
  /** WeChat's number of this movement. */
  flowNo: string;
  businessName: string;
  /** `交易`, `退款`, `扣除交易手续费`, … */
  businessType: string;
  direction: "in" | "out";
  /** Never negative; `direction` says which way. */
  amountFen: number;
  /** Of the account after this movement; may be negative while money is owed. */
  balanceFen: number;
  note: string;
  /** Our number: outTradeNo, outRefundNo or outBillNo. */
  voucherNo: string;
}

export interface FundBillSummary {
  flows: number;
  inCount: number;
  inFen: number;
  outCount: number;
  outFen: number;
}

const ROW = {
  bookedAt: "记账时间",
  businessNo: "微信支付业务单号",
  flowNo: "资金流水单号",
  businessName: "业务名称",
  businessType: "业务类型",
  direction: "收支类型",
  amountFen: "收支金额(元)",
  balance: "账户结余(元)",
  note: "备注",
  voucherNo: "业务凭证号",
};

const SUMMARY = {
  flows: "资金流水总笔数",
  inCount: "收入笔数",
  inFen: "收入金额",
  outCount: "支出笔数",
  outFen: "支出金额",
};

/**
 * Reads a fund bill of one account (wechat.md §1.13).
 *
 * @throws BillUnreadable when anything does not read, or its summary is not the sum of its rows: no
 *   row of such a file may be used.
 */
export function parseFundBill(text: string): { rows: FundBillRow[]; summary: FundBillSummary } {
  const table = readBillTable(text, ROW, SUMMARY);
  const rows = table.rows.map(readRow);
  const line = table.summary;
  const summary: FundBillSummary = {
    flows: line.count("flows"),
    inCount: line.count("inCount"),
    inFen: line.fen("inFen"),
    outCount: line.count("outCount"),
    outFen: line.fen("outFen"),
  };
  const ours: FundBillSummary = {
    flows: rows.length,
    inCount: 0,
    inFen: 0,
    outCount: 0,
    outFen: 0,
  };
  for (const { direction, amountFen } of rows) {
    ours[`${direction}Count`] += 1;
    ours[`${direction}Fen`] += amountFen;
  }
  for (const name of ["flows", "inCount", "inFen", "outCount", "outFen"] as const) {
    line.assertTotal(name, ours[name], summary[name]);
  }
  return { rows, summary };
}

function readRow(line: BillLine<typeof ROW>): FundBillRow {
  return {
    lineNo: line.lineNo,
    bookedAt: line.instant("bookedAt"),
    businessNo: line.text("businessNo"),
    flowNo: line.identifier("flowNo"),
    businessName: line.text("businessName"),
    businessType: line.text("businessType"),
    direction: readDirection(line),
    amountFen: line.fen("amountFen"),
    balanceFen: readBalance(line),
    note: line.text("note"),
    voucherNo: line.text("voucherNo"),
  };
}

function readDirection(line: BillLine<typeof ROW>): FundBillRow["direction"] {
  const word = line.text("direction");
  if (word === "收入") return "in";
  return word === "支出" ? "out" : line.refuse("direction", "is neither 收入 nor 支出");
}

function readBalance(line: BillLine<typeof ROW>): number {
  const milliFen = line.milliFen("balance");
  return milliFen % 1000 === 0 ? milliFen / 1000 : line.refuse("balance", "is not whole fen");
}
