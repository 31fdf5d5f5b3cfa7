import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  errorOf,
  makeClient,
  ORDER,
  REFUND,
  REFUND_ANSWER,
  TRANSACTION,
} from "@/lib/wechat/testing/fixtures";
import { type Peer, signedReply, startPeer } from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

describe("what comes back", () => {
  it("a paid transaction, in our words", async () => {
    peer.respond(() => signedReply({ ...TRANSACTION, attach: "P20260001" }));
    expect(await makeClient(peer).findTransaction(ORDER.outTradeNo)).toEqual({
      outTradeNo: ORDER.outTradeNo,
      transactionId: TRANSACTION.transaction_id,
      tradeState: "SUCCESS",
      appId: "wx2421b1c4370ec43b",
      mchId: "1900007291",
      amountFen: 100,
      currency: "CNY",
      openid: ORDER.openid,
      successAt: new Date("2026-03-01T12:01:02Z"),
      attach: "P20260001",
    });
  });

  it("an unpaid transaction has no payer, no id and no time", async () => {
    const {
      transaction_id: _,
      success_time: __,
      payer: ___,
      amount: ____,
      ...unpaid
    } = TRANSACTION;
    peer.respond(() => signedReply({ ...unpaid, trade_state: "NOTPAY", payer: {} }));
    expect(await makeClient(peer).findTransaction(ORDER.outTradeNo)).toMatchObject({
      tradeState: "NOTPAY",
      transactionId: null,
      openid: null,
      amountFen: null,
      successAt: null,
    });
  });

  it("a refund that is accepted is not done", async () => {
    peer.respond(() => signedReply(REFUND_ANSWER));
    expect(await makeClient(peer).requestRefund(REFUND)).toEqual({
      outRefundNo: REFUND.outRefundNo,
      outTradeNo: REFUND.outTradeNo,
      refundId: REFUND_ANSWER.refund_id,
      status: "PROCESSING",
      refundFen: 100,
      createdAt: new Date("2026-03-01T12:02:00Z"),
      successAt: null,
      receivedBy: null,
    });
  });

  it("a refund that is done says where the money went", async () => {
    peer.respond(() =>
      signedReply({
        ...REFUND_ANSWER,
        status: "SUCCESS",
        success_time: "2026-03-01T20:05:00+08:00",
        user_received_account: "招商银行信用卡0403",
      }),
    );
    expect(await makeClient(peer).findRefund(REFUND.outRefundNo)).toMatchObject({
      status: "SUCCESS",
      createdAt: new Date("2026-03-01T12:02:00Z"),
      successAt: new Date("2026-03-01T12:05:00Z"),
      receivedBy: "招商银行信用卡0403",
    });
  });

  it("a signed answer about another order is not an answer", async () => {
    peer.respond(() => signedReply({ ...TRANSACTION, out_trade_no: "W20260301_0002" }));
    const error = await errorOf(makeClient(peer).findTransaction(ORDER.outTradeNo));
    expect(error).toMatchObject({ outcome: "unknown", reason: "malformed", httpStatus: 200 });
  });

  it.each([
    ["not JSON", "<html>"],
    ["without a prepay id", "{}"],
    ["with an empty one", '{"prepay_id":""}'],
  ])("a signed prepay answer %s leaves the outcome unknown", async (_, body) => {
    peer.respond(() => signedReply(body));
    const error = await errorOf(makeClient(peer).prepayJsapi(ORDER));
    expect(error).toMatchObject({ outcome: "unknown", reason: "malformed" });
  });

  it.each(["ORDER_NOT_EXIST", "ORDERNOTEXIST"])(
    "404 %s means there is no such order",
    async (code) => {
      peer.respond(() => ({ status: 404, body: JSON.stringify({ code, message: "订单不存在" }) }));
      expect(await makeClient(peer).findTransaction(ORDER.outTradeNo)).toBeNull();
      expect(await makeClient(peer).closeOrder(ORDER.outTradeNo)).toBe("not_found");
    },
  );

  it("404 RESOURCE_NOT_EXISTS means there is no such refund", async () => {
    peer.respond(() => ({ status: 404, body: '{"code":"RESOURCE_NOT_EXISTS","message":"x"}' }));
    expect(await makeClient(peer).findRefund(REFUND.outRefundNo)).toBeNull();
  });

  it("an empty 404 is a wrong address, not a missing order", async () => {
    peer.respond(() => ({ status: 404 }));
    const error = await errorOf(makeClient(peer).findTransaction(ORDER.outTradeNo));
    expect(error).toMatchObject({ outcome: "refused", code: null, httpStatus: 404 });
  });

  it.each([
    ["ORDER_PAID", "paid"],
    ["ORDERPAID", "paid"],
    ["ORDER_CLOSED", "closed"],
    ["ORDERCLOSED", "closed"],
  ])("closing answered %s is %s", async (code, result) => {
    peer.respond(() => ({ status: 400, body: JSON.stringify({ code, message: "x" }) }));
    expect(await makeClient(peer).closeOrder(ORDER.outTradeNo)).toBe(result);
  });

  it("closing is proven by a signed, empty 204", async () => {
    peer.respond(() => signedReply("", { status: 204 }));
    expect(await makeClient(peer).closeOrder(ORDER.outTradeNo)).toBe("closed");
  });
});
