/**
 * Everything the WeChat clients need to know, handed in by whoever builds them: this folder reads no
 * environment variable (`lib/env` does). The sandbox and production differ in these values only.
 */
export interface WechatConfig {
  /** appid of the service account (服务号); OAuth, JS-SDK and prepay all use it. */
  appId: string;
  /** Secret of the service account. Never logged, never sent to a browser. */
  appSecret: string;
  /** Merchant number at WeChat Pay, digits. */
  mchId: string;
  /** Serial of the MERCHANT API certificate (40 hex), never the PUB_KEY_ID (wechat.md §1.2). */
  merchantSerial: string;
  /** apiclient_key.pem, PKCS#8 or PKCS#1. */
  merchantPrivateKeyPem: string;
  /** APIv3 key: 32 ASCII characters used as the raw AES-256 key (wechat.md §1.5). */
  apiV3Key: string;
  /** `PUB_KEY_ID_…` in public-key mode; null in platform-certificate mode. */
  publicKeyId: string | null;
  /** 微信支付公钥 (SPKI PEM) that goes with `publicKeyId`; null in platform-certificate mode. */
  publicKeyPem: string | null;
  /** https://api.mch.weixin.qq.com in production. */
  payBaseUrl: string;
  /** https://api.weixin.qq.com in production. */
  apiBaseUrl: string;
  /** https://open.weixin.qq.com in production; only ever put into a redirect, never called. */
  openBaseUrl: string;
}

/** Receives structured events; never secrets, signatures or bodies. */
export type WechatLog = (event: string, fields: object) => void;
