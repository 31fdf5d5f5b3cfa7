/**
 * Everything a verb needs from outside, built once per process from the environment. Verbs take it
 * as an argument; tests build their own with another database, clock or WeChat.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "./clock";
import { createSandboxClock, systemClock } from "./clock";
import { createDatabase, type Database } from "./db/database";
import { type Environment, environment } from "./env/env";
import { RateLimiter } from "./http/rate-limit";
import { createVault, type Vault } from "./identity/vault";
import { createLogger, type Logger } from "./log/logger";
import type { MessageKind } from "./messages/contract";
import { PictureStore } from "./pictures/picture-store";
import type { WechatConfig } from "./wechat/config";
import { createAccountApi } from "./wechat/js-sdk/account-api";
import { createJsSdk } from "./wechat/js-sdk/js-sdk";
import { createWechatMessages, type WechatMessages } from "./wechat/messages/messages";
import { createWechatOauth } from "./wechat/oauth/oauth";
import { createWechatPay } from "./wechat/pay/client";
import type { WechatPay } from "./wechat/pay/types";
import { createWordList, type Moderation } from "./words/moderation";

export interface Deps {
  db: Database;
  clock: Clock;
  now(): Date;
  pay: WechatPay;
  oauth: ReturnType<typeof createWechatOauth>;
  jsSdk: ReturnType<typeof createJsSdk>;
  messages: WechatMessages;
  vault: Vault;
  moderation: Moderation;
  limiter: RateLimiter;
  /** Drawn posters, cards and certificates. */
  pictures: PictureStore;
  log: Logger;
  config: {
    publicUrl: string;
    isSecure: boolean;
    sessionSecret: string;
    trustsProxy: boolean;
    appId: string;
    mchId: string;
    payNotifyUrl: string;
    /** What stands on every card and picture that offers the insurance (R44). */
    insurer: { name: string; productName: string; filingNo: string; isDemonstration: boolean };
    /** WeChat's ids of the messages that are sent; null for those that are not. */
    templates: Readonly<Record<MessageKind, string | null>>;
    /** The sandbox makes every browser a WeChat. */
    isSandbox: boolean;
  };
}

export function createDeps(env: Environment, overrides: Partial<Deps> = {}): Deps {
  const wechat: WechatConfig = {
    appId: env.WECHAT_APP_ID,
    appSecret: env.WECHAT_APP_SECRET,
    mchId: env.WECHAT_MCH_ID,
    merchantSerial: env.WECHAT_MCH_SERIAL,
    merchantPrivateKeyPem: env.WECHAT_MCH_PRIVATE_KEY,
    apiV3Key: env.WECHAT_API_V3_KEY,
    publicKeyId: env.WECHAT_PAY_PUBLIC_KEY_ID ?? null,
    publicKeyPem: env.WECHAT_PAY_PUBLIC_KEY ?? null,
    payBaseUrl: env.WECHAT_PAY_BASE_URL,
    apiBaseUrl: env.WECHAT_API_BASE_URL,
    openBaseUrl: env.WECHAT_OPEN_BASE_URL,
  };
  const clock =
    overrides.clock ??
    (env.WECHAT_SANDBOX_URL ? createSandboxClock(env.WECHAT_SANDBOX_URL) : systemClock);
  const now = () => clock.now();
  const newNonce = () => randomBytes(16).toString("hex");
  const log = overrides.log ?? createLogger(env.LOG_LEVEL);
  const accountApi = createAccountApi(wechat, { now });
  return {
    db: overrides.db ?? createDatabase(env.DATABASE_URL, env.DATABASE_POOL_MAX),
    clock,
    now,
    pay:
      overrides.pay ??
      createWechatPay(wechat, {
        now,
        newNonce,
        log: (event, fields) => log.info(fields, event),
      }),
    oauth: overrides.oauth ?? createWechatOauth(wechat, { now }),
    jsSdk: overrides.jsSdk ?? createJsSdk(wechat, { now, newNonce, accountApi }),
    messages: overrides.messages ?? createWechatMessages(accountApi),
    vault: createVault({
      encryptionKeyHex: env.IDENTITY_ENCRYPTION_KEY,
      indexKeyHex: env.IDENTITY_INDEX_KEY,
    }),
    moderation: overrides.moderation ?? createWordList(),
    limiter: new RateLimiter(),
    pictures: overrides.pictures ?? new PictureStore(),
    log,
    config: {
      publicUrl: env.PUBLIC_URL,
      isSecure: env.PUBLIC_URL.startsWith("https://"),
      sessionSecret: env.SESSION_SECRET,
      trustsProxy: env.TRUST_PROXY === "1",
      appId: env.WECHAT_APP_ID,
      mchId: env.WECHAT_MCH_ID,
      payNotifyUrl: `${env.PUBLIC_URL}/api/wechat/pay/notify`,
      insurer: {
        name: env.INSURER_NAME,
        productName: env.INSURER_PRODUCT_NAME,
        filingNo: env.INSURER_FILING_NO,
        isDemonstration: env.INSURER_IS_DEMONSTRATION === "1",
      },
      templates: templatesOf(env),
      isSandbox: env.WECHAT_SANDBOX_URL !== undefined,
    },
  };
}

function templatesOf(env: Environment): Record<MessageKind, string | null> {
  return {
    supported: env.WECHAT_TEMPLATE_SUPPORTED ?? null,
    thanked: env.WECHAT_TEMPLATE_THANKED ?? null,
    matured: env.WECHAT_TEMPLATE_MATURED ?? null,
    closing: env.WECHAT_TEMPLATE_CLOSING ?? null,
    full: env.WECHAT_TEMPLATE_FULL ?? null,
    refunded: env.WECHAT_TEMPLATE_REFUNDED ?? null,
  };
}

// Next bundles routes apart from server.ts; the global makes both share one pool and one limiter.
const holder = globalThis as { __weihuzhuDeps?: Deps };

export function getDeps(): Deps {
  holder.__weihuzhuDeps ??= createDeps(environment());
  return holder.__weihuzhuDeps;
}

/** For tests and tools that run the real handlers against their own world. */
export function setDeps(deps: Deps | undefined): void {
  holder.__weihuzhuDeps = deps;
}
