import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWechatOauth } from "@/lib/wechat/oauth/oauth";
import { makeConfig, NOW, type Peer, startPeer } from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

const oauth = (timeoutMs?: number) =>
  createWechatOauth(makeConfig(peer.baseUrl), {
    now: () => NOW,
    ...(timeoutMs ? { timeoutMs } : {}),
  });

const answer = (body: object) => peer.respond(() => ({ status: 200, body: JSON.stringify(body) }));

const TOKEN = {
  access_token: "ACCESS",
  expires_in: 7200,
  refresh_token: "REFRESH",
  openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
  scope: "snsapi_base",
};

describe("the authorize address (wechat.md §3.1)", () => {
  it("has WeChat's parameter order and the fragment WeChat looks for", () => {
    const url = oauth().authorizeUrl({
      redirectUri: "https://example.com/api/auth/wechat/callback?next=/p/abc d",
      state: "abcDEF123",
      scope: "snsapi_base",
    });
    expect(url).toBe(
      "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx2421b1c4370ec43b" +
        "&redirect_uri=https%3A%2F%2Fexample.com%2Fapi%2Fauth%2Fwechat%2Fcallback%3Fnext%3D%2Fp%2Fabc%20d" +
        "&response_type=code&scope=snsapi_base&state=abcDEF123#wechat_redirect",
    );
  });

  it.each(["", "a-b", "a".repeat(129)])("refuses the state %j", (state) => {
    const build = () =>
      oauth().authorizeUrl({ redirectUri: "https://example.com/", state, scope: "snsapi_base" });
    expect(build).toThrow(RangeError);
  });
});

describe("exchanging a code", () => {
  it("gives the visitor's openid", async () => {
    answer(TOKEN);
    expect(await oauth().exchangeCode("081aBc+/=")).toEqual({
      ok: true,
      openid: TOKEN.openid,
      unionid: null,
      isSnapshotUser: false,
      scope: "snsapi_base",
      accessToken: "ACCESS",
    });
    expect(peer.requests[0]?.path).toBe(
      "/sns/oauth2/access_token?appid=wx2421b1c4370ec43b&secret=0f9de62fce790f9a083d5c99e95740ce" +
        "&code=081aBc%2B%2F%3D&grant_type=authorization_code",
    );
  });

  it("tells a visitor of the snapshot mode, whose openid is invented", async () => {
    answer({ ...TOKEN, is_snapshotuser: 1, unionid: "oUNION" });
    expect(await oauth().exchangeCode("c")).toMatchObject({
      isSnapshotUser: true,
      unionid: "oUNION",
    });
  });

  it.each([
    [40029, "code_invalid"],
    [42003, "code_invalid"],
    [40163, "code_used"],
    [40125, "config"],
    [40013, "config"],
    [40164, "config"],
    [-1, "unavailable"],
    [45009, "unavailable"],
  ])("errcode %i is %s", async (errcode, code) => {
    answer({ errcode, errmsg: "x" });
    expect(await oauth().exchangeCode("c")).toEqual({ ok: false, code, errcode });
  });

  it.each([
    ["a 502", 502, "<html>"],
    ["not JSON", 200, "<html>"],
    ["no openid", 200, "{}"],
    ["an oversized answer", 200, `{"x":"${"x".repeat(300 * 1024)}"}`],
  ])("%s is unavailable", async (_, status, body) => {
    peer.respond(() => ({ status, body }));
    const result = await oauth().exchangeCode("c");
    expect(result).toEqual({ ok: false, code: "unavailable", errcode: null });
  });

  it("silence is unavailable after the time-out", async () => {
    peer.respond(() => null);
    const result = await oauth(150).exchangeCode("c");
    expect(result).toEqual({ ok: false, code: "unavailable", errcode: null });
  });
});

describe("the profile", () => {
  const visitor = { accessToken: "ACCESS", openid: TOKEN.openid };

  it("has a nickname and a picture", async () => {
    answer({ openid: TOKEN.openid, nickname: "小明 😀", headimgurl: "https://thirdwx.qlogo.cn/x" });
    expect(await oauth().fetchProfile(visitor)).toEqual({
      ok: true,
      openid: TOKEN.openid,
      unionid: null,
      nickname: "小明 😀",
      avatarUrl: "https://thirdwx.qlogo.cn/x",
    });
  });

  it("of somebody else is not taken", async () => {
    answer({ openid: "oOTHER", nickname: "小红" });
    expect(await oauth().fetchProfile(visitor)).toMatchObject({ ok: false, code: "unavailable" });
  });

  it.each([
    [40001, "token_invalid"],
    [42001, "token_invalid"],
    [48001, "config"],
    [-1, "unavailable"],
  ])("errcode %i is %s", async (errcode, code) => {
    answer({ errcode, errmsg: "x" });
    expect(await oauth().fetchProfile(visitor)).toEqual({ ok: false, code, errcode });
  });
});
