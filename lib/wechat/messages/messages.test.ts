import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAccountApi } from "@/lib/wechat/js-sdk/account-api";
import { toThing, toTime } from "@/lib/wechat/messages/fields";
import { createWechatMessages } from "@/lib/wechat/messages/messages";
import { makeConfig, NOW, type Peer, type Reply, startPeer } from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

const json = (body: object): Reply => ({ status: 200, body: JSON.stringify(body) });
const MESSAGE = {
  openid: "oFriend",
  templateId: "template-1",
  pageUrl: "https://example.com/me/notices?from=message",
  about: "你的微互助保单",
  text: "有朋友添了第 37 格",
  at: new Date("2026-11-24T04:05:00.000Z"),
};

/** A client whose messages WeChat answers with each of these in turn; tokens are T1, T2, … */
function sender(...answers: (Reply | null)[]) {
  let tokens = 0;
  const sent: { path: string; body: string }[] = [];
  peer.respond((request) => {
    if (request.path === "/cgi-bin/stable_token") {
      tokens += 1;
      return json({ access_token: `T${tokens}`, expires_in: 7200 });
    }
    sent.push(request);
    return answers.length > 1 ? (answers.shift() as Reply | null) : (answers[0] ?? null);
  });
  const api = createAccountApi(makeConfig(peer.baseUrl), { now: () => NOW, timeoutMs: 300 });
  return { messages: createWechatMessages(api), sent, countTokens: () => tokens };
}

describe("a message", () => {
  it("carries openid, template, page and the three keywords", async () => {
    const { messages, sent } = sender(json({ errcode: 0, errmsg: "ok" }));
    expect(await messages.send(MESSAGE)).toEqual({ kind: "sent" });
    expect(sent[0]?.path).toBe("/cgi-bin/message/subscribe/bizsend?access_token=T1");
    expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
      touser: "oFriend",
      template_id: "template-1",
      page: "https://example.com/me/notices?from=message",
      data: {
        thing1: { value: "你的微互助保单" },
        thing2: { value: "有朋友添了第 37 格" },
        time3: { value: "2026年11月24日 12:05" },
      },
    });
  });

  it("a refused token is replaced once, and the message goes with the new one", async () => {
    const { messages, sent } = sender(json({ errcode: 40001 }), json({ errcode: 0 }));
    expect(await messages.send(MESSAGE)).toEqual({ kind: "sent" });
    expect(sent.map(({ path }) => path.slice(-2))).toEqual(["T1", "T2"]);
  });

  it("a token that is refused again is for later, not a loop", async () => {
    const { messages, sent } = sender(json({ errcode: 42001 }));
    expect(await messages.send(MESSAGE)).toEqual({ kind: "later", reason: "errcode_42001" });
    expect(sent).toHaveLength(2);
  });

  it.each([
    [43101, { kind: "refused", reason: "no_consent" }],
    [40003, { kind: "refused", reason: "errcode_40003" }],
    [40037, { kind: "refused", reason: "errcode_40037" }],
    [47003, { kind: "refused", reason: "errcode_47003" }],
    [45009, { kind: "later", reason: "errcode_45009" }],
    [-1, { kind: "unknown" }],
  ])("errcode %i is %j, asked once", async (errcode, outcome) => {
    const { messages, sent } = sender(json({ errcode, errmsg: "x" }));
    expect(await messages.send(MESSAGE)).toEqual(outcome);
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Reply | null]>([
    ["no answer in time", null],
    ["HTTP 502", { status: 502 }],
    ["an answer that does not read", { status: 200, body: "<html>" }],
  ])("%s may have arrived: unknown, and sent once", async (_name, reply) => {
    const { messages, sent } = sender(reply);
    expect(await messages.send(MESSAGE)).toEqual({ kind: "unknown" });
    expect(sent).toHaveLength(1);
  });

  it("a connection that WeChat drops is not asked again", async () => {
    let asked = 0;
    peer.respond((request) => {
      if (request.path === "/cgi-bin/stable_token") {
        return json({ access_token: "T1", expires_in: 7200 });
      }
      asked += 1;
      return (response) => response.destroy();
    });
    const api = createAccountApi(makeConfig(peer.baseUrl), { now: () => NOW });
    expect(await createWechatMessages(api).send(MESSAGE)).toEqual({ kind: "unknown" });
    expect(asked).toBe(1);
  });

  it("without a token nothing is asked", async () => {
    peer.respond(() => json({ errcode: 45009 }));
    const api = createAccountApi(makeConfig(peer.baseUrl), { now: () => NOW });
    expect(await createWechatMessages(api).send(MESSAGE)).toEqual({
      kind: "later",
      reason: "no_token_45009",
    });
    expect(peer.requests.every(({ path }) => path === "/cgi-bin/stable_token")).toBe(true);
  });
});

describe("fields", () => {
  it.each([
    ["", ""],
    ["两行\n 变一行 ", "两行 变一行"],
    ["一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"],
    ["一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九…"],
    ["🎈".repeat(21), `${"🎈".repeat(19)}…`],
  ])("thing %j is %j", (text, thing) => {
    expect(toThing(text)).toBe(thing);
  });

  it.each([
    ["2026-12-31T15:59:59.000Z", "2026年12月31日 23:59"],
    ["2026-12-31T16:00:00.000Z", "2027年1月1日 00:00"],
  ])("%s is told as Shanghai's %s", (instant, time) => {
    expect(toTime(new Date(instant))).toBe(time);
  });
});
