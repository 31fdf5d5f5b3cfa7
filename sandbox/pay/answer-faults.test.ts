import { createHash, createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildResponseMessage, isMessageSignedBy } from "../crypto";
import { FAULT_ENDPOINTS, FAULT_KINDS, isFaultPossible } from "../fault-kinds";
import { createRefundRequests } from "../testing/refund-requests";
import { startTestWorld, type TestWorld, type WireAnswer } from "../testing/world";

/** Trouble with the answers of every call of the pay API. */

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("小明");
});
afterAll(() => world.close());

const { bodyOf, refund, query } = createRefundRequests(() => world);
const addFault = (endpoint: string, kind: string, more: Record<string, unknown> = {}) =>
  world.control("POST", "/faults", { endpoint, kind, ...more });
const queryOrder = (outTradeNo: string) =>
  world.call("GET", `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${world.keys.mchId}`);

function isSigned({ headers, text }: WireAnswer): boolean {
  const timestamp = headers["wechatpay-timestamp"] ?? "";
  const message = buildResponseMessage(timestamp, headers["wechatpay-nonce"] ?? "", text);
  const signature = headers["wechatpay-signature"] ?? "";
  return isMessageSignedBy(message, signature, createPublicKey(world.keys.publicKeyPem));
}

describe("answers that are rightly signed and wrong", () => {
  it("wrong_number speaks of another order, another refund, another transfer", async () => {
    await world.payOrder("LIE0000001", openid);
    await addFault("query", "wrong_number");
    const order = await queryOrder("LIE0000001");
    expect([isSigned(order), order.json.out_trade_no]).toEqual([true, "LIE0000000"]);
    expect((await queryOrder("LIE0000001")).json.out_trade_no).toBe("LIE0000001");
    await addFault("refund", "wrong_number");
    const refunded = await refund(bodyOf("LIE0000001", "R-LIE0000001"));
    expect([isSigned(refunded), refunded.json.out_refund_no]).toEqual([true, "R-LIE0000000"]);
    expect((await query("R-LIE0000001")).json.out_refund_no).toBe("R-LIE0000001");
  });

  it("wrong_openid and wrong_currency of a paid order", async () => {
    await world.payOrder("LIE0000002", openid);
    await addFault("query", "wrong_openid");
    const payer = (await queryOrder("LIE0000002")).json.payer as { openid: string };
    expect(payer.openid).not.toBe(openid);
    await addFault("query", "wrong_currency");
    expect((await queryOrder("LIE0000002")).json.amount).toMatchObject({ currency: "HKD" });
  });

  it("clock_skew is signed by a clock that is off", async () => {
    await addFault("query", "clock_skew");
    const skewed = await queryOrder("LIE0000002");
    expect(isSigned(skewed)).toBe(true);
    const aheadSeconds =
      Number(skewed.headers["wechatpay-timestamp"]) - world.sandbox.clock.now() / 1000;
    expect(Math.round(aheadSeconds / 60)).toBe(6);
  });
});

describe("answers that are not there", () => {
  it("late_effect: the caller is long gone when it happens after all", async () => {
    const own = await startTestWorld();
    const requests = createRefundRequests(() => own);
    await own.payOrder("LATE000001", await own.createPersona("小明"));
    const fault = { endpoint: "refund", kind: "late_effect", delayMs: 600_000 };
    await own.control("POST", "/faults", fault);
    const lost = requests.refund(requests.bodyOf("LATE000001", "R-LATE000001"));
    const outcome = lost.then(
      () => "answered",
      () => "cut",
    );
    await expect.poll(async () => (await own.control("GET", "/faults")).text).toBe("[]");
    expect((await requests.query("R-LATE000001")).status).toBe(404);
    // Closing ends the ten minutes at once: the line is dead, the work is done.
    await own.close();
    expect(await outcome).toBe("cut");
    expect(own.sandbox.state.refunds.get("R-LATE000001")?.status).toBe("PROCESSING");
  });

  it("the merchant's clock is off: any 401 can be ordered, with its text", async () => {
    const message = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟";
    await addFault("query", "error", { status: 401, code: "SIGN_ERROR", message });
    const answer = await queryOrder("LIE0000001");
    expect([answer.status, answer.json]).toEqual([401, { code: "SIGN_ERROR", message }]);
  });
});

describe("every endpoint can be spoiled", () => {
  const calls: Record<string, () => Promise<WireAnswer>> = {
    jsapi: () => world.call("POST", "/v3/pay/transactions/jsapi", {}),
    query: () => queryOrder("NEVER00001"),
    close: () => world.call("POST", "/v3/pay/transactions/out-trade-no/NEVER00001/close", {}),
    refund: () => refund({}),
    refund_query: () => query("R-NEVER"),
    abnormal_refund: () =>
      world.call("POST", "/v3/refund/domestic/refunds/1/apply-abnormal-refund", {}),
    transfer: () => world.call("POST", "/v3/fund-app/mch-transfer/transfer-bills", {}),
    transfer_query: () =>
      world.call("GET", "/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/NEVER1"),
    transfer_cancel: () =>
      world.call("POST", "/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/NEVER1/cancel"),
    trade_bill: () => world.call("GET", "/v3/bill/tradebill?bill_date=2026-01-01"),
    fund_bill: () => world.call("GET", "/v3/bill/fundflowbill?bill_date=2026-01-01"),
    bill_download: () => world.call("GET", "/v3/billdownload/file?token=x"),
    certificates: () => world.call("GET", "/v3/certificates"),
  };

  it("none is missing here", () => {
    const elsewhere = ["notify", "oauth_token", "stable_token", "ticket", "message"];
    expect([...Object.keys(calls), ...elsewhere].sort()).toEqual([...FAULT_ENDPOINTS].sort());
    for (const kind of FAULT_KINDS) {
      expect(FAULT_ENDPOINTS.some((endpoint) => isFaultPossible(endpoint, kind))).toBe(true);
    }
  });

  it.each(Object.keys(calls))("%s", async (endpoint) => {
    await addFault(endpoint, "error", { status: 503, code: "SERVICE_UNAVAILABLE" });
    const answer = await calls[endpoint]?.();
    expect([answer?.status, answer?.json.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
    await addFault(endpoint, "drop");
    await expect(calls[endpoint]?.()).rejects.toThrow();
  });
});

describe("F24 a bill", () => {
  it("whose hash is wrong, and whose file is broken", async () => {
    await world.payOrder("BILL000001", openid);
    const paidOn = new Date(world.sandbox.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await world.advance(2 * 86_400);
    const path = `/v3/bill/tradebill?bill_date=${paidOn}&bill_type=ALL`;
    const right = await world.call("GET", path);
    await addFault("trade_bill", "wrong_hash");
    const wrong = await world.call("GET", path);
    expect([isSigned(wrong), wrong.json.hash_value === right.json.hash_value]).toEqual([
      true,
      false,
    ]);
    const download = async () => {
      const url = new URL(String(right.json.download_url));
      const { bytes } = await world.call("GET", url.pathname + url.search);
      return createHash("sha1").update(bytes).digest("hex");
    };
    expect(await download()).toBe(String(right.json.hash_value).toLowerCase());
    await addFault("bill_download", "corrupt_file");
    expect(await download()).not.toBe(String(right.json.hash_value).toLowerCase());
  });
});
