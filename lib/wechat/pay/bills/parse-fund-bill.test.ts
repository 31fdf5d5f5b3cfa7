import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cells, FUND_SUMMARY_TITLES, FUND_TITLES, fundBill } from "@/lib/wechat/testing/bills";
import { BillUnreadable } from "./bill-table";
import { parseFundBill } from "./parse-fund-bill";

const ENTRY: Cells = {
  记账时间: "2026-03-01 20:01:02",
  微信支付业务单号: "4200000925202603017714292000",
  资金流水单号: "4200000920202603017964319284",
  业务名称: "交易",
  业务类型: "交易",
  收支类型: "收入",
  "收支金额(元)": "1.00",
  "账户结余(元)": "1.00",
  资金变更提交申请人: "system",
  备注: "",
  业务凭证号: "W20260301_0001",
};
const FEE: Cells = {
  ...ENTRY,
  资金流水单号: "4200000920202603017964319285",
  业务类型: "扣除交易手续费",
  收支类型: "支出",
  "收支金额(元)": "0.01",
  "账户结余(元)": "0.99",
};
const SUMMARY: Cells = {
  资金流水总笔数: "2",
  收入笔数: "1",
  收入金额: "1.00",
  支出笔数: "1",
  支出金额: "0.01",
};

function refusalOf(text: string): BillUnreadable {
  try {
    parseFundBill(text);
  } catch (error) {
    if (error instanceof BillUnreadable) return error;
    throw error;
  }
  throw new Error("The bill was read");
}

it("a payment and its fee, in our words", () => {
  expect(parseFundBill(fundBill([ENTRY, FEE], SUMMARY))).toEqual({
    rows: [
      {
        lineNo: 2,
        bookedAt: new Date("2026-03-01T12:01:02Z"),
        businessNo: "4200000925202603017714292000",
        flowNo: "4200000920202603017964319284",
        businessName: "交易",
        businessType: "交易",
        direction: "in",
        amountFen: 100,
        balanceFen: 100,
        note: "",
        voucherNo: "W20260301_0001",
      },
      expect.objectContaining({
        lineNo: 3,
        businessType: "扣除交易手续费",
        direction: "out",
        amountFen: 1,
        balanceFen: 99,
      }),
    ],
    summary: { flows: 2, inCount: 1, inFen: 100, outCount: 1, outFen: 1 },
  });
});

it("a row as the live service writes it reads (wechat.md §1.13)", () => {
  const text = [
    FUND_TITLES.join(","),
    "`2026-03-02 13:54:01,`50300000012026030200000000001,`4200000001202603020000000009,`退款,`退款,`支出,`0.01,`0.22,`1900007291API,`退款总金额0.01元;含手续费0.00元,`R20260302_0001",
    FUND_SUMMARY_TITLES.join(","),
    "`1,`0,`0.00,`1,`0.01",
  ].join("\n");
  expect(parseFundBill(text).rows).toEqual([
    {
      lineNo: 2,
      bookedAt: new Date("2026-03-02T05:54:01Z"),
      businessNo: "50300000012026030200000000001",
      flowNo: "4200000001202603020000000009",
      businessName: "退款",
      businessType: "退款",
      direction: "out",
      amountFen: 1,
      balanceFen: 22,
      note: "退款总金额0.01元;含手续费0.00元",
      voucherNo: "R20260302_0001",
    },
  ]);
});

it("any movements, in any order of columns, are read to the fen", () => {
  const flow = fc.record({
    isIn: fc.boolean(),
    amountFen: fc.integer({ min: 0, max: 1_000_000_000_00 }),
    balanceFen: fc.integer({ min: -1_000_000, max: 1_000_000_000_00 }),
  });
  const titles = fc.shuffledSubarray([...FUND_TITLES, "新列"], { minLength: 12 });
  fc.assert(
    fc.property(fc.array(flow, { maxLength: 20 }), titles, (flows, order) => {
      const amounts = (isIn: boolean) =>
        flows.filter((each) => each.isIn === isIn).map(({ amountFen }) => amountFen);
      const total = (fen: number[]) => fen.reduce((sum, each) => sum + each, 0);
      const text = fundBill(
        flows.map(({ isIn, amountFen, balanceFen }) => ({
          ...ENTRY,
          收支类型: isIn ? "收入" : "支出",
          "收支金额(元)": yuan(amountFen),
          "账户结余(元)": yuan(balanceFen),
        })),
        {
          资金流水总笔数: String(flows.length),
          收入笔数: String(amounts(true).length),
          收入金额: yuan(total(amounts(true))),
          支出笔数: String(amounts(false).length),
          支出金额: yuan(total(amounts(false))),
        },
        { titles: order },
      );
      const { rows, summary } = parseFundBill(text);
      expect(
        rows.map(({ direction, amountFen, balanceFen }) => ({
          isIn: direction === "in",
          amountFen,
          balanceFen,
        })),
      ).toEqual(flows);
      expect(summary).toMatchObject({ inFen: total(amounts(true)), outFen: total(amounts(false)) });
    }),
  );
});

describe("what does not read or add up is refused", () => {
  it.each(FUND_TITLES.filter((title) => title !== "资金变更提交申请人"))(
    "without the column %s",
    (title) => {
      const titles = FUND_TITLES.filter((known) => known !== title);
      expect(refusalOf(fundBill([ENTRY], SUMMARY, { titles })).reason).toBe(
        `there is no column ${title}`,
      );
    },
  );

  it.each(FUND_SUMMARY_TITLES)("without the total %s", (title) => {
    const summaryTitles = FUND_SUMMARY_TITLES.filter((known) => known !== title);
    expect(refusalOf(fundBill([ENTRY, FEE], SUMMARY, { summaryTitles }))).toMatchObject({
      lineNo: 4,
      reason: `there is no column ${title}`,
    });
  });

  it.each([
    ["收支类型", "转出"],
    ["收支金额(元)", "-0.01"],
    ["账户结余(元)", "0.001"],
    ["记账时间", ""],
    ["资金流水单号", ""],
  ])("%s %j", (title, value) => {
    const refusal = refusalOf(fundBill([ENTRY, { ...FEE, [title]: value }], SUMMARY));
    expect(refusal.lineNo).toBe(3);
    expect(refusal.reason.startsWith(`${title} is `)).toBe(true);
  });

  it.each([
    ["资金流水总笔数", "3"],
    ["收入笔数", "2"],
    ["收入金额", "1.01"],
    ["支出笔数", "0"],
    ["支出金额", "0.00"],
  ])("a summary with %s %s", (title, value) => {
    expect(refusalOf(fundBill([ENTRY, FEE], { ...SUMMARY, [title]: value }))).toMatchObject({
      lineNo: 5,
      reason: `${title} disagrees with the rows`,
    });
  });
});

function yuan(fen: number): string {
  const size = Math.abs(fen);
  const decimals = String(size % 100).padStart(2, "0");
  return `${fen < 0 ? "-" : ""}${Math.trunc(size / 100)}.${decimals}`;
}
