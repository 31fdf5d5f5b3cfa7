/** One order, its refund and what WeChat says about them, for the tests of the payment client. */
import { expect } from "vitest";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { requestMessage, verifyRsaSha256 } from "@/lib/wechat/pay/signature";
import type { WechatPay } from "@/lib/wechat/pay/types";
import { makeConfig, merchantKeys, NOW, type Peer, type Recorded } from "@/lib/wechat/testing/peer";

export const ORDER = {
  outTradeNo: "W20260301_0001",
  description: "微互助 1 份",
  amountFen: 100,
  openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
  expiresAt: new Date("2026-03-01T12:15:00.789Z"),
  notifyUrl: "https://example.com/api/wechat/pay/notify",
};

export const REFUND = {
  outTradeNo: ORDER.outTradeNo,
  outRefundNo: "R20260301_0001",
  refundFen: 100,
  totalFen: 100,
  reason: "保单已满",
  notifyUrl: ORDER.notifyUrl,
};

export const TRANSACTION = {
  appid: "wx2421b1c4370ec43b",
  mchid: "1900007291",
  out_trade_no: ORDER.outTradeNo,
  transaction_id: "4200000925202603017714292000",
  trade_type: "JSAPI",
  trade_state: "SUCCESS",
  trade_state_desc: "支付成功",
  bank_type: "OTHERS",
  success_time: "2026-03-01T20:01:02+08:00",
  payer: { openid: ORDER.openid },
  amount: { total: 100, payer_total: 100, currency: "CNY", payer_currency: "CNY" },
  promotion_detail: [],
};

export const REFUND_ANSWER = {
  refund_id: "50300806962026030105978994968",
  out_refund_no: REFUND.outRefundNo,
  transaction_id: TRANSACTION.transaction_id,
  out_trade_no: REFUND.outTradeNo,
  channel: "ORIGINAL",
  status: "PROCESSING",
  create_time: "2026-03-01T20:02:00+08:00",
  amount: { total: 100, refund: 100, currency: "CNY" },
};

/** What WeChat checks: the five lines rebuilt from the bytes that arrived. */
export function isSignatureGood(request: Recorded): boolean {
  const field = (name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(request.headers.authorization ?? "")?.[1] ?? "";
  const message = requestMessage({
    method: request.method,
    path: request.path,
    timestamp: field("timestamp"),
    nonce: field("nonce_str"),
    body: request.body,
  });
  return verifyRsaSha256(Buffer.from(message), field("signature"), merchantKeys.publicKey);
}

/** A client of this peer; its nonces count up, so that a test can tell signatures apart. */
export function makeClient(peer: Peer, options: { timeoutMs?: number } = {}): WechatPay {
  let count = 0;
  return createWechatPay(makeConfig(peer.baseUrl), {
    now: () => NOW,
    newNonce: () => {
      count += 1;
      return `NONCE${String(count).padStart(27, "0")}`;
    },
    ...options,
  });
}

/** The error a call ends with. Fails the test when it ends well or with a bug. */
export async function errorOf(promise: Promise<unknown>): Promise<WechatPayError> {
  const error = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(WechatPayError);
  return error;
}
