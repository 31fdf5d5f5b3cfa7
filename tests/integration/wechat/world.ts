/**
 * The whole client against the whole sandbox, over real sockets: WeChat on one side, on the other a
 * merchant's server that opens every notification and remembers it.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WechatConfig } from "@/lib/wechat/config";
import { createJsSdk, type JsSdk } from "@/lib/wechat/js-sdk/js-sdk";
import { createWechatOauth, type WechatOauth } from "@/lib/wechat/oauth/oauth";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { NotificationRefused } from "@/lib/wechat/pay/errors";
import type { Notification, PrepayOrder, WechatPay } from "@/lib/wechat/pay/types";
import { createSandboxKeys, type SandboxKeys } from "@/sandbox/keys";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";

export interface World {
  sandbox: RunningSandbox;
  /** Base URL of the merchant's server, which is also the app's address. */
  appUrl: string;
  pay: WechatPay;
  oauth: WechatOauth;
  jsSdk: JsSdk;
  /** Opened notifications, in order of arrival. */
  opened: Notification[];
  /** Reasons of the refused ones. */
  refused: string[];
  events: { event: string; fields: Record<string, unknown> }[];
  /** A client of the same merchant with other settings. */
  makePay(overrides: Partial<WechatConfig>, timeoutMs?: number): WechatPay;
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  createPersona(overrides?: object): Promise<{ openid: string }>;
  makeOrder(openid: string, overrides?: Partial<PrepayOrder>): PrepayOrder;
  /** Waits until the sandbox has nothing under way; moves its clock when told to. */
  settle(advanceSeconds?: number): Promise<void>;
  close(): Promise<void>;
}

/** Three RSA pairs take half a second; one merchant serves every world of a file. */
const keys: SandboxKeys = createSandboxKeys();

export async function startWorld(): Promise<World> {
  const opened: Notification[] = [];
  const refused: string[] = [];
  const events: World["events"] = [];
  let pay: WechatPay | null = null;

  const merchant = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    try {
      const headers = new Headers(incoming.headers as Record<string, string>);
      const notification = await pay?.openNotification(headers, Buffer.concat(chunks));
      if (notification) opened.push(notification);
      response.writeHead(204).end();
    } catch (error) {
      refused.push(error instanceof NotificationRefused ? error.reason : String(error));
      response.writeHead(401).end();
    }
  });
  await new Promise<void>((resolve) => merchant.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({ port: 0, keys, appUrl });

  const config: WechatConfig = {
    appId: keys.appId,
    appSecret: keys.appSecret,
    mchId: keys.mchId,
    merchantSerial: keys.merchantSerial,
    merchantPrivateKeyPem: keys.merchantPrivateKeyPem,
    apiV3Key: keys.apiV3Key,
    publicKeyId: keys.publicKeyId,
    publicKeyPem: keys.publicKeyPem,
    payBaseUrl: sandbox.url,
    apiBaseUrl: sandbox.url,
    openBaseUrl: sandbox.url,
  };
  const deps = {
    now: () => new Date(sandbox.clock.now()),
    newNonce: () => randomBytes(16).toString("hex"),
    log: (event: string, fields: object) =>
      void events.push({ event, fields: fields as Record<string, unknown> }),
  };
  const makePay = (overrides: Partial<WechatConfig>, timeoutMs?: number) =>
    createWechatPay({ ...config, ...overrides }, { ...deps, ...(timeoutMs ? { timeoutMs } : {}) });
  pay = makePay({});

  const control: World["control"] = async (method, path, body) => {
    const response = await fetch(`${sandbox.url}/__sandbox${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };

  return {
    sandbox,
    appUrl,
    pay,
    oauth: createWechatOauth(config, deps),
    jsSdk: createJsSdk(config, deps),
    opened,
    refused,
    events,
    makePay,
    control,
    async createPersona(overrides = {}) {
      const made = await control("POST", "/personas", { nickname: "小明", ...overrides });
      return { openid: String(made.openid) };
    },
    makeOrder: (openid, overrides = {}) => ({
      outTradeNo: `W${randomBytes(8).toString("hex")}`,
      description: "微互助 1 份",
      amountFen: 100,
      openid,
      expiresAt: new Date(sandbox.clock.now() + 15 * 60_000),
      notifyUrl: `${appUrl}/api/wechat/pay/notify`,
      ...overrides,
    }),
    async settle(advanceSeconds = 0) {
      await sandbox.clock.advance(advanceSeconds * 1000);
    },
    async close() {
      await sandbox.close();
      merchant.closeAllConnections();
      await new Promise<void>((resolve) => merchant.close(() => resolve()));
    },
  };
}
