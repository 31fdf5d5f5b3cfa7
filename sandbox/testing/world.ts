import { request as requestHttp } from "node:http";
import { buildPayMessage, buildRequestMessage, signMessage } from "../crypto";
import { createSandboxKeys, type SandboxKeys } from "../keys";
import { randomAlphanumeric } from "../random";
import { type RunningSandbox, startSandbox } from "../server";
import { type NotifyReceiver, startNotifyReceiver } from "./notify-receiver";

/** An answer with everything that a byte-faithful server can be caught at. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  text: string;
  json: Record<string, unknown>;
}

export interface WireRequest {
  method: string;
  /** Path and query, sent as they are. */
  url: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Sends exactly these headers and bytes; resolves with `error` when no answer came. */
export function sendRaw(baseUrl: string, options: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl);
    const request = requestHttp(
      {
        hostname,
        port,
        method: options.method,
        path: options.url,
        headers: options.headers,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString("utf8");
          const isJson = text.startsWith("{");
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            bytes,
            text,
            json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
          });
        });
      },
    );
    request.on("error", reject);
    request.end(options.body ?? "");
  });
}

export interface SignOptions {
  timestamp?: string;
  mchId?: string;
  serial?: string;
  scheme?: string;
  signedBody?: string;
}

/** A merchant's `Authorization`, with any part wrong on request. */
export function createAuthorization(
  keys: SandboxKeys,
  request: WireRequest,
  nowMs: number,
  options: SignOptions = {},
): string {
  const timestamp = options.timestamp ?? String(Math.floor(nowMs / 1000));
  const nonce = randomAlphanumeric(32);
  const message = buildRequestMessage({
    method: request.method,
    url: request.url,
    timestamp,
    nonce,
    body: options.signedBody ?? request.body ?? "",
  });
  const signature = signMessage(message, keys.merchantPrivateKeyPem);
  const mchId = options.mchId ?? keys.mchId;
  const serial = options.serial ?? keys.merchantSerial;
  return `${options.scheme ?? "WECHATPAY2-SHA256-RSA2048"} mchid="${mchId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`;
}

export interface TestWorld {
  keys: SandboxKeys;
  sandbox: RunningSandbox;
  receiver: NotifyReceiver;
  /** A signed call of the pay API. */
  call(
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<WireAnswer>;
  /** A call of the control API. */
  control(method: string, path: string, body?: unknown): Promise<WireAnswer>;
  createPersona(nickname: string): Promise<string>;
  /** The body of a prepay for ¥1. */
  orderOf(outTradeNo: string, openid: string): Record<string, unknown>;
  /** Orders ¥1 and returns its prepay_id. */
  prepay(outTradeNo: string, openid: string): Promise<string>;
  pay(prepayId: string, openid: string, action?: string): Promise<WireAnswer>;
  /** Prepays, pays and waits until the notify has been dealt with. */
  payOrder(outTradeNo: string, openid: string): Promise<void>;
  /** Moves the clock and waits for all that falls due; 0 waits for what is under way. */
  advance(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** One merchant for all worlds of a test file: making keys is the slowest thing here. */
let sharedKeys: SandboxKeys | undefined;

/** A sandbox on a free port with a merchant's server beside it. */
export async function startTestWorld(options: { stateFile?: string } = {}): Promise<TestWorld> {
  sharedKeys ??= createSandboxKeys();
  const keys = sharedKeys;
  const receiver = await startNotifyReceiver();
  const sandbox = await startSandbox({
    port: 0,
    keys,
    appUrl: receiver.url,
    stateFile: options.stateFile ?? null,
  });

  const world: TestWorld = {
    keys,
    sandbox,
    receiver,
    call(method, url, body, headers = {}) {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const request: WireRequest = { method, url, body: text };
      return sendRaw(sandbox.url, {
        ...request,
        headers: {
          Accept: "application/json",
          "User-Agent": "sandbox-test/1.0",
          ...(text ? { "Content-Type": "application/json" } : {}),
          Authorization: createAuthorization(keys, request, sandbox.clock.now()),
          ...headers,
        },
      });
    },
    control(method, path, body) {
      const text = body === undefined ? undefined : JSON.stringify(body);
      return sendRaw(sandbox.url, { method, url: `/__sandbox${path}`, body: text });
    },
    async createPersona(nickname) {
      const answer = await world.control("POST", "/personas", { nickname });
      return String(answer.json.openid);
    },
    orderOf: (outTradeNo, openid) => ({
      appid: keys.appId,
      mchid: keys.mchId,
      description: "微互助 1 份",
      out_trade_no: outTradeNo,
      notify_url: `${receiver.url}/notify`,
      amount: { total: 100, currency: "CNY" },
      payer: { openid },
    }),
    async prepay(outTradeNo, openid) {
      const order = world.orderOf(outTradeNo, openid);
      const answer = await world.call("POST", "/v3/pay/transactions/jsapi", order);
      if (answer.status !== 200) throw new Error(`prepay ${answer.status} ${answer.text}`);
      return String(answer.json.prepay_id);
    },
    pay: (prepayId, openid, action = "pay") =>
      world.control("POST", "/cashier", { prepayId, openid, action }),
    async payOrder(outTradeNo, openid) {
      const answer = await world.pay(await world.prepay(outTradeNo, openid), openid);
      if (answer.status !== 200) throw new Error(`pay ${answer.status} ${answer.text}`);
      await world.advance(0);
    },
    async advance(seconds) {
      await world.control("POST", "/clock", { advanceSeconds: seconds });
    },
    async close() {
      await sandbox.close();
      await receiver.close();
    },
  };
  return world;
}

/** The query of `getBrandWCPayRequest`, rightly signed. */
export function createCashierQuery(world: TestWorld, prepayId: string): Record<string, string> {
  const pay = {
    appId: world.keys.appId,
    timeStamp: String(Math.floor(world.sandbox.clock.now() / 1000)),
    nonceStr: randomAlphanumeric(32),
    package: `prepay_id=${prepayId}`,
  };
  return {
    ...pay,
    signType: "RSA",
    paySign: signMessage(buildPayMessage(pay), world.keys.merchantPrivateKeyPem),
    pageUrl: `${world.receiver.url}/p/abc`,
  };
}
