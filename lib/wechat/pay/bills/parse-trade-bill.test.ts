import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Cells,
  paymentCells,
  refundCells,
  SAMPLE_BILL,
  TRADE_SUMMARY_TITLES,
  TRADE_TITLES,
  tradeBill,
} from "@/lib/wechat/testing/bills";
import { BillUnreadable } from "./bill-table";
import { parseTradeBill } from "./parse-trade-bill";

const SUMMARY: Cells = {
  总交易单数: "2",
  应结订单总金额: "1.00",
  退款总金额: "1.00",
  充值券退款总金额: "0.00",
  手续费总金额: "0.00000",
  订单总金额: "1.00",
  申请退款总金额: "1.00",
};
const ROWS = [paymentCells({ 商户数据包: "P20260001" }), refundCells()];

/** Columns that nobody asks for. */
const UNUSED = new Set([
  "特约商户号",
  "设备号",
  "付款银行",
  "代金券金额",
  "充值券退款金额",
  "退款类型",
  "费率备注",
]);

function refusalOf(text: string): BillUnreadable {
  try {
    parseTradeBill(text);
  } catch (error) {
    if (error instanceof BillUnreadable) return error;
    throw error;
  }
  throw new Error("The bill was read");
}

it("a bill in the live service's layout reads, and its hash is over the whole text", () => {
  const { rows, summary } = parseTradeBill(SAMPLE_BILL.text);
  expect(rows.map((row) => [row.lineNo, row.outTradeNo, row.orderFen, row.feeFen])).toEqual([
    [2, "W20260301_0003", 6_000, 32],
    [3, "W20260301_0001", 100, 1],
    [4, "W20260301_0003", 0, -27],
  ]);
  expect(rows[0]).toMatchObject({
    description: "给妈妈\\ 60 份",
    attach: "P20260003",
    refundId: null,
  });
  expect(rows[2]).toMatchObject({ outRefundNo: "R20260301_0003", refundFen: 5_000 });
  expect(summary).toMatchObject({ trades: 3, orderFen: 6_100, refundFen: 5_000, feeFen: 6 });
  expect(createHash("sha1").update(SAMPLE_BILL.text).digest("hex")).toBe(SAMPLE_BILL.sha1);
});

it("a payment and its refund, in our words", () => {
  expect(parseTradeBill(tradeBill(ROWS, SUMMARY))).toEqual({
    rows: [
      {
        lineNo: 2,
        tradedAt: new Date("2026-03-01T12:01:02Z"),
        appId: "wx2421b1c4370ec43b",
        mchId: "1900007291",
        transactionId: "4200000925202603017714292000",
        outTradeNo: "W20260301_0001",
        openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        tradeType: "JSAPI",
        tradeState: "SUCCESS",
        currency: "CNY",
        orderFen: 100,
        settlementFen: 100,
        refundId: null,
        outRefundNo: null,
        refundFen: 0,
        appliedRefundFen: 0,
        refundStatus: null,
        description: "微互助 1 份",
        attach: "P20260001",
        feeFen: 1,
        feeRate: "0.60%",
      },
      expect.objectContaining({
        lineNo: 3,
        tradedAt: new Date("2026-03-01T13:00:00Z"),
        tradeState: "REFUND",
        orderFen: 0,
        refundId: "50300806962026030105978994968",
        outRefundNo: "R20260301_0001",
        refundFen: 100,
        appliedRefundFen: 100,
        refundStatus: "SUCCESS",
        attach: null,
        feeFen: -1,
      }),
    ],
    summary: {
      trades: 2,
      settlementFen: 100,
      refundFen: 100,
      feeFen: 0,
      orderFen: 100,
      appliedRefundFen: 100,
    },
  });
});

describe("the same bill however it is written", () => {
  const expected = parseTradeBill(tradeBill(ROWS, SUMMARY));

  it("line ends, mark, backticks, final line end, moved and unknown columns", () => {
    fc.assert(
      fc.property(
        fc.record({
          endOfLine: fc.constantFrom("\n" as const, "\r\n" as const),
          hasMark: fc.boolean(),
          hasBackticks: fc.boolean(),
          hasFinalEnd: fc.boolean(),
          titles: shuffled([...TRADE_TITLES, "新列"]),
          summaryTitles: shuffled([...TRADE_SUMMARY_TITLES, "新总额"]),
        }),
        (style) => {
          expect(parseTradeBill(tradeBill(ROWS, SUMMARY, style))).toEqual(expected);
        },
      ),
    );
  });

  it("blank lines are skipped, and the line numbers stay those of the file", () => {
    const text = tradeBill(ROWS, SUMMARY).replaceAll("\r\n", "\r\n\r\n");
    expect(parseTradeBill(text).rows.map(({ lineNo }) => lineNo)).toEqual([3, 5]);
  });
});

it("whatever amounts are written are read to the fen, and so are their totals", () => {
  const fen = fc.integer({ min: 0, max: 1_000_000_000_00 });
  const feeMilliFen = fc.integer({ min: -100_000_000, max: 100_000_000 });
  const trade = fc.record({ orderFen: fen, refundFen: fen, feeMilliFen });
  fc.assert(
    fc.property(fc.array(trade, { maxLength: 20 }), (trades) => {
      const sum = (pick: (trade: (typeof trades)[number]) => number) =>
        trades.reduce((total, each) => total + pick(each), 0);
      const text = tradeBill(
        trades.map((each) =>
          paymentCells({
            订单金额: yuan(each.orderFen),
            应结订单金额: yuan(each.orderFen),
            退款金额: yuan(each.refundFen),
            申请退款金额: yuan(each.refundFen),
            手续费: yuanOfMilliFen(each.feeMilliFen),
          }),
        ),
        {
          总交易单数: String(trades.length),
          应结订单总金额: yuan(sum((each) => each.orderFen)),
          订单总金额: yuan(sum((each) => each.orderFen)),
          退款总金额: yuan(sum((each) => each.refundFen)),
          申请退款总金额: yuan(sum((each) => each.refundFen)),
          手续费总金额: yuanOfMilliFen(sum((each) => each.feeMilliFen)),
        },
      );
      const { rows, summary } = parseTradeBill(text);
      expect(rows.map(({ orderFen, refundFen }) => ({ orderFen, refundFen }))).toEqual(
        trades.map(({ orderFen, refundFen }) => ({ orderFen, refundFen })),
      );
      expect(summary.orderFen).toBe(sum((each) => each.orderFen));
      for (const [index, row] of rows.entries()) {
        const written = trades[index]?.feeMilliFen ?? 0;
        expect(Math.abs(row.feeFen * 1000 - written)).toBeLessThanOrEqual(500);
      }
    }),
  );
});

it.each([
  ["0.00600", 1],
  ["0.00499", 0],
  ["0.00500", 1],
  ["-0.00500", -1],
  ["-0.00499", 0],
  ["1.5", 150],
  ["2", 200],
])("a fee of %s yuan is %d fen", (fee, feeFen) => {
  const text = tradeBill([paymentCells({ 手续费: fee })], {
    ...SUMMARY,
    总交易单数: "1",
    退款总金额: "0.00",
    申请退款总金额: "0.00",
    手续费总金额: fee,
  });
  expect(parseTradeBill(text).rows[0]?.feeFen).toBe(feeFen);
});

describe("what does not read is refused, with line and column, without the value", () => {
  it.each(TRADE_TITLES.filter((title) => !UNUSED.has(title)))("without the column %s", (title) => {
    const titles = TRADE_TITLES.filter((known) => known !== title);
    expect(refusalOf(tradeBill(ROWS, SUMMARY, { titles }))).toMatchObject({
      lineNo: 1,
      reason: `there is no column ${title}`,
    });
  });

  it("with a column twice", () => {
    const titles = [...TRADE_TITLES, "订单金额"];
    expect(refusalOf(tradeBill(ROWS, SUMMARY, { titles })).reason).toContain("two columns");
  });

  it.each([
    ["交易时间", "2026-02-30 10:00:00"],
    ["交易时间", "2026-03-01 24:00:00"],
    ["交易时间", "2026/03/01 10:00:00"],
    ["商户订单号", ""],
    ["微信订单号", ""],
    ["订单金额", ""],
    ["订单金额", "1.001"],
    ["订单金额", "1e2"],
    ["订单金额", "-1.00"],
    ["订单金额", "１.00"],
    ["订单金额", " 1.00"],
    ["订单金额", "99999999999.00"],
    ["手续费", "0.000001"],
    ["手续费", "NaN"],
  ])("%s %j", (title, value) => {
    const refusal = refusalOf(
      tradeBill([paymentCells(), refundCells({ [title]: value })], SUMMARY),
    );
    expect(refusal.lineNo).toBe(3);
    expect(refusal.reason).toMatch(new RegExp(`^${title} is not `));
  });

  it("a comma inside a value moves the columns, so the line is refused", () => {
    const text = tradeBill([paymentCells({ 商品名称: "a,b" }), refundCells()], SUMMARY);
    expect(refusalOf(text)).toMatchObject({ lineNo: 2, reason: "28 values under 27 columns" });
  });

  it.each(["", "\uFEFF\r\n", TRADE_TITLES.join(","), "<html>\n502\n</html>"])("%j", (text) => {
    expect(refusalOf(text)).toBeInstanceOf(BillUnreadable);
  });

  it("every truncated bill", () => {
    const lines = tradeBill(ROWS, SUMMARY, { hasFinalEnd: false }).split("\r\n");
    for (let count = 0; count < lines.length; count += 1) {
      refusalOf(lines.slice(0, count).join("\r\n"));
    }
  });
});

describe("a summary that is not the sum of the rows is refused", () => {
  it.each([
    ["总交易单数", "3"],
    ["应结订单总金额", "1.01"],
    ["退款总金额", "0.99"],
    ["手续费总金额", "0.00001"],
    ["订单总金额", "2.00"],
    ["申请退款总金额", "0.00"],
  ])("%s %s", (title, value) => {
    expect(refusalOf(tradeBill(ROWS, { ...SUMMARY, [title]: value }))).toMatchObject({
      lineNo: 5,
      reason: `${title} disagrees with the rows`,
    });
  });

  it("a lost row and a doubled row", () => {
    const lines = tradeBill(ROWS, SUMMARY).split("\r\n");
    expect(refusalOf(lines.toSpliced(1, 1).join("\r\n")).reason).toContain("总交易单数");
    expect(refusalOf(lines.toSpliced(1, 0, lines[1] ?? "").join("\r\n")).reason).toContain(
      "总交易单数",
    );
  });

  it("a description may say what a summary's header says", () => {
    const rows = [paymentCells({ 商品名称: "总交易单数" }), refundCells()];
    expect(parseTradeBill(tradeBill(rows, SUMMARY)).rows).toHaveLength(2);
  });
});

function shuffled(titles: string[]) {
  return fc.shuffledSubarray(titles, { minLength: titles.length });
}

function yuan(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

function yuanOfMilliFen(milliFen: number): string {
  const size = Math.abs(milliFen);
  const decimals = String(size % 100_000).padStart(5, "0");
  return `${milliFen < 0 ? "-" : ""}${Math.trunc(size / 100_000)}.${decimals}`;
}
