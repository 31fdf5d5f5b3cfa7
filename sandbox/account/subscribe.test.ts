import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appEnvironment } from "../keys";
import { sendRaw, startTestWorld, type TestWorld } from "../testing/world";

/** 订阅通知: the person's consent, and what the account may send for it (wechat.md §3.3). */

let world: TestWorld;
let openid: string;
let template: string;
beforeAll(async () => {
  world = await startTestWorld();
  const environment = appEnvironment(world.keys, world.sandbox.url);
  template = environment.WECHAT_TEMPLATE_SUPPORTED ?? "";
});
afterAll(() => world.close());
beforeEach(async () => {
  openid = await world.createPersona("小雨");
});

const post = (url: string, body: unknown) =>
  sendRaw(world.sandbox.url, { method: "POST", url, body: JSON.stringify(body) });
const askToken = async (isForced = false) => {
  const { appId: appid, appSecret: secret } = world.keys;
  const body = { grant_type: "client_credential", appid, secret, force_refresh: isForced };
  return String((await post("/cgi-bin/stable_token", body)).json.access_token);
};
const DATA = {
  thing1: { value: "你的微互助保单" },
  thing2: { value: "有朋友添了第 2 格" },
  time3: { value: "2026年11月24日 12:05" },
};
const send = async (change: object = {}, token?: string) => {
  const body = { touser: openid, template_id: template, page: "http://x/", data: DATA, ...change };
  const url = `/cgi-bin/message/subscribe/bizsend?access_token=${token ?? (await askToken())}`;
  return (await post(url, body)).json;
};
const consent = (templates = [template]) =>
  world.control("POST", "/consents", { openid, templates });
const listMessages = async () =>
  JSON.parse((await world.control("GET", `/messages?openid=${openid}`)).text) as unknown[];

it("templates look like WeChat's, one of each kind, the same after a restart", () => {
  const environment = appEnvironment(world.keys, world.sandbox.url);
  const ids = Object.entries(environment).filter(([name]) => name.startsWith("WECHAT_TEMPLATE_"));
  expect(ids).toHaveLength(6);
  for (const [, id] of ids) expect(id).toMatch(/^[\w-]{43}$/);
  expect(new Set(ids.map(([, id]) => id)).size).toBe(6);
  expect(appEnvironment(world.keys, "http://elsewhere")).toMatchObject(Object.fromEntries(ids));
});

it("one consent is one message, and consents add up", async () => {
  expect((await send()).errcode).toBe(43101);
  await consent();
  await consent();
  expect(await send()).toEqual({ errcode: 0, errmsg: "ok" });
  expect((await send()).errcode).toBe(0);
  expect((await send()).errcode).toBe(43101);
  expect(await listMessages()).toMatchObject([
    {
      openid,
      nickname: "小雨",
      title: "好友互助提醒",
      page: "http://x/",
      lines: [
        { label: "事项", value: "你的微互助保单" },
        { label: "说明", value: "有朋友添了第 2 格" },
        { label: "时间", value: "2026年11月24日 12:05" },
      ],
    },
    {},
  ]);
});

it("a person who switches the messages off takes his consents back", async () => {
  await consent();
  await world.control("DELETE", `/consents?openid=${openid}`);
  expect((await send()).errcode).toBe(43101);
});

describe("a message that is wrong is refused, and costs no consent", () => {
  it.each<[string, object, number]>([
    ["nobody", { touser: "oNobody" }, 40003],
    ["another account's template", { template_id: "x".repeat(43) }, 40037],
    ["a keyword missing", { data: { ...DATA, thing2: undefined } }, 47003],
    ["21 characters", { data: { ...DATA, thing1: { value: "一".repeat(21) } } }, 47003],
    ["two lines", { data: { ...DATA, thing1: { value: "一\n二" } } }, 47003],
    ["an empty value", { data: { ...DATA, thing1: { value: "" } } }, 47003],
    ["a time that is none", { data: { ...DATA, time3: { value: "2026-11-24" } } }, 47003],
  ])("%s", async (_name, change, errcode) => {
    await consent();
    expect((await send(change)).errcode).toBe(errcode);
    expect(await listMessages()).toEqual([]);
    expect((await send()).errcode).toBe(0);
  });

  it("tokens that are missing, void or old", async () => {
    await consent();
    expect((await send({}, "")).errcode).toBe(41001);
    const old = await askToken();
    await askToken(true);
    expect((await send({}, old)).errcode).toBe(40001);
    const token = await askToken();
    await world.advance(7_201);
    expect((await send({}, token)).errcode).toBe(42001);
    expect((await send()).errcode).toBe(0);
  });
});

describe("the dialog", () => {
  const dialog = (query: string, cookie = "") =>
    sendRaw(world.sandbox.url, {
      method: "GET",
      url: `/__sandbox/subscribe?${query}`,
      headers: cookie ? { Cookie: cookie } : {},
    });

  it("lists the account's own templates for the phone's holder", async () => {
    const become = await sendRaw(world.sandbox.url, {
      method: "GET",
      url: `/__sandbox/become?openid=${openid}&next=${encodeURIComponent(world.receiver.url)}`,
    });
    const cookie = String(become.headers["set-cookie"]).split(";")[0] ?? "";
    const { text } = await dialog(`template=${template},${"x".repeat(43)}`, cookie);
    expect(text).toContain("好友互助提醒");
    expect(text.match(/type="checkbox"/g)).toHaveLength(1);
    expect(text).toContain(`name="openid" value="${openid}"`);
  });

  it("asks who holds a phone that nobody has signed in on, and refuses foreign templates", async () => {
    expect((await dialog(`template=${template}`)).text).toContain("谁在用这部手机");
    expect((await dialog("template=x")).text).toContain("没有这样的模板");
  });
});
