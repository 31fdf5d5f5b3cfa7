import { escapeText, formatBill, formatBillTime, formatYuan } from "./format";
import type { FundAccount, FundLine } from "./fund-lines";

/** The fund bill of one account (wechat.md §1.13). */

const HEADER = [
  "记账时间",
  "微信支付业务单号",
  "资金流水单号",
  "业务名称",
  "业务类型",
  "收支类型",
  "收支金额(元)",
  "账户结余(元)",
  "资金变更提交申请人",
  "备注",
  "业务凭证号",
];
const SUMMARY_HEADER = ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"];

/** 业务名称 and 业务类型 of each kind of movement. */
const BUSINESS: Record<FundLine["kind"], readonly [name: string, type: string]> = {
  payment: ["交易", "交易"],
  fee: ["扣除交易手续费", "扣除交易手续费"],
  refund: ["退款", "退款"],
  closed_refund: ["退款", "退款退回"],
  deposit: ["充值", "充值"],
  withdrawal: ["提现", "提现"],
  transfer: ["商家转账", "商家转账"],
  returned_transfer: ["商家转账", "商家转账退回"],
};

/** Keeps the numbers of one day's accounts apart. */
const ACCOUNT_DIGIT: Record<FundAccount, number> = { BASIC: 1, OPERATION: 2, FEES: 3 };

const getSignedFen = ({ isIncome, amountFen }: FundLine) => (isIncome ? amountFen : -amountFen);

/** What these movements add to the account. */
export function sumFundLines(lines: readonly FundLine[]): number {
  return lines.reduce((total, line) => total + getSignedFen(line), 0);
}

/** The text of the bill; the balance runs on from `openingFen`, the account's at midnight. */
export function formatFundBill(options: {
  mchId: string;
  date: string;
  account: FundAccount;
  openingFen: number;
  lines: readonly FundLine[];
  isSummaryBad: boolean;
}): string {
  const { lines } = options;
  const flowStem = `${options.mchId}${options.date.replaceAll("-", "")}${ACCOUNT_DIGIT[options.account]}`;
  let balanceFen = options.openingFen;
  const rows = lines.map((line, index) => {
    balanceFen += getSignedFen(line);
    return [
      formatBillTime(line.atMs),
      line.businessNo,
      // The bill is generated once, so the place of a row in it is a number for ever.
      `${flowStem}${String(index + 1).padStart(9, "0")}`,
      ...BUSINESS[line.kind],
      line.isIncome ? "收入" : "支出",
      formatYuan(line.amountFen),
      formatYuan(balanceFen),
      line.applicant,
      escapeText(line.note),
      line.voucherNo,
    ];
  });
  const incomes = lines.filter(({ isIncome }) => isIncome);
  const expenses = lines.filter(({ isIncome }) => !isIncome);
  const tooMuch = options.isSummaryBad ? 1 : 0;
  return formatBill({
    header: HEADER,
    rows,
    summaryHeader: SUMMARY_HEADER,
    summary: [
      String(lines.length + tooMuch),
      String(incomes.length),
      formatYuan(sumFundLines(incomes) + tooMuch),
      String(expenses.length),
      // Not minus zero, which prints as such.
      formatYuan(0 - sumFundLines(expenses)),
    ],
  });
}
