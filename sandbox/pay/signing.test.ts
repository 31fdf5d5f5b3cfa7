import { createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildResponseMessage, isMessageSignedBy } from "../crypto";
import {
  createAuthorization,
  type SignOptions,
  sendRaw,
  startTestWorld,
  type TestWorld,
  type WireAnswer,
} from "../testing/world";

/** Who is let in, with which words others are turned away, and which answers are signed by whom. */

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const CERTIFICATES = "/v3/certificates";
const ORDER = "/v3/pay/transactions/out-trade-no/NONE01?mchid=1";
const WECHAT_HEADERS = /^wechatpay-/;

const headers = (authorization?: string) => ({
  Accept: "application/json",
  "User-Agent": "test/1.0",
  ...(authorization ? { Authorization: authorization } : {}),
});

const sendSigned = (url: string, options: SignOptions) => {
  const request = { method: "GET", url };
  const authorization = createAuthorization(
    world.keys,
    request,
    world.sandbox.clock.now(),
    options,
  );
  return sendRaw(world.sandbox.url, { ...request, headers: headers(authorization) });
};

function verifyAnswer(answer: WireAnswer): string | null {
  const { headers: given, text } = answer;
  const serial = given["wechatpay-serial"] ?? "";
  const pem =
    serial === world.keys.publicKeyId ? world.keys.publicKeyPem : world.keys.platformCertificatePem;
  const message = buildResponseMessage(
    given["wechatpay-timestamp"] ?? "",
    given["wechatpay-nonce"] ?? "",
    text,
  );
  const signature = given["wechatpay-signature"] ?? "";
  return isMessageSignedBy(message, signature, createPublicKey(pem)) ? serial : null;
}

describe("401 texts (wechat.md §1.2)", () => {
  const expectSignError = (answer: WireAnswer, message: string) => {
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({ code: "SIGN_ERROR", message });
    expect(Object.keys(answer.headers).filter((name) => WECHAT_HEADERS.test(name))).toEqual([]);
  };

  it.each([
    [
      "certificates",
      CERTIFICATES,
      undefined,
      "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
    ],
    [
      "refunds",
      "/v3/refund/domestic/refunds/R1",
      undefined,
      "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
    ],
    ["transactions", ORDER, undefined, "签名信息错误，验签失败"],
    ["transactions with Bearer", ORDER, "Bearer fake-token", "签名信息错误，验签失败"],
    [
      "a wrong scheme",
      CERTIFICATES,
      'WECHATPAY2-SM2-WITH-SM3 mchid="1"',
      "HTTP头Authorization认证类型不正确",
    ],
    [
      "a space after a comma",
      CERTIFICATES,
      'WECHATPAY2-SHA256-RSA2048 mchid="1", nonce_str="n",signature="s",timestamp="1",serial_no="2"',
      "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
    ],
    [
      "single quotes",
      CERTIFICATES,
      "WECHATPAY2-SHA256-RSA2048 mchid='1',nonce_str='n',signature='s',timestamp='1',serial_no='2'",
      "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
    ],
  ])("%s", async (_name, url, authorization, message) => {
    const request = { method: "GET", url, headers: headers(authorization) };
    expectSignError(await sendRaw(world.sandbox.url, request), message);
  });

  it.each<[string, SignOptions, string]>([
    ["a signature over another body", { signedBody: "x" }, "签名错误"],
    ["an invented merchant", { mchId: "1900000000" }, "签名错误"],
    [
      "another serial",
      { serial: "4".repeat(40) },
      "商户证书序列号有误。请使用签名私钥匹配的证书序列号",
    ],
    [
      "a stale stamp, whatever the signature",
      { timestamp: "1554208460", signedBody: "x" },
      "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟",
    ],
  ])("%s", async (_name, options, message) => {
    expectSignError(await sendSigned(CERTIFICATES, options), message);
  });

  it("the query is part of what is signed", async () => {
    const path = `/v3/pay/transactions/out-trade-no/NONE01`;
    const signedFor = { method: "GET", url: path };
    const authorization = createAuthorization(world.keys, signedFor, world.sandbox.clock.now());
    const url = `${path}?mchid=${world.keys.mchId}`;
    const request = { method: "GET", url, headers: headers(authorization) };
    expectSignError(await sendRaw(world.sandbox.url, request), "签名错误");
  });

  it("a raw | in the path is signed as it was sent", async () => {
    const url = `/v3/pay/transactions/out-trade-no/A|B*C_1-2?mchid=${world.keys.mchId}`;
    const answer = await world.call("GET", url);
    expect(answer.json).toMatchObject({ code: "ORDER_NOT_EXIST" });
  });

  it("Request-ID is missing on a 401 of transactions and present elsewhere", async () => {
    const ofOrder = await sendRaw(world.sandbox.url, { method: "GET", url: ORDER });
    expect(ofOrder.headers["request-id"]).toBeUndefined();
    const ofCertificates = await sendSigned(CERTIFICATES, { signedBody: "x" });
    expect(ofCertificates.headers["request-id"]).toMatch(/^[0-9A-F]+-\d+$/);
  });
});

describe("before the signature", () => {
  it("certificates and refunds want a User-Agent, transactions do not", async () => {
    for (const url of [CERTIFICATES, "/v3/refund/domestic/refunds/R1"]) {
      const answer = await sendRaw(world.sandbox.url, { method: "GET", url });
      expect(answer.status).toBe(400);
      expect(answer.text).toBe(
        '{"code":"INVALID_REQUEST","message":"Http头缺少Accept或User-Agent"}',
      );
    }
    const answer = await sendRaw(world.sandbox.url, { method: "GET", url: ORDER });
    expect(answer.status).toBe(401);
  });

  it("an unknown path is 404 and a wrong method 405, both empty", async () => {
    const unknown = await world.call("GET", "/v3/pay/transactions/nothing/here");
    expect([unknown.status, unknown.text]).toEqual([404, ""]);
    const wrongMethod = await world.call("GET", "/v3/pay/transactions/jsapi");
    expect([wrongMethod.status, wrongMethod.text]).toEqual([405, ""]);
  });
});

describe("who signs (wechat.md §1.3, §1.4)", () => {
  const query = () => `/v3/pay/transactions/out-trade-no/SIGNED0001?mchid=${world.keys.mchId}`;
  const ask = (serial?: string) =>
    world.call("GET", query(), undefined, serial ? { "Wechatpay-Serial": serial } : {});

  beforeAll(async () => {
    await world.prepay("SIGNED0001", await world.createPersona("小明"));
  });

  it("a merchant of today: the public key, and there are no platform certificates", async () => {
    expect(verifyAnswer(await ask(world.keys.publicKeyId))).toBe(world.keys.publicKeyId);
    expect(verifyAnswer(await ask())).toBe(world.keys.publicKeyId);
    expect((await ask(world.keys.platformSerial)).json).toMatchObject({ code: "PARAM_ERROR" });
    const certificates = await world.call("GET", CERTIFICATES);
    expect(certificates.status).toBe(404);
    expect(certificates.json.code).toBe("RESOURCE_NOT_EXISTS");
  });

  it("an older merchant: the platform certificate", async () => {
    await world.control("POST", "/settings", { keyMode: "certificate" });
    expect(verifyAnswer(await ask())).toBe(world.keys.platformSerial);
    expect((await ask(world.keys.publicKeyId)).status).toBe(400);
    const certificates = await world.call("GET", CERTIFICATES);
    expect(verifyAnswer(certificates)).toBe(world.keys.platformSerial);
  });

  it("while switching: the request's Wechatpay-Serial chooses", async () => {
    await world.control("POST", "/settings", { keyMode: "both" });
    expect(verifyAnswer(await ask(world.keys.publicKeyId))).toBe(world.keys.publicKeyId);
    expect(verifyAnswer(await ask(world.keys.platformSerial))).toBe(world.keys.platformSerial);
    expect(verifyAnswer(await ask())).toBe(world.keys.platformSerial);
    await world.control("POST", "/settings", { keyMode: "public_key" });
  });

  it("a 204 is signed over the empty body; a 404 with JSON is not signed", async () => {
    const close = "/v3/pay/transactions/out-trade-no/SIGNED0001/close";
    const closed = await world.call("POST", close, { mchid: world.keys.mchId });
    expect([closed.status, closed.text]).toEqual([204, ""]);
    expect(verifyAnswer(closed)).toBe(world.keys.publicKeyId);
    const missing = await world.call("GET", query().replace("SIGNED0001", "MISSING001"));
    expect(missing.status).toBe(404);
    expect(missing.headers["wechatpay-signature"]).toBeUndefined();
    expect(missing.headers["request-id"]).toMatch(/-268512771$/);
  });

  it.each(["signtest", "forge", "bad_signature", "unsigned_response"])(
    "fault %s spoils exactly one answer's signature",
    async (kind) => {
      await world.control("POST", "/faults", { endpoint: "query", kind });
      const spoiled = await ask();
      expect(spoiled.status).toBe(200);
      expect(verifyAnswer(spoiled)).toBeNull();
      if (kind === "signtest") {
        expect(spoiled.headers["wechatpay-signature"]).toMatch(/^WECHATPAY\/SIGNTEST\//);
      }
      expect(verifyAnswer(await ask())).toBe(world.keys.publicKeyId);
    },
  );
});
