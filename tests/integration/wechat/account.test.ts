import { afterEach, beforeEach, expect, it } from "vitest";
import { startWorld, type World } from "./world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Follows the authorize page as the persona and returns what comes back to the app. */
async function authorize(openid: string, scope: "snsapi_base" | "snsapi_userinfo") {
  const url = new URL(
    world.oauth.authorizeUrl({
      redirectUri: `${world.appUrl}/api/auth/wechat/callback`,
      state: "abcDEF123",
      scope,
    }),
  );
  url.searchParams.set("persona", openid);
  const response = await fetch(url, { redirect: "manual" });
  const location = new URL(response.headers.get("location") ?? "");
  expect(location.searchParams.get("state")).toBe("abcDEF123");
  return location.searchParams.get("code") ?? "";
}

it("a visitor is known after one silent redirect, and the code is good once", async () => {
  const { openid } = await world.createPersona();
  const code = await authorize(openid, "snsapi_base");
  expect(await world.oauth.exchangeCode(code)).toMatchObject({
    ok: true,
    openid,
    isSnapshotUser: false,
  });
  expect(await world.oauth.exchangeCode(code)).toMatchObject({ ok: false, code: "code_used" });
  expect(await world.oauth.exchangeCode("nonsense")).toMatchObject({
    ok: false,
    code: "code_invalid",
  });
});

it("a code older than five minutes is invalid", async () => {
  const { openid } = await world.createPersona();
  const code = await authorize(openid, "snsapi_base");
  await world.settle(301);
  expect(await world.oauth.exchangeCode(code)).toMatchObject({ ok: false, code: "code_invalid" });
});

it("a visitor who agreed has a name", async () => {
  const { openid } = await world.createPersona({ nickname: "小红 😀" });
  const token = await world.oauth.exchangeCode(await authorize(openid, "snsapi_userinfo"));
  if (!token.ok) throw new Error(token.code);
  expect(await world.oauth.fetchProfile(token)).toMatchObject({ ok: true, nickname: "小红 😀" });
});

it("a page's wx.config is accepted, now and when token and ticket have changed", async () => {
  const url = `${world.appUrl}/p/abc?from=singlemessage`;
  for (const advanceSeconds of [0, 60, 7200, 90 * 86_400]) {
    await world.settle(advanceSeconds);
    const config = await world.jsSdk.configFor(`${url}#top`);
    const checked = await world.control("POST", "/js-config/check", { ...config, url });
    expect(checked).toEqual({ ok: true });
  }
});

it("ninety days later answers are still verified (the clocks move together)", async () => {
  const { openid } = await world.createPersona();
  await world.settle(90 * 86_400);
  const order = world.makeOrder(openid);
  await world.pay.prepayJsapi(order);
  expect((await world.pay.findTransaction(order.outTradeNo))?.tradeState).toBe("NOTPAY");
});
