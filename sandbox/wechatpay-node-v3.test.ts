import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WxPay from "wechatpay-node-v3";
import { createCashierQuery, sendRaw, startTestWorld, type TestWorld } from "./testing/world";

/**
 * A client that knows nothing of this sandbox talks to it. wechatpay-node-v3 has WeChat's host
 * written into every call, so its transport is replaced by one that sends the same bytes here.
 */

type Headers = Record<string, string>;
interface Output {
  status: number;
  error?: string;
  data?: Record<string, unknown>;
}

let world: TestWorld;
let pay: WxPay;
let openid: string;
let lastHeaders: Headers = {};
let lastText = "";

/** The transport: path and query as signed, the body as the library serialised it for signing. */
async function send(
  method: string,
  url: string,
  headers: Headers,
  body?: unknown,
): Promise<Output> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await sendRaw(world.sandbox.url, {
    method,
    url: url.replace("https://api.mch.weixin.qq.com", ""),
    body: text,
    headers,
  });
  lastHeaders = answer.headers;
  lastText = answer.text;
  const isError = answer.status >= 300;
  return { status: answer.status, ...(isError ? { error: answer.text } : { data: answer.json }) };
}

beforeAll(async () => {
  world = await startTestWorld();
  await world.control("POST", "/settings", { keyMode: "certificate" });
  openid = await world.createPersona("小明");
  const { keys } = world;
  pay = new WxPay({
    appid: keys.appId,
    mchid: keys.mchId,
    publicKey: Buffer.from(keys.merchantCertificatePem),
    privateKey: Buffer.from(keys.merchantPrivateKeyPem),
    key: keys.apiV3Key,
    userAgent: "sandbox-test/1.0",
  });
  pay.createHttp({
    post: (url, params, headers) => send("POST", url, headers, params),
    get: (url, headers) => send("GET", url, headers),
    upload: () => Promise.reject(new Error("nothing is uploaded here")),
  });
});
afterAll(() => world.close());

/** The library's own check of the last answer; it fetches the platform certificate by itself. */
const verifyLast = () =>
  pay.verifySign({
    timestamp: lastHeaders["wechatpay-timestamp"] ?? "",
    nonce: lastHeaders["wechatpay-nonce"] ?? "",
    serial: lastHeaders["wechatpay-serial"] ?? "",
    signature: lastHeaders["wechatpay-signature"] ?? "",
    body: lastText,
  });

const order = (outTradeNo: string) => ({
  description: "微互助 1 份",
  out_trade_no: outTradeNo,
  notify_url: `${world.receiver.url}/notify`,
  amount: { total: 100, currency: "CNY" },
  payer: { openid },
});

describe("wechatpay-node-v3 against the sandbox", () => {
  it("reads the merchant's serial out of the certificate we issued", () => {
    expect(pay.getSN().toUpperCase()).toBe(world.keys.merchantSerial);
  });

  it("downloads and decrypts the platform certificate", async () => {
    const certificates = await pay.get_certificates(world.keys.apiV3Key);
    expect(certificates).toHaveLength(1);
    expect(certificates[0]).toMatchObject({
      serial_no: world.keys.platformSerial,
      publicKey: expect.stringContaining("BEGIN PUBLIC KEY"),
    });
  });

  it("orders, and its pay parameters open the cashier", async () => {
    const output = (await pay.transactions_jsapi(order("LIBRARY001"))) as Output;
    expect(output.status).toBe(200);
    const parameters = output.data as Record<string, string>;
    expect(parameters.package).toMatch(/^prepay_id=wx/);
    const query = { ...createCashierQuery(world, "x"), ...parameters };
    const cashier = await sendRaw(world.sandbox.url, {
      method: "GET",
      url: `/__sandbox/cashier?${new URLSearchParams(query)}`,
      headers: { Accept: "application/json" },
    });
    expect(cashier.json).toMatchObject({ ok: true, outTradeNo: "LIBRARY001" });
  });

  it("verifies our answers with its verifySign", async () => {
    const output = (await pay.query({ out_trade_no: "LIBRARY001" })) as Output;
    expect(output.data).toMatchObject({ trade_state: "NOTPAY" });
    expect(await verifyLast()).toBe(true);
    lastText = `${lastText} `;
    expect(await verifyLast()).toBe(false);
  });

  it("closes, and the 204 verifies over the empty body", async () => {
    expect(((await pay.close("LIBRARY001")) as Output).status).toBe(204);
    expect(await verifyLast()).toBe(true);
  });

  it("verifies and decrypts the payment notify", async () => {
    const output = (await pay.transactions_jsapi(order("LIBRARY002"))) as Output;
    const prepayId = String(output.data?.package).replace("prepay_id=", "");
    await world.pay(prepayId, openid);
    await world.advance(0);
    const notify = world.receiver.received.at(-1);
    lastHeaders = notify?.headers ?? {};
    lastText = notify?.body ?? "";
    expect(await verifyLast()).toBe(true);
    const { resource } = JSON.parse(lastText) as {
      resource: { ciphertext: string; associated_data: string; nonce: string };
    };
    expect(
      pay.decipher_gcm(resource.ciphertext, resource.associated_data, resource.nonce),
    ).toMatchObject({ out_trade_no: "LIBRARY002", trade_state: "SUCCESS" });
  });

  it("refunds, and finds the refund again", async () => {
    const output = (await pay.refunds({
      out_trade_no: "LIBRARY002",
      out_refund_no: "R-LIBRARY002",
      amount: { refund: 100, total: 100, currency: "CNY" },
    })) as Output;
    expect(output.data).toMatchObject({ status: "PROCESSING" });
    await world.advance(2);
    const found = (await pay.find_refunds("R-LIBRARY002")) as Output;
    expect(found.data).toMatchObject({ status: "SUCCESS" });
    expect(await verifyLast()).toBe(true);
  });
});
