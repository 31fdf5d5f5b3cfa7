import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BillUnreadable } from "@/lib/wechat/pay/bills/bill-table";
import { parseFundBill } from "@/lib/wechat/pay/bills/parse-fund-bill";
import { parseTradeBill } from "@/lib/wechat/pay/bills/parse-trade-bill";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { startWorld, type World } from "./world";

const HOUR_SECONDS = 3600;
const DAY_MS = 24 * HOUR_SECONDS * 1000;
const SHANGHAI_MS = 8 * HOUR_SECONDS * 1000;

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Moves the sandbox's clock to this hour of the next day in Shanghai. */
async function advanceToNextDay(hour: number): Promise<void> {
  const sinceMidnightMs = (world.sandbox.clock.now() + SHANGHAI_MS) % DAY_MS;
  await world.settle((DAY_MS - sinceMidnightMs) / 1000 + hour * HOUR_SECONDS);
}

function today(): string {
  return new Date(world.sandbox.clock.now() + SHANGHAI_MS).toISOString().slice(0, 10);
}

async function errorOf(promise: Promise<unknown>): Promise<WechatPayError> {
  const error = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(WechatPayError);
  return error;
}

/** At noon of a day: two payments, of which the first is refunded. */
async function makeDay() {
  await advanceToNextDay(12);
  const billDate = today();
  const { openid } = await world.createPersona();
  const orders = [];
  for (const attach of ["P20260001", null]) {
    const order = world.makeOrder(openid, { attach });
    const { prepayId } = await world.pay.prepayJsapi(order);
    await world.control("POST", "/cashier", { prepayId, openid, action: "pay" });
    orders.push(order);
  }
  const [refunded, kept] = orders as [(typeof orders)[number], (typeof orders)[number]];
  const refund = await world.pay.requestRefund({
    outTradeNo: refunded.outTradeNo,
    outRefundNo: `R${refunded.outTradeNo}`,
    refundFen: 100,
    totalFen: 100,
    reason: "保单已满",
    notifyUrl: refunded.notifyUrl,
  });
  await world.settle(HOUR_SECONDS);
  return { billDate, refunded, kept, refund };
}

it("the day's bills agree with each other and with what the client was told", async () => {
  const { billDate, refunded, kept, refund } = await makeDay();
  const paid = await world.pay.findTransaction(refunded.outTradeNo);
  expect(paid?.attach).toBe("P20260001");
  await advanceToNextDay(10);

  const file = await world.pay.downloadTradeBill(billDate);
  expect(
    createHash("sha1")
      .update(file?.text ?? "")
      .digest("hex"),
  ).toBe(file?.sha1);
  const trades = parseTradeBill(file?.text ?? "");
  expect(trades.rows).toHaveLength(3);
  const find = (outTradeNo: string, tradeState: string) =>
    trades.rows.find((row) => row.outTradeNo === outTradeNo && row.tradeState === tradeState);
  expect(find(refunded.outTradeNo, "SUCCESS")).toMatchObject({
    transactionId: paid?.transactionId,
    openid: refunded.openid,
    orderFen: 100,
    attach: "P20260001",
    tradedAt: paid?.successAt,
    feeFen: 1,
    refundId: null,
  });
  expect(find(kept.outTradeNo, "SUCCESS")).toMatchObject({ attach: null, outRefundNo: null });
  expect(find(refunded.outTradeNo, "REFUND")).toMatchObject({
    refundId: refund.refundId,
    outRefundNo: refund.outRefundNo,
    appliedRefundFen: 100,
    orderFen: 0,
    tradedAt: refund.createdAt,
    feeFen: -1,
    refundStatus: "SUCCESS",
  });

  const funds = parseFundBill((await world.pay.downloadFundBill(billDate, "BASIC"))?.text ?? "");
  expect(funds.summary.inFen - funds.summary.outFen).toBe(
    trades.summary.orderFen - trades.summary.refundFen - trades.summary.feeFen,
  );
  expect(funds.rows.map((row) => row.voucherNo)).toEqual(
    expect.arrayContaining([kept.outTradeNo, refund.outRefundNo]),
  );
  expect(await world.pay.downloadFundBill(billDate, "OPERATION")).toBeNull();
});

it("F24 a quiet day has no bill, an early hour not yet, today never", async () => {
  await advanceToNextDay(12);
  const quietDate = today();
  const { billDate } = await makeDay();
  expect((await errorOf(world.pay.downloadTradeBill(billDate))).hasCode("INVALID_REQUEST")).toBe(
    true,
  );
  await advanceToNextDay(8);
  const early = await errorOf(world.pay.downloadTradeBill(billDate));
  expect(early.hasCode("STATEMENT_CREATING")).toBe(true);
  await world.settle(2 * HOUR_SECONDS);
  expect(await world.pay.downloadTradeBill(billDate)).not.toBeNull();
  expect(await world.pay.downloadTradeBill(quietDate)).toBeNull();
});

describe("when the file goes wrong", () => {
  const fault = (endpoint: string, kind: string, more: object = {}) =>
    world.control("POST", "/faults", { endpoint, kind, ...more });

  it.each([
    ["bill_download", "corrupt_file", /bad_hash|malformed/],
    ["trade_bill", "wrong_hash", /bad_hash/],
    ["trade_bill", "unsigned_response", /unverified/],
    ["bill_download", "error", /answer/],
    ["bill_download", "rate_limited", /answer/],
  ])("F24 %s with %s is an error, and the next try has it", async (endpoint, kind, reason) => {
    const { billDate } = await makeDay();
    await advanceToNextDay(10);
    await fault(endpoint, kind);
    const error = await errorOf(world.pay.downloadTradeBill(billDate));
    expect(error).toMatchObject({ outcome: "unknown", reason: expect.stringMatching(reason) });
    expect(await world.pay.downloadTradeBill(billDate)).not.toBeNull();
  });

  it.each([
    [
      "an address that is spent",
      "bill_download",
      "error",
      { status: 400, code: "INVALID_REQUEST" },
    ],
    ["a probe instead of a description", "trade_bill", "signtest", {}],
  ])("F24 %s is asked for again at once", async (_, endpoint, kind, more) => {
    const { billDate } = await makeDay();
    await advanceToNextDay(10);
    await fault(endpoint, kind, more);
    expect(await world.pay.downloadTradeBill(billDate)).not.toBeNull();
  });

  it.each(["trade", "fund"] as const)(
    "a %s bill whose summary lies is fetched, and not read",
    async (bill) => {
      const { billDate } = await makeDay();
      await world.control("POST", "/bills/plant", { kind: "bad_summary", billDate, bill });
      await advanceToNextDay(10);
      const file =
        bill === "trade"
          ? await world.pay.downloadTradeBill(billDate)
          : await world.pay.downloadFundBill(billDate, "BASIC");
      const parse = bill === "trade" ? parseTradeBill : parseFundBill;
      expect(() => parse(file?.text ?? "")).toThrow(BillUnreadable);
    },
  );
});
