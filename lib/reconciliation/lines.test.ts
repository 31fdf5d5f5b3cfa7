import { expect, test } from "vitest";
import type { FundBillRow } from "@/lib/wechat/pay/bills/parse-fund-bill";
import type { TradeBillRow } from "@/lib/wechat/pay/bills/parse-trade-bill";
import { findForeignLine, parseRatePpm, toFundLines, toTradeLines } from "./lines";

const trade = (fields: Partial<TradeBillRow> = {}): TradeBillRow => ({
  lineNo: 2,
  tradedAt: new Date("2026-03-01T04:00:00Z"),
  appId: "wx1",
  mchId: "1900000000",
  transactionId: "42001",
  outTradeNo: "W1",
  openid: "o1",
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
  description: "",
  attach: null,
  feeFen: 1,
  feeRate: "0.60%",
  ...fields,
});
const refund = trade({
  lineNo: 3,
  tradeState: "REFUND",
  orderFen: 0,
  refundId: "50001",
  outRefundNo: "R1",
  refundFen: 100,
  appliedRefundFen: 100,
  refundStatus: "SUCCESS",
  feeFen: -1,
});
const flow = (fields: Partial<FundBillRow>): FundBillRow => ({
  lineNo: 2,
  bookedAt: new Date("2026-03-01T04:00:00Z"),
  businessNo: "42001",
  flowNo: "1",
  businessName: "交易",
  businessType: "交易",
  direction: "in",
  amountFen: 100,
  balanceFen: 100,
  note: "",
  voucherNo: "W1",
  ...fields,
});

test("money in is positive, money out negative, fees follow", () => {
  const [payment, back] = toTradeLines([trade(), refund]);
  expect(payment).toMatchObject({ entry: "payment", amountFen: 100, feeFen: 1, outRefundNo: null });
  expect(back).toMatchObject({ entry: "refund", amountFen: -100, feeFen: -1, outRefundNo: "R1" });
  expect(back).toMatchObject({ state: "SUCCESS", outTradeNo: "W1", feeRatePpm: 6_000 });
});

test.each([
  ["its own number", { voucherNo: "R1", businessNo: "x" }],
  ["WeChat's number", { voucherNo: "x", businessNo: "50001" }],
  ["WeChat's number beside the order's", { voucherNo: "W1", businessNo: "50001" }],
])("a refund's movement is known by %s", (_label, numbers) => {
  const row = flow({ businessType: "退款", direction: "out", ...numbers });
  expect(toFundLines([row], [trade(), refund])).toMatchObject([
    { entry: "refund", outTradeNo: "W1", outRefundNo: "R1", amountFen: -100 },
  ]);
});

test.each([
  ["its own number", { voucherNo: "W1", businessNo: "x" }],
  ["WeChat's number", { voucherNo: "x", businessNo: "42001" }],
])("a payment's fee is known by %s", (_label, numbers) => {
  const row = flow({ businessType: "扣除交易手续费", direction: "out", amountFen: 1, ...numbers });
  expect(toFundLines([row], [trade(), refund])).toMatchObject([
    { entry: "fee", outTradeNo: "W1", outRefundNo: null, amountFen: -1 },
  ]);
});

test("deposits, withdrawals and returned refunds belong to no order", () => {
  const rows = ["充值", "提现", "退款退回", "商家转账"].map((businessType) =>
    flow({ businessType }),
  );
  const lines = toFundLines(rows, [trade()]);
  expect(lines.map(({ entry }) => entry)).toEqual(["other", "other", "other", "transfer"]);
  expect(lines.every(({ outTradeNo }) => outTradeNo === null)).toBe(true);
});

test.each([
  ["0.60%", 6_000],
  ["1%", 10_000],
  ["0.6%", 6_000],
  ["0.0001%", 1],
  ["", null],
  ["0.60", null],
  ["0.60000%", null],
])("the rate %j is %s parts per million", (text, ppm) => {
  expect(parseRatePpm(text)).toBe(ppm);
});

test("a file of another day or merchant is told by its lines, at the second", () => {
  const expected = { billDate: "2026-03-01", mchId: "1900000000" };
  const at = (time: string) => ({ trade: [trade({ tradedAt: new Date(time) })], fund: [] });
  expect(findForeignLine(at("2026-02-28T16:00:00Z"), expected)).toBeNull();
  expect(findForeignLine(at("2026-03-01T15:59:59Z"), expected)).toBeNull();
  expect(findForeignLine(at("2026-02-28T15:59:59Z"), expected)).toMatch(/another day/);
  expect(findForeignLine(at("2026-03-01T16:00:00Z"), expected)).toMatch(/another day/);
  const foreign = { trade: [trade({ mchId: "1" })], fund: [] };
  expect(findForeignLine(foreign, expected)).toMatch(/another merchant/);
  const late = { trade: [], fund: [flow({ bookedAt: new Date("2026-03-01T16:00:00Z") })] };
  expect(findForeignLine(late, expected)).toMatch(/fund bill line 2/);
});
