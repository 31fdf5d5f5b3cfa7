import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { errorOf, makeClient, ORDER, REFUND, TRANSACTION } from "@/lib/wechat/testing/fixtures";
import { makeConfig, NOW, type Peer, signedReply, startPeer } from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

describe("refused or unknown", () => {
  it("a 4xx with a code is refused, with what WeChat says about it", async () => {
    peer.respond(() => ({
      status: 400,
      headers: { "Request-ID": "08F78F-268435461" },
      body: '{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/amount/currency","value":"XYZ","issue":"Currency code is invalid","location":"body"}}',
    }));
    const error = await errorOf(makeClient(peer).prepayJsapi(ORDER));
    expect(error).toMatchObject({
      outcome: "refused",
      reason: "answer",
      httpStatus: 400,
      code: "PARAM_ERROR",
      message: "参数错误",
      requestId: "08F78F-268435461",
      detail: { field: "/amount/currency", issue: "Currency code is invalid", location: "body" },
    });
    expect(JSON.stringify(error)).not.toContain("XYZ");
  });

  it.each([
    ["401 SIGN_ERROR", 401, '{"code":"SIGN_ERROR","message":"签名错误"}', "refused"],
    ["403 OUT_TRADE_NO_USED", 403, '{"code":"OUT_TRADE_NO_USED"}', "refused"],
    ["405 without body", 405, "", "refused"],
    ["202 accepted", 202, "{}", "unknown"],
    ["429", 429, '{"code":"FREQUENCY_LIMITED","message":"x"}', "unknown"],
    ["500 SYSTEM_ERROR", 500, '{"code":"SYSTEM_ERROR","message":"x"}', "unknown"],
    ["a 4xx that says SYSTEMERROR", 400, '{"code":"SYSTEMERROR","message":"x"}', "unknown"],
    ["502 of a gateway", 502, "<html>Bad Gateway</html>", "unknown"],
    ["403 of a proxy", 403, "<html>Forbidden</html>", "unknown"],
    ["408", 408, "", "unknown"],
    ["a redirect", 302, "", "unknown"],
  ])("%s", async (_, status, body, outcome) => {
    peer.respond(() => ({ status, body, headers: { Location: "http://127.0.0.1:1/" } }));
    expect(await errorOf(makeClient(peer).requestRefund(REFUND))).toMatchObject({
      outcome,
      httpStatus: status,
    });
    expect(peer.requests).toHaveLength(1);
  });

  it("a signed 202 that looks like a result is none: only accepted", async () => {
    peer.respond(() => signedReply({ prepay_id: "wx1" }, { status: 202 }));
    const error = await errorOf(makeClient(peer).prepayJsapi(ORDER));
    expect(error).toMatchObject({ outcome: "unknown", httpStatus: 202 });
  });

  it("silence until the time-out is unknown, and is not asked again", async () => {
    peer.respond(() => null);
    const error = await errorOf(makeClient(peer, { timeoutMs: 150 }).requestRefund(REFUND));
    expect(error).toMatchObject({ outcome: "unknown", reason: "time_out", httpStatus: null });
    // None at all on a machine too busy to connect in time; never two.
    expect(peer.requests.length).toBeLessThanOrEqual(1);
  });

  it("an answer that starts and never ends is a time-out too", async () => {
    peer.respond(() => (response) => {
      response.writeHead(200);
      response.write("{");
    });
    const error = await errorOf(makeClient(peer, { timeoutMs: 150 }).prepayJsapi(ORDER));
    expect(error).toMatchObject({ outcome: "unknown", reason: "time_out" });
  });

  it("an endless answer is cut off", async () => {
    peer.respond(() => ({ status: 200, body: "x".repeat(300 * 1024) }));
    const error = await errorOf(makeClient(peer).prepayJsapi(ORDER));
    expect(error).toMatchObject({ outcome: "unknown", reason: "too_large" });
  });

  it("a connection cut after the request leaves the outcome unknown", async () => {
    peer.respond(() => (response) => response.destroy());
    const error = await errorOf(makeClient(peer).prepayJsapi(ORDER));
    expect(error).toMatchObject({ outcome: "unknown", reason: "network" });
  });

  it("nobody listening is unknown", async () => {
    const pay = makeClient(peer);
    await peer.close();
    expect(await errorOf(pay.prepayJsapi(ORDER))).toMatchObject({
      outcome: "unknown",
      reason: "network",
    });
    peer = await startPeer();
  });

  it("an idle connection that WeChat closed is replaced, with a fresh signature", async () => {
    const pay = makeClient(peer);
    peer.respond(() => signedReply(TRANSACTION));
    await pay.findTransaction(ORDER.outTradeNo);
    let isFirst = true;
    peer.respond(() => {
      if (!isFirst) return signedReply(TRANSACTION);
      isFirst = false;
      return (response) => response.destroy();
    });
    expect(await pay.findTransaction(ORDER.outTradeNo)).toMatchObject({ tradeState: "SUCCESS" });
    const [, second, third] = peer.requests.map((request) => request.headers.authorization);
    expect(peer.requests).toHaveLength(3);
    expect(second).not.toBe(third);
  });
});

it("the log names the operation and the outcome, and no secret", async () => {
  const lines: string[] = [];
  const config = makeConfig(peer.baseUrl);
  const pay = createWechatPay(config, {
    now: () => NOW,
    newNonce: () => "N",
    log: (event, fields) => lines.push(JSON.stringify({ event, ...fields })),
  });
  peer.respond(() => ({ status: 403, body: '{"code":"NO_AUTH","message":"x"}' }));
  await errorOf(pay.prepayJsapi(ORDER));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    event: "wechat_pay.call",
    operation: "prepay_jsapi",
    attempt: 1,
    outcome: "refused",
    httpStatus: 403,
    code: "NO_AUTH",
  });
  expect(lines[0]).not.toContain(ORDER.openid);
});
