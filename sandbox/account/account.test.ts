import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendRaw, startTestWorld, type TestWorld, type WireAnswer } from "../testing/world";

/** The official account: who is visiting (wechat.md §3.1), tokens and tickets (§3.2). */

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("大海");
});
afterAll(() => world.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  sendRaw(world.sandbox.url, { method: "GET", url, headers });

function authorizeUrl(change: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    appid: world.keys.appId,
    redirect_uri: `${world.receiver.url}/api/auth/wechat/callback?next=%2F`,
    response_type: "code",
    scope: "snsapi_base",
    state: "abc123",
    ...change,
  });
  return `/connect/oauth2/authorize?${query}`;
}

async function getCode(change: Record<string, string> = {}): Promise<string> {
  const answer = await get(authorizeUrl({ persona: openid, ...change }));
  return new URL(answer.headers.location ?? "").searchParams.get("code") ?? "";
}

const exchange = (code: string, change: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    appid: world.keys.appId,
    secret: world.keys.appSecret,
    code,
    grant_type: "authorization_code",
    ...change,
  });
  return get(`/sns/oauth2/access_token?${query}`);
};

describe("authorize", () => {
  it("a named person goes straight back, with code and state, and the app's own query", async () => {
    const answer = await get(authorizeUrl({ persona: openid }));
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.location ?? "");
    expect(target.pathname).toBe("/api/auth/wechat/callback");
    expect(target.searchParams.get("next")).toBe("/");
    expect(target.searchParams.get("state")).toBe("abc123");
    expect(target.searchParams.get("code")).toMatch(/^\w{32}$/);
  });

  it("the phone's holder is known by cookie after becoming that person", async () => {
    const next = encodeURIComponent(`${world.receiver.url}/p/abc`);
    const become = await get(`/__sandbox/become?openid=${openid}&next=${next}`);
    expect([become.status, become.headers.location]).toEqual([302, `${world.receiver.url}/p/abc`]);
    const cookie = String(become.headers["set-cookie"]).split(";")[0] ?? "";
    const answer = await get(authorizeUrl(), { Cookie: cookie });
    expect(answer.status).toBe(302);
  });

  it("become leads nowhere but to the app", async () => {
    const next = encodeURIComponent("https://evil.example/");
    expect((await get(`/__sandbox/become?openid=${openid}&next=${next}`)).status).toBe(400);
  });

  it("nobody known: a picker, whose form adds a person and continues", async () => {
    const url = authorizeUrl();
    const picker = await get(url);
    expect(picker.status).toBe(200);
    expect(picker.text).toContain("大海");
    const form = await sendRaw(world.sandbox.url, {
      method: "POST",
      url: "/__sandbox/personas/form",
      body: new URLSearchParams({ nickname: "新朋友", returnTo: url }).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(form.status).toBe(303);
    const onward = await get((form.headers.location ?? "").replace(world.sandbox.url, ""));
    expect(onward.status).toBe(302);
  });

  it.each<[string, Record<string, string>, string]>([
    ["another domain", { redirect_uri: "https://evil.example/cb" }, "10003"],
    ["an unknown scope", { scope: "snsapi_login" }, "10005"],
    ["a state with punctuation", { state: "a-b" }, "state"],
    ["a long state", { state: "a".repeat(129) }, "state"],
    ["another app", { appid: "wx0000000000000000" }, "AppID"],
  ])("%s stops at WeChat's error page", async (_name, change, text) => {
    const answer = await get(authorizeUrl({ persona: openid, ...change }));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(text);
    expect(answer.headers.location).toBeUndefined();
  });

  it("an ordinary browser is sent away when WeChat's is required", async () => {
    await world.control("POST", "/settings", { isWechatBrowserRequired: true });
    const url = authorizeUrl({ persona: openid });
    expect((await get(url)).text).toContain("请在微信客户端打开链接");
    const wechat = { "User-Agent": "Mozilla/5.0 MicroMessenger/8.0.69" };
    expect((await get(url, wechat)).status).toBe(302);
    await world.control("POST", "/settings", { isWechatBrowserRequired: false });
  });
});

describe("a code", () => {
  const errcode = (answer: WireAnswer) => {
    expect(answer.status).toBe(200);
    return answer.json.errcode;
  };

  it("is traded once for an openid; the second time it is 40163", async () => {
    const code = await getCode();
    const first = await exchange(code);
    expect(first.json).toMatchObject({ openid, scope: "snsapi_base", expires_in: 7200 });
    expect(first.json).not.toHaveProperty("unionid");
    expect(first.json).not.toHaveProperty("is_snapshotuser");
    const second = await exchange(code);
    expect(second.json.errcode).toBe(40163);
    expect(second.json.errmsg).toMatch(/^code been used, rid: /);
  });

  it("that is invented, late or asked for with wrong credentials has its number", async () => {
    expect(errcode(await exchange("invented"))).toBe(40029);
    const code = await getCode();
    expect(errcode(await exchange(code, { secret: "0".repeat(32) }))).toBe(40125);
    expect(errcode(await exchange(code, { appid: "wx0000000000000000" }))).toBe(40013);
    await world.advance(301);
    expect(errcode(await exchange(code))).toBe(40029);
  });

  it("of a snapshot visitor says so", async () => {
    const visitor = await world.control("POST", "/personas", {
      nickname: "快照",
      isSnapshotUser: true,
    });
    const code = await getCode({ persona: String(visitor.json.openid) });
    expect((await exchange(code)).json.is_snapshotuser).toBe(1);
  });

  it("of the wider scope opens nickname and union id, and the token can be refreshed", async () => {
    const token = (await exchange(await getCode({ scope: "snsapi_userinfo" }))).json;
    expect(token.unionid).toMatch(/^o6_/);
    const info = `/sns/userinfo?access_token=${token.access_token}&openid=${openid}&lang=zh_CN`;
    expect((await get(info)).json).toMatchObject({ openid, nickname: "大海", sex: 0, city: "" });
    const auth = await get(`/sns/auth?access_token=${token.access_token}&openid=${openid}`);
    expect(auth.json).toEqual({ errcode: 0, errmsg: "ok" });
    const refresh = `/sns/oauth2/refresh_token?appid=${world.keys.appId}&grant_type=refresh_token&refresh_token=${token.refresh_token}`;
    expect((await get(refresh)).json).toMatchObject({ openid, scope: "snsapi_userinfo" });
    expect(errcode(await get(refresh.replace(/refresh_token=[^&]*$/, "refresh_token=x")))).toBe(
      40030,
    );
  });

  it("of the base scope opens no nickname", async () => {
    const token = (await exchange(await getCode())).json;
    const info = `/sns/userinfo?access_token=${token.access_token}&openid=${openid}`;
    expect(errcode(await get(info))).toBe(48001);
  });
});

describe("stable_token and ticket", () => {
  const askToken = (change: Record<string, unknown> = {}) =>
    sendRaw(world.sandbox.url, {
      method: "POST",
      url: "/cgi-bin/stable_token",
      body: JSON.stringify({
        grant_type: "client_credential",
        appid: world.keys.appId,
        secret: world.keys.appSecret,
        ...change,
      }),
    });
  const askTicket = (token: unknown) =>
    get(`/cgi-bin/ticket/getticket?access_token=${token}&type=jsapi`);

  it("the token stays the same until its last five minutes; then both are good", async () => {
    const first = (await askToken()).json;
    expect(String(first.access_token)).toMatch(/^\w{100,512}$/);
    await world.advance(6_000);
    const same = (await askToken()).json;
    expect(same.access_token).toBe(first.access_token);
    expect(Number(same.expires_in)).toBeLessThanOrEqual(1_200);
    await world.advance(1_000);
    const next = (await askToken()).json;
    expect(next.access_token).not.toBe(first.access_token);
    expect((await askTicket(first.access_token)).json.errcode).toBe(0);
    expect((await askTicket(next.access_token)).json.errcode).toBe(0);
  });

  it("a forced refresh voids the old one and is limited", async () => {
    const old = (await askToken()).json;
    const forced = (await askToken({ force_refresh: true })).json;
    expect(forced.access_token).not.toBe(old.access_token);
    expect((await askTicket(old.access_token)).json.errcode).toBe(40001);
    expect((await askToken({ force_refresh: true })).json.errcode).toBe(45011);
  });

  it("a wrong secret is 40125", async () => {
    expect((await askToken({ secret: "x" })).json.errcode).toBe(40125);
  });

  it("a ticket signs a page of the app, and nothing else", async () => {
    const token = (await askToken()).json;
    const answer = (await askTicket(token.access_token)).json;
    expect(answer).toMatchObject({ errcode: 0, errmsg: "ok", expires_in: 7200 });
    const check = async (url: string, signedUrl = url) => {
      const text = `jsapi_ticket=${answer.ticket}&noncestr=abc&timestamp=1700000000&url=${signedUrl}`;
      const signature = createHash("sha1").update(text).digest("hex");
      const { appId } = world.keys;
      const body = { appId, timestamp: 1_700_000_000, nonceStr: "abc", signature, url };
      return (await world.control("POST", "/js-config/check", body)).json;
    };
    const page = `${world.receiver.url}/p/abc?x=1`;
    expect(await check(page)).toEqual({ ok: true });
    expect(await check(page, `${page}#top`)).toMatchObject({ errMsg: "config:invalid signature" });
    expect(await check("https://evil.example/")).toMatchObject({
      errMsg: "config:invalid url domain",
    });
  });
});
