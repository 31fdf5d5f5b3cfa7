/**
 * The WeChat Pay v3 client: `wechatpay-node-v3` builds and signs, our transport carries and verifies.
 * Every call here may be repeated with the same numbers (wechat.md §1.6, §1.9, §1.12).
 */
import type { WechatConfig, WechatLog } from "@/lib/wechat/config";
import { applyAbnormalRefund } from "@/lib/wechat/pay/abnormal-refund";
import { createBillDownloads } from "@/lib/wechat/pay/bills/download-bill";
import { openNotification } from "@/lib/wechat/pay/notification";
import { isRefusedWith, nullIfRefused } from "@/lib/wechat/pay/refusals";
import {
  assertFen,
  assertLength,
  assertNotifyUrl,
  assertOutRefundNo,
  assertOutTradeNo,
  assertTransactionId,
  formatChinaTime,
} from "@/lib/wechat/pay/rules";
import { prepaySchema, refundSchema, transactionSchema } from "@/lib/wechat/pay/schemas";
import { createSession, readAnswer } from "@/lib/wechat/pay/session";
import { cashierMessage, signRsaSha256 } from "@/lib/wechat/pay/signature";
import type { PrepayOrder, RefundRequest, Transaction, WechatPay } from "@/lib/wechat/pay/types";

export interface WechatPayDeps {
  now: () => Date;
  /** A fresh unguessable string of at most 32 letters and digits, for each signature. */
  newNonce: () => string;
  log?: WechatLog;
  /** Bound of one call, a repeat included; 6 s by default. The first certificates may add 3 s. */
  timeoutMs?: number;
}

/** WeChat answers within a second or two; a person at the cashier gives up soon after six. */
const TIMEOUT_MS = 6_000;

/**
 * Builds the client. Keys are parsed here, so a bad configuration fails at start.
 *
 * @throws Error when keys or base URL of the configuration do not read.
 */
export function createWechatPay(config: WechatConfig, deps: WechatPayDeps): WechatPay {
  const { now, newNonce } = deps;
  const session = createSession(config, {
    now,
    newNonce,
    log: deps.log ?? (() => {}),
    timeoutMs: deps.timeoutMs ?? TIMEOUT_MS,
  });

  const findBy = (
    operation: string,
    number: { out_trade_no: string } | { transaction_id: string },
    isWanted: (transaction: Transaction) => boolean,
  ) =>
    nullIfRefused(["ORDER_NOT_EXIST"], async () => {
      const answer = await session.call(operation, (requests) =>
        // The package's types ask for both numbers or for exactly one of two interfaces.
        requests.query(number as { out_trade_no: string }),
      );
      return readAnswer(answer, transactionSchema, isWanted);
    });

  return {
    async prepayJsapi(order) {
      assertPrepay(order);
      const answer = await session.call("prepay_jsapi", (requests) =>
        requests.transactions_jsapi({
          description: order.description,
          out_trade_no: order.outTradeNo,
          time_expire: formatChinaTime(order.expiresAt),
          notify_url: order.notifyUrl,
          amount: { total: order.amountFen, currency: "CNY" },
          payer: { openid: order.openid },
          // Left out when there is none: a repeat must have the parameters of the first (§1.6).
          ...(order.attach == null ? {} : { attach: order.attach }),
        }),
      );
      return { prepayId: readAnswer(answer, prepaySchema).prepay_id };
    },

    // Not the package's own: it signs with a nonce from Math.random (wechat.md §2 h).
    signCashier(prepayId) {
      const unsigned = {
        appId: config.appId,
        timeStamp: String(Math.floor(now().getTime() / 1000)),
        nonceStr: newNonce(),
        package: `prepay_id=${prepayId}`,
      };
      const paySign = signRsaSha256(cashierMessage(unsigned), session.merchantPrivateKey);
      return { ...unsigned, signType: "RSA", paySign };
    },

    async findTransaction(outTradeNo) {
      assertOutTradeNo(outTradeNo);
      return findBy(
        "find_transaction",
        { out_trade_no: outTradeNo },
        (transaction) => transaction.outTradeNo === outTradeNo,
      );
    },

    async findTransactionById(transactionId) {
      assertTransactionId(transactionId);
      return findBy(
        "find_transaction_by_id",
        { transaction_id: transactionId },
        (transaction) => transaction.transactionId === transactionId,
      );
    },

    async closeOrder(outTradeNo) {
      assertOutTradeNo(outTradeNo);
      try {
        await session.call("close_order", (requests) => requests.close(outTradeNo));
        return "closed";
      } catch (error) {
        if (isRefusedWith(error, ["ORDER_CLOSED"])) return "closed";
        if (isRefusedWith(error, ["ORDER_PAID"])) return "paid";
        if (isRefusedWith(error, ["ORDER_NOT_EXIST"])) return "not_found";
        throw error;
      }
    },

    async requestRefund(refund) {
      assertRefund(refund);
      const answer = await session.call("request_refund", (requests) =>
        requests.refunds({
          out_trade_no: refund.outTradeNo,
          out_refund_no: refund.outRefundNo,
          reason: refund.reason,
          notify_url: refund.notifyUrl,
          amount: { refund: refund.refundFen, total: refund.totalFen, currency: "CNY" },
        }),
      );
      return readAnswer(answer, refundSchema, (made) => made.outRefundNo === refund.outRefundNo);
    },

    async findRefund(outRefundNo) {
      assertOutRefundNo(outRefundNo);
      return nullIfRefused(["RESOURCE_NOT_EXISTS", "REFUND_NOT_EXISTS"], async () => {
        const answer = await session.call("find_refund", (requests) =>
          requests.find_refunds(outRefundNo),
        );
        return readAnswer(answer, refundSchema, (found) => found.outRefundNo === outRefundNo);
      });
    },

    applyAbnormalRefund: (request) => applyAbnormalRefund(session, request),

    ...createBillDownloads(session),

    openNotification: (headers, rawBody) =>
      openNotification(
        { headers, rawBody },
        { apiV3Key: config.apiV3Key, now, findKey: session.findKey },
      ),
  };
}

function assertPrepay(order: PrepayOrder): void {
  assertOutTradeNo(order.outTradeNo);
  assertLength(order.description, 127, "description");
  assertFen(order.amountFen, "amountFen");
  assertLength(order.openid, 128, "openid");
  assertNotifyUrl(order.notifyUrl);
  if (order.attach != null) assertLength(order.attach, 128, "attach");
}

function assertRefund(refund: RefundRequest): void {
  assertOutTradeNo(refund.outTradeNo);
  assertOutRefundNo(refund.outRefundNo);
  assertLength(refund.reason, 80, "reason");
  assertFen(refund.totalFen, "totalFen");
  assertFen(refund.refundFen, "refundFen");
  if (refund.refundFen > refund.totalFen) throw new RangeError("A refund exceeds its order");
  assertNotifyUrl(refund.notifyUrl);
}
