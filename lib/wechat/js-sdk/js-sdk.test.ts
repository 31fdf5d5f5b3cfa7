import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createJsSdk, signPage } from "@/lib/wechat/js-sdk/js-sdk";
import { JS_SDK_VECTOR } from "@/lib/wechat/testing/official-vectors";
import { makeConfig, NOW, type Peer, startPeer } from "@/lib/wechat/testing/peer";

let peer: Peer;
let now: Date;
beforeEach(async () => {
  peer = await startPeer();
  now = NOW;
});
afterEach(() => peer.close());

const sdk = () =>
  createJsSdk(makeConfig(peer.baseUrl), { now: () => now, newNonce: () => "Wm3WZYTPz0wzccnW" });
const PAGE = "https://example.com/p/abc?from=singlemessage";

/** A WeChat that counts tokens; `refused` are tokens it no longer likes. */
function serve(options: { refused?: string[]; errcode?: number } = {}) {
  const state = { tokens: 0, forced: 0, tickets: 0 };
  peer.respond((request) => {
    if (request.path === "/cgi-bin/stable_token") {
      state.tokens += 1;
      if (JSON.parse(request.body).force_refresh) state.forced += 1;
      return json({ access_token: `T${1 + state.forced}`, expires_in: 7200 });
    }
    state.tickets += 1;
    const token = new URL(request.path, peer.baseUrl).searchParams.get("access_token") ?? "";
    if (options.refused?.includes(token)) return json({ errcode: options.errcode ?? 40001 });
    return json({ errcode: 0, errmsg: "ok", ticket: `ticket-${token}`, expires_in: 7200 });
  });
  return state;
}
const json = (body: object) => ({ status: 200, body: JSON.stringify(body) });
const advanceTo = (seconds: number) => {
  now = new Date(NOW.getTime() + seconds * 1000);
};

describe("the signature", () => {
  it("is the worked example of the JS-SDK manual", () => {
    expect(signPage(JS_SDK_VECTOR)).toBe(JS_SDK_VECTOR.signature);
  });

  it("leaves out the fragment and keeps the query", () => {
    const url = `${JS_SDK_VECTOR.url}#/hash?a=1#b`;
    expect(signPage({ ...JS_SDK_VECTOR, url })).toBe(JS_SDK_VECTOR.signature);
  });

  it("comes with what wx.config needs", async () => {
    serve();
    const timestamp = NOW.getTime() / 1000;
    const nonceStr = "Wm3WZYTPz0wzccnW";
    expect(await sdk().configFor(PAGE)).toEqual({
      appId: "wx2421b1c4370ec43b",
      timestamp,
      nonceStr,
      signature: signPage({ ticket: "ticket-T1", nonceStr, timestamp, url: PAGE }),
    });
  });
});

describe("token and ticket", () => {
  it("are fetched once for everybody and kept", async () => {
    const state = serve();
    const js = sdk();
    await Promise.all([js.configFor(PAGE), js.configFor(PAGE), js.configFor(PAGE)]);
    advanceTo(7200 - 301);
    await js.configFor(PAGE);
    expect(state).toEqual({ tokens: 1, forced: 0, tickets: 1 });
  });

  it("are renewed five minutes before they end, without forcing", async () => {
    const state = serve();
    const js = sdk();
    await js.configFor(PAGE);
    advanceTo(7200 - 300);
    await js.configFor(PAGE);
    expect(state).toEqual({ tokens: 2, forced: 0, tickets: 2 });
  });

  it.each([40001, 40014, 42001])(
    "a token refused with %i is forced anew, once",
    async (errcode) => {
      const state = serve({ refused: ["T1"], errcode });
      await sdk().configFor(PAGE);
      expect(state).toEqual({ tokens: 3, forced: 1, tickets: 2 });
    },
  );

  it("a token that another process renewed is taken without forcing", async () => {
    let tokens = 0;
    peer.respond((request) => {
      if (request.path === "/cgi-bin/stable_token") {
        tokens += 1;
        expect(JSON.parse(request.body).force_refresh).toBe(false);
        return json({ access_token: tokens === 1 ? "OLD" : "NEW", expires_in: 7200 });
      }
      return request.path.includes("access_token=OLD")
        ? json({ errcode: 40001 })
        : json({ errcode: 0, ticket: "t", expires_in: 7200 });
    });
    await sdk().configFor(PAGE);
    expect(tokens).toBe(2);
  });

  it("a token refused even after forcing is an error, not a loop", async () => {
    const state = serve({ refused: ["T1", "T2"] });
    await expect(sdk().configFor(PAGE)).rejects.toMatchObject({ errcode: 40001 });
    expect(state).toEqual({ tokens: 3, forced: 1, tickets: 2 });
  });

  it.each([
    [40164, "config"],
    [40125, "config"],
    [45009, "unavailable"],
  ])("no token because of %i is %s, and the next page tries again", async (errcode, code) => {
    peer.respond(() => json({ errcode, errmsg: "x" }));
    const js = sdk();
    await expect(js.configFor(PAGE)).rejects.toMatchObject({ code, errcode });
    serve();
    expect(await js.configFor(PAGE)).toMatchObject({ appId: "wx2421b1c4370ec43b" });
  });
});
