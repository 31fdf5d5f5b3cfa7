import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCashierQuery, sendRaw, startTestWorld, type TestWorld } from "./testing/world";

/** The cashier checks what WeChat's client checks (wechat.md §1.7), in its words. */

let world: TestWorld;
let openid: string;
let prepayId: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("小明");
  prepayId = await world.prepay("CASHIER001", openid);
});
afterAll(() => world.close());

const openCashier = (query: Record<string, string>, accept = "application/json") =>
  sendRaw(world.sandbox.url, {
    method: "GET",
    url: `/__sandbox/cashier?${new URLSearchParams(query)}`,
    headers: { Accept: accept },
  });

describe("opening", () => {
  it("shows the order to a page with a right signature", async () => {
    const answer = await openCashier(createCashierQuery(world, prepayId));
    expect(answer.json).toMatchObject({
      ok: true,
      prepayId,
      openid,
      payerNickname: "小明",
      amountFen: 100,
      outTradeNo: "CASHIER001",
    });
  });

  it("is a page for people", async () => {
    const answer = await openCashier(createCashierQuery(world, prepayId), "text/html");
    expect(answer.headers["content-type"]).toMatch(/text\/html/);
    expect(answer.text).toContain("微互助 1 份");
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "a page outside the payment directory",
      { pageUrl: "https://evil.example/" },
      "当前页面的URL未注册",
    ],
    ["another app", { appId: "wx0000000000000000" }, "缺少参数 total_fee"],
    ["a package without its name", { package: "wx123" }, "缺少参数 total_fee"],
    ["a changed nonce", { nonceStr: "changed" }, "支付验证签名失败"],
    ["milliseconds", { timeStamp: "1700000000000" }, "支付验证签名失败"],
    ["another signType", { signType: "MD5" }, "支付验证签名失败"],
    ["a wrong signature", { paySign: "AAAA" }, "支付验证签名失败"],
    ["another holder of the phone", { openid: "oSomebodyElse" }, "下单账号与支付账号不一致"],
  ])("refuses %s", async (_name, change, message) => {
    const answer = await openCashier({ ...createCashierQuery(world, prepayId), ...change });
    expect(answer.json).toEqual({ ok: false, message });
  });

  it("refuses a prepay_id that is signed but unknown", async () => {
    const answer = await openCashier(createCashierQuery(world, "wx20260101000000unknown"));
    expect(answer.json).toEqual({ ok: false, message: "缺少参数 total_fee" });
  });

  it("a payment directory with a path wants exactly that directory", async () => {
    const { url } = world.receiver;
    await world.control("POST", "/settings", { paymentDirectories: [`${url}/p/`] });
    const query = createCashierQuery(world, prepayId);
    expect((await openCashier(query)).json.ok).toBe(true);
    const deeper = { ...query, pageUrl: `${url}/p/deep/abc` };
    expect((await openCashier(deeper)).json.ok).toBe(false);
    await world.control("POST", "/settings", { paymentDirectories: null });
  });
});

describe("deciding", () => {
  it("somebody else cannot pay", async () => {
    const other = await world.createPersona("别人");
    const answer = await world.pay(prepayId, other);
    expect([answer.status, answer.json.code]).toEqual([403, "payer_mismatch"]);
  });

  it("cancel leaves the order as it was; pay pays it once", async () => {
    expect((await world.pay(prepayId, openid, "cancel")).json).toEqual({ tradeState: "NOTPAY" });
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.pay(prepayId, openid)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409]);
    const refused = answers.find((answer) => answer.status === 409);
    expect(refused?.json).toMatchObject({ code: "order_paid", tradeState: "SUCCESS" });
  });

  it("an unknown prepay_id is 404 and an unknown action 400", async () => {
    expect((await world.pay("wx0", openid)).status).toBe(404);
    expect((await world.pay(prepayId, openid, "steal")).status).toBe(400);
  });
});
