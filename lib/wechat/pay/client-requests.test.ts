import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { cashierMessage, verifyRsaSha256 } from "@/lib/wechat/pay/signature";
import {
  isSignatureGood,
  makeClient,
  ORDER,
  REFUND,
  REFUND_ANSWER,
  TRANSACTION,
} from "@/lib/wechat/testing/fixtures";
import {
  makeConfig,
  merchantKeys,
  NOW,
  type Peer,
  PUBLIC_KEY_ID,
  type Recorded,
  signedReply,
  startPeer,
} from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

describe("what is sent", () => {
  it("a prepay carries exactly the signed bytes, our nonce and the public-key header", async () => {
    peer.respond(() => signedReply({ prepay_id: "wx20141027" }));
    expect(await makeClient(peer).prepayJsapi(ORDER)).toEqual({ prepayId: "wx20141027" });
    const [request] = peer.requests as [Recorded];
    expect(`${request.method} ${request.path}`).toBe("POST /v3/pay/transactions/jsapi");
    expect(JSON.parse(request.body)).toEqual({
      appid: "wx2421b1c4370ec43b",
      mchid: "1900007291",
      description: "微互助 1 份",
      out_trade_no: ORDER.outTradeNo,
      time_expire: "2026-03-01T20:15:00+08:00",
      notify_url: ORDER.notifyUrl,
      amount: { total: 100, currency: "CNY" },
      payer: { openid: ORDER.openid },
    });
    expect(isSignatureGood(request)).toBe(true);
    expect(request.headers).toMatchObject({
      accept: "application/json",
      "accept-encoding": "identity",
      "content-type": "application/json",
      "user-agent": "weihuzhu/1",
      "wechatpay-serial": PUBLIC_KEY_ID,
      "content-length": String(Buffer.byteLength(request.body)),
    });
    expect(request.headers.authorization).toContain(`nonce_str="NONCE${"1".padStart(27, "0")}"`);
    expect(request.headers.authorization).toContain(`timestamp="${NOW.getTime() / 1000}"`);
  });

  it("an attach is sent when there is one, and left out when there is none", async () => {
    peer.respond(() => signedReply({ prepay_id: "wx1" }));
    const pay = makeClient(peer);
    await pay.prepayJsapi({ ...ORDER, attach: "P20260001" });
    await pay.prepayJsapi({ ...ORDER, attach: null });
    const bodies = peer.requests.map((request) => JSON.parse(request.body));
    expect(bodies[0]).toMatchObject({ attach: "P20260001" });
    expect(bodies[1]).not.toHaveProperty("attach");
    expect(peer.requests.every(isSignatureGood)).toBe(true);
  });

  it("the same prepay again is the same body, so WeChat sees one order (F14)", async () => {
    peer.respond(() => signedReply({ prepay_id: "wx1" }));
    const pay = makeClient(peer);
    await pay.prepayJsapi(ORDER);
    await pay.prepayJsapi(ORDER);
    expect(peer.requests[0]?.body).toBe(peer.requests[1]?.body);
    expect(peer.requests[0]?.headers.authorization).not.toBe(
      peer.requests[1]?.headers.authorization,
    );
  });

  it.each([
    ["query", "GET", `/v3/pay/transactions/out-trade-no/${ORDER.outTradeNo}?mchid=1900007291`],
    [
      "query by id",
      "GET",
      `/v3/pay/transactions/id/${TRANSACTION.transaction_id}?mchid=1900007291`,
    ],
    ["close", "POST", `/v3/pay/transactions/out-trade-no/${ORDER.outTradeNo}/close`],
    ["refund", "POST", "/v3/refund/domestic/refunds"],
    ["refund query", "GET", `/v3/refund/domestic/refunds/${REFUND.outRefundNo}`],
  ])("%s is signed over its path and query", async (name, method, path) => {
    peer.respond((request) =>
      request.path.endsWith("/close")
        ? signedReply("", { status: 204 })
        : signedReply(request.path.includes("refund") ? REFUND_ANSWER : TRANSACTION),
    );
    const pay = makeClient(peer);
    const calls: Record<string, () => Promise<unknown>> = {
      query: () => pay.findTransaction(ORDER.outTradeNo),
      "query by id": () => pay.findTransactionById(TRANSACTION.transaction_id),
      close: () => pay.closeOrder(ORDER.outTradeNo),
      refund: () => pay.requestRefund(REFUND),
      "refund query": () => pay.findRefund(REFUND.outRefundNo),
    };
    await calls[name]?.();
    const [request] = peer.requests as [Recorded];
    expect(`${request.method} ${request.path}`).toBe(`${method} ${path}`);
    expect(isSignatureGood(request)).toBe(true);
  });

  it.each([
    ["a short number", { ...ORDER, outTradeNo: "W1" }],
    ["a number that URLs would encode", { ...ORDER, outTradeNo: "W1234|678" }],
    ["zero fen", { ...ORDER, amountFen: 0 }],
    ["half a fen", { ...ORDER, amountFen: 0.5 }],
    ["an address with a query", { ...ORDER, notifyUrl: `${ORDER.notifyUrl}?a=1` }],
    ["an empty description", { ...ORDER, description: "" }],
    ["an empty attach", { ...ORDER, attach: "" }],
    ["an attach of 129 characters", { ...ORDER, attach: "a".repeat(129) }],
  ])("%s never leaves the house", async (_, order) => {
    await expect(makeClient(peer).prepayJsapi(order)).rejects.toBeInstanceOf(RangeError);
    expect(peer.requests).toHaveLength(0);
  });

  it("a refund of more than the order never leaves the house", async () => {
    const refund = makeClient(peer).requestRefund({ ...REFUND, refundFen: 101 });
    await expect(refund).rejects.toBeInstanceOf(RangeError);
  });
});

it("the cashier's parameters are strings that the merchant key signed (wechat.md §1.7)", () => {
  const cashier = makeClient(peer).signCashier("wx20141027");
  expect(cashier).toEqual({
    appId: "wx2421b1c4370ec43b",
    timeStamp: String(NOW.getTime() / 1000),
    nonceStr: `NONCE${"1".padStart(27, "0")}`,
    package: "prepay_id=wx20141027",
    signType: "RSA",
    paySign: expect.any(String),
  });
  const message = Buffer.from(cashierMessage(cashier));
  expect(verifyRsaSha256(message, cashier.paySign, merchantKeys.publicKey)).toBe(true);
});

it("a configuration that cannot work fails at start", () => {
  const build = (overrides: object) => () =>
    createWechatPay(makeConfig(peer.baseUrl, overrides), { now: () => NOW, newNonce: () => "N" });
  expect(build({ apiV3Key: "short" })).toThrow("32 bytes");
  expect(build({ publicKeyPem: null })).toThrow("go together");
  expect(build({ merchantPrivateKeyPem: "nonsense" })).toThrow();
  expect(build({ payBaseUrl: `${peer.baseUrl}/prefix` })).toThrow("origin");
});
