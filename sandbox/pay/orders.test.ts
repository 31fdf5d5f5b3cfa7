import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestWorld, type TestWorld } from "../testing/world";

/** One order's life: strict validation, repeats, query, close (wechat.md §1.6, §1.9). */

const JSAPI = "/v3/pay/transactions/jsapi";

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("小明");
});
afterAll(() => world.close());

const query = (outTradeNo: string) =>
  world.call("GET", `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${world.keys.mchId}`);
const close = (outTradeNo: string) =>
  world.call("POST", `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, {
    mchid: world.keys.mchId,
  });

describe("prepay", () => {
  it("answers a prepay_id and the order is there, unpaid", async () => {
    expect(await world.prepay("ORDER00001", openid)).toMatch(/^wx\d{14}[0-9a-f]{20}$/);
    const answer = await query("ORDER00001");
    expect(answer.json).toMatchObject({
      trade_state: "NOTPAY",
      trade_state_desc: "订单未支付",
      out_trade_no: "ORDER00001",
      amount: { total: 100, currency: "CNY" },
    });
    expect(answer.json).not.toHaveProperty("transaction_id");
  });

  it("the same request again gives a fresh prepay_id for the same order", async () => {
    const first = await world.prepay("ORDER00002", openid);
    const second = await world.prepay("ORDER00002", openid);
    expect(second).not.toBe(first);
  });

  it.each<[string, Record<string, unknown>]>([
    ["another amount", { amount: { total: 101, currency: "CNY" } }],
    ["another description", { description: "别的" }],
    ["one field more", { attach: "x" }],
  ])("the same number with %s is OUT_TRADE_NO_USED", async (_name, change) => {
    await world.prepay("ORDER00003", openid);
    const body = { ...world.orderOf("ORDER00003", openid), ...change };
    const answer = await world.call("POST", JSAPI, body);
    expect(answer.status).toBe(403);
    expect(answer.json.code).toBe("OUT_TRADE_NO_USED");
    expect(answer.headers["request-id"]).toMatch(/-268498688$/);
  });

  it.each<[string, Record<string, unknown>, string, unknown]>([
    ["an amount of zero", { amount: { total: 0 } }, "/amount/total", 0],
    ["a fraction of a fen", { amount: { total: 99.5 } }, "/amount/total", 99.5],
    ["an amount as text", { amount: { total: "100" } }, "/amount/total", "100"],
    ["another currency", { amount: { total: 100, currency: "USD" } }, "/amount/currency", "USD"],
    ["a short number", { out_trade_no: "12345" }, "/out_trade_no", "12345"],
    ["a long number", { out_trade_no: "1".repeat(33) }, "/out_trade_no", "1".repeat(33)],
    ["a strange character", { out_trade_no: "ORDER#0001" }, "/out_trade_no", "ORDER#0001"],
    ["a long description", { description: "保".repeat(128) }, "/description", "保".repeat(128)],
    ["no description", { description: undefined }, "/description", undefined],
    [
      "a notify_url with a query",
      { notify_url: "https://a.cn/n?x=1" },
      "/notify_url",
      "https://a.cn/n?x=1",
    ],
    ["a relative notify_url", { notify_url: "/notify" }, "/notify_url", "/notify"],
    [
      "a bad time_expire",
      { time_expire: "2026-11-22 10:00:00" },
      "/time_expire",
      "2026-11-22 10:00:00",
    ],
    ["no payer", { payer: {} }, "/payer/openid", undefined],
    ["a stranger's openid", { payer: { openid: "oStranger" } }, "/payer/openid", "oStranger"],
    ["an unknown field", { total_fee: 100 }, "/total_fee", 100],
    ["an unknown inner field", { payer: { openid: "o", sub: 1 } }, "/payer/sub", 1],
  ])("%s is PARAM_ERROR and detail names the field", async (_name, change, field, value) => {
    const body = { ...world.orderOf("ORDER00009", openid), ...change };
    const answer = await world.call("POST", JSAPI, body);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("PARAM_ERROR");
    expect(answer.json.detail).toMatchObject({
      field,
      location: "body",
      ...(value === undefined ? {} : { value }),
    });
    expect((await query("ORDER00009")).status).toBe(404);
  });

  it("words an amount below the minimum as WeChat does", async () => {
    const body = { ...world.orderOf("ORDER00009", openid), amount: { total: 0 } };
    expect((await world.call("POST", JSAPI, body)).json.message).toBe(
      "输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1",
    );
  });

  it("another merchant or app in the body has its own error", async () => {
    const order = world.orderOf("ORDER00009", openid);
    const merchant = await world.call("POST", JSAPI, { ...order, mchid: "1900000001" });
    expect(merchant.json).toMatchObject({
      code: "PARAM_ERROR",
      message: "http header中的mchid与post payload中的mchid不匹配",
    });
    const app = await world.call("POST", JSAPI, { ...order, appid: "wx0000000000000000" });
    expect([app.status, app.json.code]).toEqual([400, "APPID_MCHID_NOT_MATCH"]);
  });
});

describe("close", () => {
  it("can be repeated, and the closed order can neither be paid nor ordered again", async () => {
    const prepayId = await world.prepay("ORDER00011", openid);
    expect((await close("ORDER00011")).status).toBe(204);
    expect((await close("ORDER00011")).status).toBe(204);
    expect((await query("ORDER00011")).json.trade_state).toBe("CLOSED");
    expect((await world.pay(prepayId, openid)).json).toMatchObject({
      code: "order_closed",
      tradeState: "CLOSED",
    });
    const again = await world.call("POST", JSAPI, world.orderOf("ORDER00011", openid));
    expect(again.json.code).toBe("ORDER_CLOSED");
  });

  it("a paid order cannot be closed or ordered again, in either spelling", async () => {
    await world.payOrder("ORDER00012", openid);
    const refused = await close("ORDER00012");
    expect([refused.status, refused.json.code]).toEqual([400, "ORDER_PAID"]);
    await world.control("POST", "/settings", { hasLegacyErrorCodes: true });
    const again = await world.call("POST", JSAPI, world.orderOf("ORDER00012", openid));
    expect(again.json.code).toBe("ORDERPAID");
    await world.control("POST", "/settings", { hasLegacyErrorCodes: false });
    expect((await query("ORDER00012")).json.trade_state).toBe("SUCCESS");
  });

  it("an order that never was is ORDER_NOT_EXIST", async () => {
    expect((await close("NEVER00001")).json.code).toBe("ORDER_NOT_EXIST");
  });
});

describe("query", () => {
  it("a paid order shows the transaction, by both numbers", async () => {
    await world.payOrder("ORDER00021", openid);
    const byOurs = await query("ORDER00021");
    expect(byOurs.json).toMatchObject({
      appid: world.keys.appId,
      mchid: world.keys.mchId,
      trade_type: "JSAPI",
      trade_state: "SUCCESS",
      bank_type: "OTHERS",
      payer: { openid },
      amount: { total: 100, payer_total: 100, currency: "CNY", payer_currency: "CNY" },
    });
    expect(byOurs.json.transaction_id).toMatch(/^42000\d{23}$/);
    expect(byOurs.json.success_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    const byTheirs = await world.call(
      "GET",
      `/v3/pay/transactions/id/${byOurs.json.transaction_id}?mchid=${world.keys.mchId}`,
    );
    expect(byTheirs.json).toEqual(byOurs.json);
  });

  it("wants the merchant number in the query", async () => {
    const answer = await world.call("GET", "/v3/pay/transactions/out-trade-no/ORDER00021");
    expect(answer.json).toMatchObject({
      code: "PARAM_ERROR",
      detail: { field: "mchid", location: "query" },
    });
  });
});

describe("time", () => {
  it("after time_expire nobody can pay, yet the order stays NOTPAY until closed", async () => {
    const timeExpire = new Date(world.sandbox.clock.now() + 900_000).toISOString();
    const body = { ...world.orderOf("ORDER00031", openid), time_expire: timeExpire };
    const prepayId = String((await world.call("POST", JSAPI, body)).json.prepay_id);
    await world.advance(901);
    expect((await world.pay(prepayId, openid)).json.code).toBe("order_expired");
    expect((await query("ORDER00031")).json.trade_state).toBe("NOTPAY");
    expect((await close("ORDER00031")).status).toBe(204);
  });

  it("a prepay_id lives two hours; a new one opens the same order", async () => {
    const stale = await world.prepay("ORDER00032", openid);
    await world.advance(7_201);
    expect((await world.pay(stale, openid)).json.code).toBe("prepay_expired");
    const fresh = await world.prepay("ORDER00032", openid);
    expect((await world.pay(fresh, openid)).json.tradeState).toBe("SUCCESS");
  });

  it("an unpaid order is closed by WeChat after seven days", async () => {
    await world.prepay("ORDER00033", openid);
    await world.advance(7 * 86_400);
    expect((await query("ORDER00033")).json.trade_state).toBe("CLOSED");
  });
});

describe("faults around the effect", () => {
  it.each([
    ["error", 500, false],
    ["rate_limited", 429, false],
    ["accepted", 202, false],
    ["error_after_effect", 500, true],
  ])("%s answers %i and the order exists: %s", async (kind, status, doesExist) => {
    const outTradeNo = `FAULT${kind.slice(0, 12)}`;
    await world.control("POST", "/faults", { endpoint: "jsapi", kind, outTradeNo });
    const answer = await world.call("POST", JSAPI, world.orderOf(outTradeNo, openid));
    expect(answer.status).toBe(status);
    expect((await query(outTradeNo)).status).toBe(doesExist ? 200 : 404);
    expect(await world.prepay(outTradeNo, openid)).toMatch(/^wx/);
  });

  it("drop cuts the line without effect", async () => {
    await world.control("POST", "/faults", { endpoint: "jsapi", kind: "drop" });
    await expect(world.prepay("FAULTDROP01", openid)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await query("FAULTDROP01")).status).toBe(404);
  });

  it("a fault aimed at one order leaves the others alone", async () => {
    const fault = { endpoint: "jsapi", kind: "error", outTradeNo: "AIMED00001" };
    await world.control("POST", "/faults", fault);
    expect(await world.prepay("AIMED00002", openid)).toMatch(/^wx/);
    await expect(world.prepay("AIMED00001", openid)).rejects.toThrow(/500/);
  });

  it("error can be any answer of WeChat's table", async () => {
    const fault = { endpoint: "query", kind: "error", status: 403, code: "RULE_LIMIT" };
    await world.control("POST", "/faults", fault);
    const answer = await query("ORDER00001");
    expect([answer.status, answer.json.code]).toEqual([403, "RULE_LIMIT"]);
  });
});
