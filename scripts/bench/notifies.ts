/** Payment notifies as WeChat sends them: encrypted, signed, with its headers (wechat.md §1.11). */
import { buildResponseMessage, encryptResource, signMessage } from "@/sandbox/crypto";
import type { SandboxKeys } from "@/sandbox/keys";
import { randomAlphanumeric, randomDigits } from "@/sandbox/random";
import type { Gift } from "./gifts";

export interface SignedNotify {
  headers: Record<string, string | number>;
  body: Buffer;
}

/** One success notify for each gift, signed now with WeChat Pay's public key's private half. */
export function createNotifies(keys: SandboxKeys, gifts: readonly Gift[]): SignedNotify[] {
  return gifts.map((gift) => {
    const body = createBody(keys, gift);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const nonce = randomAlphanumeric(32);
    const message = buildResponseMessage(timestamp, nonce, body);
    const bytes = Buffer.from(body);
    return {
      body: bytes,
      headers: {
        "User-Agent": "Mozilla/4.0",
        Accept: "*/*",
        "Content-Type": "application/json",
        "Content-Length": bytes.byteLength,
        "Wechatpay-Timestamp": timestamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": signMessage(message, keys.publicKeyPrivateKeyPem),
        "Wechatpay-Serial": keys.publicKeyId,
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
      },
    };
  });
}

function createBody(keys: SandboxKeys, gift: Gift): string {
  const paidAt = gift.paidAt.toISOString().replace(/\.\d+Z$/, "+00:00");
  const transaction = {
    mchid: keys.mchId,
    appid: keys.appId,
    out_trade_no: gift.outTradeNo,
    transaction_id: gift.transactionId,
    trade_type: "JSAPI",
    trade_state: "SUCCESS",
    trade_state_desc: "支付成功",
    bank_type: "OTHERS",
    attach: "",
    success_time: paidAt,
    payer: { openid: gift.openid },
    amount: {
      total: gift.amountFen,
      payer_total: gift.amountFen,
      currency: "CNY",
      payer_currency: "CNY",
    },
  };
  return JSON.stringify({
    id: `EV-${randomDigits(26)}`,
    create_time: paidAt,
    resource_type: "encrypt-resource",
    event_type: "TRANSACTION.SUCCESS",
    summary: "支付成功",
    resource: {
      original_type: "transaction",
      ...encryptResource(JSON.stringify(transaction), "transaction", keys.apiV3Key),
    },
  });
}
