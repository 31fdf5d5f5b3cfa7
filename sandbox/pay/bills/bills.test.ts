import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../../sandbox";
import { createState } from "../../state";
import {
  download,
  fetchBill,
  fundBillPath,
  importPayments,
  readFile,
  setClock,
  tradeBillPath,
} from "../../testing/bills";
import { startTestWorld, type TestWorld } from "../../testing/world";
import { PayError } from "../errors";
import { answerFundBill } from "./answer-bill";

/** Bills to the byte (wechat.md §1.13), on a clock that stands in January 2026. */

const writeFile = (lines: readonly string[]) =>
  `\uFEFF${lines.map((line) => `${line}\r\n`).join("")}`;

const DATE = "2026-01-05";
const TRADE_HEADER_ALL =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const TRADE_HEADER_SUCCESS =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注";
const TRADE_HEADER_REFUND =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const TRADE_SUMMARY_HEADER =
  "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
const FUND_HEADER =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
const FUND_SUMMARY_HEADER = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

let world: TestWorld;
let mchId: string;
beforeEach(async () => {
  world = await startTestWorld();
  mchId = world.keys.mchId;
  setClock(world, "2026-01-05T20:00:00+08:00");
});
afterEach(() => world.close());

/** Refunds through the API, then writes the books' moments down, so that rows are known to the byte. */
async function refund(
  outTradeNo: string,
  outRefundNo: string,
  at: string,
  amount = { refund: 100, total: 100 },
): Promise<string> {
  const answer = await world.call("POST", "/v3/refund/domestic/refunds", {
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    amount: { ...amount, currency: "CNY" },
  });
  if (answer.status !== 200) throw new Error(answer.text);
  await world.advance(60);
  const booked = world.sandbox.state.refunds.get(outRefundNo);
  if (!booked) throw new Error("no refund");
  booked.createdAtMs = Date.parse(at);
  if (booked.successAtMs !== null) booked.successAtMs = booked.createdAtMs + 2_000;
  return booked.refundId;
}

/** Two payments, one of them refunded. */
async function createDay(): Promise<string> {
  await importPayments(world, [
    { outTradeNo: "BILL000001", at: "2026-01-05T17:07:11+08:00", description: "给妈妈,1 份\n谢谢" },
    { outTradeNo: "BILL000002", at: "2026-01-05T23:59:59+08:00" },
    { outTradeNo: "BILL000003", at: "2026-01-06T00:00:00+08:00" },
  ]);
  return refund("BILL000001", "R-BILL000001", "2026-01-05T18:00:00+08:00");
}

describe("trade bill", () => {
  it("lists a Shanghai day to the byte: payments, refunds, fees, summary", async () => {
    const refundId = await createDay();
    setClock(world, "2026-01-06T09:00:01+08:00");
    const { appId } = world.keys;
    const payment = `\`2026-01-05 17:07:11,\`${appId},\`${mchId},\`0,\`,\`4200-BILL000001,\`BILL000001,\`oPayer,\`JSAPI,\`SUCCESS,\`OTHERS,\`CNY,\`1.00,\`0.00`;
    const late = `\`2026-01-05 23:59:59,\`${appId},\`${mchId},\`0,\`,\`4200-BILL000002,\`BILL000002,\`oPayer,\`JSAPI,\`SUCCESS,\`OTHERS,\`CNY,\`1.00,\`0.00`;
    const refunded = `\`2026-01-05 18:00:00,\`${appId},\`${mchId},\`0,\`,\`4200-BILL000001,\`BILL000001,\`oPayer,\`JSAPI,\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00`;
    const all = [
      TRADE_HEADER_ALL,
      `${payment},\`0,\`0,\`0.00,\`0.00,\`,\`,\`给妈妈\\ 1 份\\n谢谢,\`,\`0.01000,\`0.60%,\`1.00,\`0.00,\``,
      `${refunded},\`${refundId},\`R-BILL000001,\`1.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`给妈妈\\ 1 份\\n谢谢,\`,\`-0.01000,\`0.60%,\`0.00,\`1.00,\``,
      `${late},\`0,\`0,\`0.00,\`0.00,\`,\`,\`微互助,\`,\`0.01000,\`0.60%,\`1.00,\`0.00,\``,
      TRADE_SUMMARY_HEADER,
      "`3,`2.00,`1.00,`0.00,`0.01000,`2.00,`1.00",
    ];
    expect(await fetchBill(world, tradeBillPath(DATE))).toBe(writeFile(all));

    const success = [
      TRADE_HEADER_SUCCESS,
      `${payment},\`给妈妈\\ 1 份\\n谢谢,\`,\`0.01000,\`0.60%,\`1.00,\``,
      `${late},\`微互助,\`,\`0.01000,\`0.60%,\`1.00,\``,
      TRADE_SUMMARY_HEADER,
      "`2,`2.00,`0.00,`0.00,`0.02000,`2.00,`0.00",
    ];
    expect(await fetchBill(world, tradeBillPath(DATE, "SUCCESS"))).toBe(writeFile(success));

    const refunds = [
      TRADE_HEADER_REFUND,
      `${refunded},\`2026-01-05 18:00:00,\`2026-01-05 18:00:02,\`${refundId},\`R-BILL000001,\`1.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`给妈妈\\ 1 份\\n谢谢,\`,\`-0.01000,\`0.60%,\`0.00,\`1.00,\``,
      TRADE_SUMMARY_HEADER,
      "`1,`0.00,`1.00,`0.00,`-0.01000,`0.00,`1.00",
    ];
    expect(await fetchBill(world, tradeBillPath(DATE, "REFUND"))).toBe(writeFile(refunds));
  });

  it("says what a refund was when the bill was generated, in the bill's own words, for ever", async () => {
    const states = [
      ["PROCESSING", "PROCESSING"],
      ["ABNORMAL", "CHANGE"],
      ["CLOSED", "FAIL"],
      ["SUCCESS", "SUCCESS"],
    ] as const;
    const at = "2026-01-05T12:00:00+08:00";
    const payments = states.map(([status]) => ({ outTradeNo: `STATE-${status}`, at }));
    await importPayments(world, payments);
    for (const [status] of states) {
      await refund(`STATE-${status}`, `R-${status}`, at);
      const booked = world.sandbox.state.refunds.get(`R-${status}`);
      if (booked) booked.status = status;
    }
    setClock(world, "2026-01-06T09:00:01+08:00");
    const bill = await fetchBill(world, tradeBillPath(DATE, "REFUND"));
    for (const [status, word] of states) {
      expect(bill).toMatch(new RegExp(`\`R-${status},\`1\\.00,\`0\\.00,\`ORIGINAL,\`${word},`));
    }
    const processing = world.sandbox.state.refunds.get("R-PROCESSING");
    if (processing) processing.status = "SUCCESS";
    expect(await fetchBill(world, tradeBillPath(DATE, "REFUND"))).toBe(bill);
  });

  it("a payment keeps the rate it was charged; parts of a refund return the fee to the fen", async () => {
    await importPayments(world, [
      { outTradeNo: "FEE0000001", at: "2026-01-05T08:00:00+08:00", amountFen: 1_000 },
    ]);
    await world.control("POST", "/settings", { feeRateBasisPoints: 38 });
    await importPayments(world, [
      { outTradeNo: "FEE0000002", at: "2026-01-05T08:00:01+08:00", amountFen: 1_000 },
    ]);
    for (const [index, fen] of [333, 333, 334].entries()) {
      const amount = { refund: fen, total: 1_000 };
      await refund("FEE0000001", `R-FEE-${index}`, `2026-01-05T09:00:0${index}+08:00`, amount);
    }
    setClock(world, "2026-01-06T10:00:00+08:00");
    const bill = await fetchBill(world, tradeBillPath(DATE));
    const fees = [...bill.matchAll(/`(-?\d+\.\d{5}),`(\d\.\d\d%)/g)].map((found) => found.slice(1));
    expect(fees).toEqual([
      ["0.06000", "0.60%"],
      // 1,000 fen × 0.38 % = 3.8 fen.
      ["0.04000", "0.38%"],
      ["-0.02000", "0.60%"],
      ["-0.02000", "0.60%"],
      ["-0.02000", "0.60%"],
    ]);
  });
});

describe("fund bill", () => {
  it("runs the balance on from the opening, fees apart, refunds net of theirs", async () => {
    await importPayments(world, [{ outTradeNo: "OLDER00001", at: "2026-01-04T12:00:00+08:00" }]);
    const refundId = await createDay();
    await world.control("POST", "/funds", { withdrawFen: 5_000 });
    const [withdrawal] = world.sandbox.state.fundMovements;
    if (!withdrawal) throw new Error("no withdrawal");
    withdrawal.atMs = Date.parse("2026-01-05T21:00:00+08:00");
    setClock(world, "2026-01-06T10:00:00+08:00");
    const flow = `${mchId}202601051`;
    const lines = [
      FUND_HEADER,
      `\`2026-01-05 17:07:11,\`4200-BILL000001,\`${flow}000000001,\`交易,\`交易,\`收入,\`1.00,\`10001.99,\`system,\`,\`BILL000001`,
      `\`2026-01-05 17:07:11,\`4200-BILL000001,\`${flow}000000002,\`扣除交易手续费,\`扣除交易手续费,\`支出,\`0.01,\`10001.98,\`system,\`,\`BILL000001`,
      `\`2026-01-05 18:00:00,\`${refundId},\`${flow}000000003,\`退款,\`退款,\`支出,\`0.99,\`10000.99,\`${mchId}API,\`退款总金额1.00元;含手续费0.01元,\`R-BILL000001`,
      `\`2026-01-05 21:00:00,\`${withdrawal.movementNo},\`${flow}000000004,\`提现,\`提现,\`支出,\`50.00,\`9950.99,\`${mchId},\`,\``,
      `\`2026-01-05 23:59:59,\`4200-BILL000002,\`${flow}000000005,\`交易,\`交易,\`收入,\`1.00,\`9951.99,\`system,\`,\`BILL000002`,
      `\`2026-01-05 23:59:59,\`4200-BILL000002,\`${flow}000000006,\`扣除交易手续费,\`扣除交易手续费,\`支出,\`0.01,\`9951.98,\`system,\`,\`BILL000002`,
      FUND_SUMMARY_HEADER,
      "`6,`2,`2.00,`4,`51.01",
    ];
    expect(await fetchBill(world, fundBillPath(DATE))).toBe(writeFile(lines));
  });

  it("a closed refund gives back what it took", async () => {
    await createDay();
    const booked = world.sandbox.state.refunds.get("R-BILL000001");
    if (!booked) throw new Error("no refund");
    booked.status = "CLOSED";
    booked.closedAtMs = Date.parse("2026-01-05T19:00:00+08:00");
    setClock(world, "2026-01-06T10:00:00+08:00");
    expect(await fetchBill(world, fundBillPath(DATE))).toContain(
      "`退款,`退款退回,`收入,`0.99,`10000.99,`system,`退款关闭退回,`R-BILL000001\r\n",
    );
  });

  it("transfers to users are on OPERATION only, and come back when they fail", async () => {
    const transfer = {
      outBillNo: "CLAIM0001",
      transferBillNo: "1330000000000000000000001",
      appId: world.keys.appId,
      openid: "oPayer",
      amountFen: 100_000,
      remark: "理赔款,第一笔",
      sceneId: "1004",
      userName: null,
      notifyUrl: null,
      parameters: "",
      state: "FAIL",
      failReason: "OVERDUE_CLOSE",
      packageInfo: "",
      createdAtMs: Date.parse("2026-01-05T10:00:00+08:00"),
      updatedAtMs: Date.parse("2026-01-06T10:00:01+08:00"),
      confirmUntilMs: null,
      nextStepAtMs: null,
    } as const;
    world.sandbox.state.transfers.set(transfer.outBillNo, { ...transfer });
    world.sandbox.state.settings.operationFundsFen = 300_000;
    setClock(world, "2026-01-07T10:00:00+08:00");
    const row = `1330000000000000000000001,\`${mchId}202601052000000001,\`商家转账,\`商家转账,\`支出,\`1000.00,\`2000.00,\`${mchId}API,\`理赔款\\ 第一笔,\`CLAIM0001\r\n`;
    expect(await fetchBill(world, fundBillPath(DATE, "OPERATION"))).toContain(row);
    expect(await fetchBill(world, fundBillPath("2026-01-06", "OPERATION"))).toContain(
      "`商家转账,`商家转账退回,`收入,`1000.00,`3000.00,",
    );
    const basic = await world.call("GET", fundBillPath(DATE));
    expect([basic.status, basic.json.code]).toEqual([400, "NO_STATEMENT_EXIST"]);
  });
});

describe("when there is a bill", () => {
  const askedOn = async (instant: string, path: string) => {
    setClock(world, instant);
    const answer = await world.call("GET", path);
    return answer.status === 200 ? "200" : `${answer.status} ${answer.json.code}`;
  };

  it("never today, from 09:00 of the next day, for three months", async () => {
    await importPayments(world, [{ outTradeNo: "WHEN000001", at: "2026-01-05T12:00:00+08:00" }]);
    const path = tradeBillPath(DATE);
    expect(await askedOn("2026-01-05T23:59:00+08:00", path)).toBe("400 INVALID_REQUEST");
    expect(await askedOn("2026-01-06T08:59:00+08:00", path)).toBe("400 STATEMENT_CREATING");
    expect(await askedOn("2026-01-06T09:00:01+08:00", path)).toBe("200");
    expect(await askedOn("2026-04-05T12:00:00+08:00", path)).toBe("200");
    expect(await askedOn("2026-04-06T12:00:00+08:00", path)).toBe("400 INVALID_REQUEST");
  });

  it("a day without a line has no bill; malformed parameters are INVALID_REQUEST", async () => {
    const now = "2026-01-20T12:00:00+08:00";
    expect(await askedOn(now, tradeBillPath("2026-01-04"))).toBe("400 NO_STATEMENT_EXIST");
    expect(await askedOn(now, fundBillPath("2026-01-04", "FEES"))).toBe("400 NO_STATEMENT_EXIST");
    for (const path of [
      tradeBillPath("2026-1-4"),
      tradeBillPath("2026-02-31"),
      tradeBillPath("20260104"),
      tradeBillPath("2026-01-04", "EVERYTHING"),
      fundBillPath("2026-01-04", "SAVINGS"),
      `${tradeBillPath("2026-01-04")}`.replace("GZIP", "ZIP"),
      "/v3/bill/tradebill",
    ]) {
      expect(await askedOn(now, path)).toBe("400 INVALID_REQUEST");
    }
  });

  it("fund bills beyond the rate are 429, and the next second may ask again", () => {
    let nowMs = Date.parse("2026-01-06T10:00:00+08:00");
    const state = createState("http://app");
    state.settings.billRatePerSecond = 3;
    const sandbox = { state, clock: { now: () => nowMs } } as Sandbox;
    const ask = () => {
      try {
        answerFundBill(sandbox, {
          key: "",
          query: new URLSearchParams({ bill_date: DATE }),
          origin: "http://wechat",
          serialHeader: undefined,
          parseBody: () => null,
        });
        return "200";
      } catch (error) {
        return error instanceof PayError ? error.code : String(error);
      }
    };
    const empty = "NO_STATEMENT_EXIST";
    const limited = "FREQUENCY_LIMITED";
    expect([ask(), ask(), ask(), ask()]).toEqual([empty, empty, empty, limited]);
    nowMs += 1_000;
    expect(ask()).toBe(empty);
  });
});

describe("download", () => {
  beforeEach(async () => {
    await importPayments(world, [{ outTradeNo: "DOWN000001", at: "2026-01-05T12:00:00+08:00" }]);
    setClock(world, "2026-01-06T10:00:00+08:00");
  });

  const ask = async (path: string) => {
    const answer = await world.call("GET", path);
    return { ...answer, url: String(answer.json.download_url) };
  };

  it("the answer is signed, the file is not; both must be signed by the merchant", async () => {
    const answer = await ask(tradeBillPath(DATE));
    expect(answer.headers["wechatpay-signature"]).toBeDefined();
    expect(answer.json).toMatchObject({
      hash_type: "SHA1",
      hash_value: expect.stringMatching(/^[0-9a-f]{40}$/),
      download_url: expect.stringMatching(
        new RegExp(`^${world.sandbox.url}/v3/billdownload/file\\?token=\\w{64}$`),
      ),
    });
    const file = await download(world, answer.url);
    expect(file.headers.has("wechatpay-signature")).toBe(false);
    expect(file.headers.has("content-encoding")).toBe(false);
    const unsigned = await fetch(answer.url);
    expect([unsigned.status, (await unsigned.json()).code]).toEqual([401, "SIGN_ERROR"]);
    const otherToken = answer.url.replace(/\w{64}$/, "x".repeat(64));
    expect((await download(world, otherToken)).status).toBe(400);
  });

  it("is compressed when asked; the hash is over the text in both forms, its mark included", async () => {
    const gzip = await ask(tradeBillPath(DATE));
    const plain = await ask(tradeBillPath(DATE).replace("&tar_type=GZIP", ""));
    expect(plain.json.hash_value).toBe(gzip.json.hash_value);
    const zipped = await readFile(await download(world, gzip.url));
    const text = await readFile(await download(world, plain.url));
    expect(zipped.subarray(0, 2).toString("hex")).toBe("1f8b");
    expect(gunzipSync(zipped).equals(text)).toBe(true);
    expect(text.subarray(0, 3).toString("hex")).toBe("efbbbf");
  });

  it("lives five minutes on the sandbox's clock", async () => {
    const { url } = await ask(tradeBillPath(DATE));
    await world.advance(280);
    expect((await download(world, url)).status).toBe(200);
    await world.advance(20);
    expect((await download(world, url)).status).toBe(400);
  });

  it("faults spoil all three calls", async () => {
    const order = (endpoint: string) =>
      world.control("POST", "/faults", { endpoint, kind: "error" });
    await order("trade_bill");
    await order("fund_bill");
    await order("bill_download");
    expect((await world.call("GET", tradeBillPath(DATE))).status).toBe(500);
    expect((await world.call("GET", fundBillPath(DATE))).status).toBe(500);
    const { url } = await ask(tradeBillPath(DATE));
    expect((await download(world, url)).status).toBe(500);
    expect((await download(world, url)).status).toBe(200);
  });
});
