import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import type { PrepayOrder } from "@/lib/wechat/pay/types";
import { startWorld, type World } from "./world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

async function errorOf(promise: Promise<unknown>): Promise<WechatPayError> {
  const error = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(WechatPayError);
  return error;
}

const fault = (endpoint: string, kind: string, more: object = {}) =>
  world.control("POST", "/faults", { endpoint, kind, ...more });

/** Orders and pays as a person would; resolves when WeChat's notifications are through. */
async function payOrder(openid: string, overrides: Partial<PrepayOrder> = {}) {
  const order = world.makeOrder(openid, overrides);
  const { prepayId } = await world.pay.prepayJsapi(order);
  await world.control("POST", "/cashier", { prepayId, openid, action: "pay" });
  await world.settle();
  return order;
}

describe("an order's life", () => {
  it("is ordered, paid, notified and found by both numbers", async () => {
    const { openid } = await world.createPersona();
    const order = world.makeOrder(openid);
    const { prepayId } = await world.pay.prepayJsapi(order);
    expect(await world.pay.findTransaction(order.outTradeNo)).toMatchObject({
      tradeState: "NOTPAY",
      transactionId: null,
    });
    await world.control("POST", "/cashier", { prepayId, openid, action: "pay" });
    await world.settle();

    const found = await world.pay.findTransaction(order.outTradeNo);
    expect(found).toMatchObject({
      outTradeNo: order.outTradeNo,
      tradeState: "SUCCESS",
      amountFen: 100,
      currency: "CNY",
      openid,
      successAt: expect.any(Date),
    });
    expect(await world.pay.findTransactionById(found?.transactionId ?? "")).toEqual(found);
    expect(world.refused).toEqual([]);
    expect(world.opened).toHaveLength(1);
    expect(world.opened[0]).toMatchObject({ kind: "transaction", transaction: found });
  });

  it("ordering the same again is the same order; a change is refused", async () => {
    const { openid } = await world.createPersona();
    const order = world.makeOrder(openid);
    await world.pay.prepayJsapi(order);
    await world.pay.prepayJsapi(order);
    const error = await errorOf(world.pay.prepayJsapi({ ...order, amountFen: 200 }));
    expect(error).toMatchObject({ outcome: "refused", httpStatus: 403 });
    expect(error.hasCode("OUT_TRADE_NO_USED")).toBe(true);
  });

  it.each([false, true])("closing, with old spellings %s", async (hasLegacyErrorCodes) => {
    await world.control("POST", "/settings", { hasLegacyErrorCodes });
    const { openid } = await world.createPersona();
    const order = world.makeOrder(openid);
    expect(await world.pay.closeOrder(order.outTradeNo)).toBe("not_found");
    expect(await world.pay.findTransaction(order.outTradeNo)).toBeNull();
    await world.pay.prepayJsapi(order);
    expect(await world.pay.closeOrder(order.outTradeNo)).toBe("closed");
    expect(await world.pay.closeOrder(order.outTradeNo)).toBe("closed");
    expect(await world.pay.findTransaction(order.outTradeNo)).toMatchObject({
      tradeState: "CLOSED",
    });
    const paid = await payOrder(openid);
    expect(await world.pay.closeOrder(paid.outTradeNo)).toBe("paid");
  });

  it("refunds once however often it is asked, and says when the money is back", async () => {
    const { openid } = await world.createPersona();
    const order = await payOrder(openid);
    const refund = {
      outTradeNo: order.outTradeNo,
      outRefundNo: `R${order.outTradeNo}`,
      refundFen: 100,
      totalFen: 100,
      reason: "保单已满",
      notifyUrl: `${world.appUrl}/api/wechat/pay/notify`,
    };
    expect(await world.pay.findRefund(refund.outRefundNo)).toBeNull();
    const accepted = await world.pay.requestRefund(refund);
    expect(accepted).toMatchObject({ status: "PROCESSING", refundFen: 100, successAt: null });
    expect((await world.pay.requestRefund(refund)).refundId).toBe(accepted.refundId);
    await world.settle(3600);
    const done = await world.pay.findRefund(refund.outRefundNo);
    expect(done).toMatchObject({ status: "SUCCESS", refundId: accepted.refundId });
    expect(world.opened.at(-1)).toMatchObject({
      kind: "refund",
      eventType: "REFUND.SUCCESS",
      refund: { outRefundNo: refund.outRefundNo, status: "SUCCESS", refundFen: 100 },
    });
    expect((await world.pay.findTransaction(order.outTradeNo))?.tradeState).toBe("REFUND");
  });
});

describe("F17 a refund that no account takes (wechat.md §1.12)", () => {
  const CARD = {
    kind: "user_card",
    bankType: "ICBC_DEBIT",
    bankAccount: "6222021234567890123",
    realName: "张三",
  } as const;

  async function makeAbnormalRefund() {
    const { openid } = await world.createPersona();
    const order = await payOrder(openid);
    const outRefundNo = `R${order.outTradeNo}`;
    await world.control("POST", "/refund-outcomes", { status: "ABNORMAL" });
    await world.pay.requestRefund({
      outTradeNo: order.outTradeNo,
      outRefundNo,
      refundFen: 100,
      totalFen: 100,
      reason: "保单已满",
      notifyUrl: order.notifyUrl,
    });
    await world.settle(3600);
    const refund = await world.pay.findRefund(outRefundNo);
    if (refund?.status !== "ABNORMAL") throw new Error("the refund is not abnormal");
    return { refundId: refund.refundId, outRefundNo };
  }

  it.each([
    ["the merchant's account", { kind: "merchant_card" } as const],
    ["the payer's card", CARD],
  ])("goes to %s, once however often it is asked", async (_, account) => {
    const numbers = await makeAbnormalRefund();
    expect(await world.pay.applyAbnormalRefund({ ...numbers, account })).toMatchObject({
      ...numbers,
      status: "PROCESSING",
    });
    expect(await world.pay.applyAbnormalRefund({ ...numbers, account })).toMatchObject(numbers);
    await world.settle(3600);
    expect(await world.pay.findRefund(numbers.outRefundNo)).toMatchObject({
      status: "SUCCESS",
      createdAt: expect.any(Date),
      receivedBy: expect.any(String),
    });
  });

  it("is encrypted under a platform certificate when there is no public key", async () => {
    const numbers = await makeAbnormalRefund();
    await world.control("POST", "/settings", { keyMode: "certificate" });
    const pay = world.makePay({ publicKeyId: null, publicKeyPem: null });
    const refund = await pay.applyAbnormalRefund({ ...numbers, account: CARD });
    expect(refund).toMatchObject({ ...numbers, status: "PROCESSING" });
  });

  it("an answer about another refund is none", async () => {
    const numbers = await makeAbnormalRefund();
    await fault("abnormal_refund", "wrong_number");
    const applying = world.pay.applyAbnormalRefund({ ...numbers, account: CARD });
    expect(await errorOf(applying)).toMatchObject({ outcome: "unknown", reason: "malformed" });
  });
});

describe("both key modes (wechat.md §1.4)", () => {
  const certificateMode = { publicKeyId: null, publicKeyPem: null };

  it("a client without public key verifies with certificates it fetches once", async () => {
    await world.control("POST", "/settings", { keyMode: "certificate" });
    const pay = world.makePay(certificateMode);
    const { openid } = await world.createPersona();
    const order = world.makeOrder(openid);
    await pay.prepayJsapi(order);
    expect((await pay.findTransaction(order.outTradeNo))?.tradeState).toBe("NOTPAY");
    const loaded = world.events.filter(({ event }) => event === "wechat_pay.certificates_loaded");
    expect(loaded).toHaveLength(1);
  });

  it("a merchant on the move gets notifications under either key, and both open", async () => {
    await world.control("POST", "/settings", { keyMode: "both" });
    const { openid } = await world.createPersona();
    for (let count = 0; count < 6; count += 1) await payOrder(openid);
    expect(world.refused).toEqual([]);
    expect(world.opened).toHaveLength(6);
  });
});

describe("when WeChat misbehaves", () => {
  it.each([
    ["error_after_effect", "unknown", "answer"],
    ["error", "unknown", "answer"],
    ["rate_limited", "unknown", "answer"],
    ["accepted", "unknown", "answer"],
    ["drop", "unknown", "network"],
    ["timeout", "unknown", "time_out"],
    ["unsigned_response", "unknown", "unverified"],
  ])("a prepay that ends in %s is %s", async (kind, outcome, reason) => {
    const { openid } = await world.createPersona();
    await fault("jsapi", kind);
    // A new client has no idle connection, so that a cut line is not taken for a stale one.
    const pay = world.makePay({}, kind === "timeout" ? 500 : undefined);
    const order = world.makeOrder(openid);
    expect(await errorOf(pay.prepayJsapi(order))).toMatchObject({ outcome, reason });
    expect(await pay.prepayJsapi(order)).toMatchObject({ prepayId: expect.any(String) });
  });

  it.each(["signtest", "bad_signature", "forge"])(
    "one answer with %s is asked again",
    async (kind) => {
      const { openid } = await world.createPersona();
      await fault("jsapi", kind, { count: 1 });
      expect(await world.pay.prepayJsapi(world.makeOrder(openid))).toMatchObject({
        prepayId: expect.any(String),
      });
    },
  );

  it("answers that never verify end as unknown, and closing claims nothing", async () => {
    const { openid } = await world.createPersona();
    const order = world.makeOrder(openid);
    await world.pay.prepayJsapi(order);
    await fault("close", "signtest", { count: 2 });
    const error = await errorOf(world.pay.closeOrder(order.outTradeNo));
    expect(error).toMatchObject({ outcome: "unknown", reason: "bad_signature" });
  });

  it("a definite refusal of a refund says so", async () => {
    const { openid } = await world.createPersona();
    const order = await payOrder(openid);
    await fault("refund", "error", {
      status: 403,
      code: "NOT_ENOUGH",
      message: "基本账户余额不足",
    });
    const error = await errorOf(
      world.pay.requestRefund({
        outTradeNo: order.outTradeNo,
        outRefundNo: `R${order.outTradeNo}`,
        refundFen: 100,
        totalFen: 100,
        reason: "保单已满",
        notifyUrl: order.notifyUrl,
      }),
    );
    expect(error).toMatchObject({ outcome: "refused", code: "NOT_ENOUGH" });
  });

  it.each([
    ["forge", /bad_signature|unknown_serial/],
    ["signtest", /bad_signature/],
    ["bad_signature", /bad_signature/],
    ["flipped_tag", /bad_ciphertext/],
  ])("a notification with %s is refused, and the true one comes later", async (kind, reason) => {
    const { openid } = await world.createPersona();
    await fault("notify", kind);
    const order = await payOrder(openid);
    await world.settle(60);
    expect(world.refused).toEqual([expect.stringMatching(reason)]);
    expect(world.opened).toHaveLength(1);
    expect(world.opened[0]).toMatchObject({ transaction: { outTradeNo: order.outTradeNo } });
  });

  it("a false amount under the right keys opens: settling compares it with the order", async () => {
    const { openid } = await world.createPersona();
    await fault("notify", "wrong_amount");
    await payOrder(openid);
    const [notification] = world.opened;
    if (notification?.kind !== "transaction") throw new Error("no transaction was notified");
    expect(notification.transaction.amountFen).not.toBe(100);
  });
});
