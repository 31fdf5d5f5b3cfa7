/** Notifications made by hand with WeChat's own keys: what a forger, a replay or WeChat could send. */
import {
  buildResponseMessage,
  type EncryptedResource,
  encryptResource,
  signMessage,
} from "@/sandbox/crypto";
import type { World } from "./world";
import type { Answer } from "./world-story";

export interface NotifyOptions {
  /** What the notification is about; a transaction when absent. */
  originalType?: "transaction" | "refund";
  /** Seconds by which the signature's time differs from the world's clock. */
  skewSeconds?: number;
  apiV3Key?: string;
  privateKeyPem?: string;
  serial?: string;
  /** Changes the encrypted resource before it is signed. */
  spoilResource?: (resource: EncryptedResource) => EncryptedResource;
  /** Changes the body after it is signed. */
  spoilBody?: (body: string) => string;
  /** Changes or, with undefined, leaves out headers. */
  headers?: Record<string, string | undefined>;
}

/** The plain text of a payment notify (wechat.md §1.9, §1.11). */
export function paidTransaction(
  world: World,
  order: { outTradeNo: string; openid: string; transactionId: string; amountFen?: number },
): Record<string, unknown> {
  const { outTradeNo, openid, transactionId, amountFen = 100 } = order;
  return {
    mchid: world.keys.mchId,
    appid: world.keys.appId,
    out_trade_no: outTradeNo,
    transaction_id: transactionId,
    trade_type: "JSAPI",
    trade_state: "SUCCESS",
    trade_state_desc: "支付成功",
    bank_type: "OTHERS",
    success_time: world.deps
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, "+00:00"),
    payer: { openid },
    amount: { total: amountFen, payer_total: amountFen, currency: "CNY", payer_currency: "CNY" },
  };
}

/** Encrypts, signs and posts one notification; whatever the options spoil is wrong. */
export function postNotify(
  world: World,
  content: Record<string, unknown>,
  options: NotifyOptions = {},
): Promise<Answer> {
  const originalType = options.originalType ?? "transaction";
  const nowSeconds = Math.floor(world.deps.now().getTime() / 1000);
  const encrypted = encryptResource(
    JSON.stringify(content),
    originalType,
    options.apiV3Key ?? world.keys.apiV3Key,
  );
  const resource = options.spoilResource?.(encrypted) ?? encrypted;
  const body = JSON.stringify({
    id: "EV-2026112212000000000000",
    create_time: world.deps.now().toISOString(),
    resource_type: "encrypt-resource",
    event_type: originalType === "refund" ? "REFUND.SUCCESS" : "TRANSACTION.SUCCESS",
    summary: originalType === "refund" ? "退款成功" : "支付成功",
    resource: { original_type: originalType, ...resource },
  });
  const timestamp = String(nowSeconds + (options.skewSeconds ?? 0));
  const nonce = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS";
  const signature = signMessage(
    buildResponseMessage(timestamp, nonce, body),
    options.privateKeyPem ?? world.keys.publicKeyPrivateKeyPem,
  );
  const headers: Record<string, string | undefined> = {
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-signature": signature,
    "wechatpay-serial": options.serial ?? world.keys.publicKeyId,
    ...options.headers,
  };
  return postRaw(world, options.spoilBody?.(body) ?? body, headers);
}

async function postRaw(
  world: World,
  body: string,
  headers: Record<string, string | undefined>,
): Promise<Answer> {
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => !!entry[1]);
  const response = await fetch(`${world.url}/api/wechat/pay/notify`, {
    method: "POST",
    headers: { "content-type": "application/json", ...Object.fromEntries(sent) },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text ? JSON.parse(text) : {},
  };
}
