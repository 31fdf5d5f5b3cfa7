import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../server";
import { sendRaw, startTestWorld, type TestWorld } from "../testing/world";

/** The control API and what survives a restart. */

let folder: string;
let world: TestWorld;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-state-"));
  world = await startTestWorld({ stateFile: join(folder, "state.json") });
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const list = async (path: string) =>
  JSON.parse((await world.control("GET", path)).text) as Record<string, unknown>[];

describe("control API", () => {
  it("creates personas that look like WeChat's", async () => {
    const answer = await world.control("POST", "/personas", { nickname: " 小明 " });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ nickname: "小明", isSnapshotUser: false });
    expect(answer.json.openid).toMatch(/^o[\w-]{27}$/);
    expect(answer.json.unionid).toMatch(/^o6_\w{25}$/);
    expect((await world.control("POST", "/personas", { nickname: "" })).status).toBe(400);
    expect(await list("/personas")).toHaveLength(1);
  });

  it("moves the clock forward only, and back to real time on request", async () => {
    const before = (await world.control("GET", "/clock")).json;
    expect(before.offsetMs).toBe(0);
    const after = (await world.control("POST", "/clock", { advanceSeconds: 90 * 86_400 })).json;
    expect(Math.round(Number(after.offsetMs) / 86_400_000)).toBe(90);
    expect((await world.control("POST", "/clock", { advanceSeconds: -1 })).status).toBe(400);
    const back = (await world.control("POST", "/clock", { resetTo: 0 })).json;
    expect(Math.abs(Number(back.offsetMs))).toBeLessThan(1_000);
  });

  it("refuses a fault that means nothing at its endpoint", async () => {
    const fault = { endpoint: "jsapi", kind: "flipped_tag" };
    expect((await world.control("POST", "/faults", fault)).status).toBe(400);
    const known = await world.control("POST", "/faults", { endpoint: "jsapi", kind: "drop" });
    expect([known.status, known.json.count]).toEqual([201, 1]);
    expect(await list("/faults")).toHaveLength(1);
    expect((await world.control("DELETE", "/faults")).status).toBe(204);
    expect(await list("/faults")).toEqual([]);
  });

  it("lets the app's pages call it, and no other site", async () => {
    const ask = (origin: string) =>
      sendRaw(world.sandbox.url, {
        method: "GET",
        url: "/__sandbox/personas",
        headers: { Origin: origin },
      });
    const allowed = await ask(world.receiver.url);
    expect(allowed.headers["access-control-allow-origin"]).toBe(world.receiver.url);
    const alias = world.receiver.url.replace("127.0.0.1", "localhost");
    expect((await ask(alias)).headers["access-control-allow-origin"]).toBe(alias);
    const foreign = await ask("https://evil.example");
    expect(foreign.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("imports a world once, and refuses one that contradicts the books", async () => {
    const transaction = {
      outTradeNo: "IMPORT0001",
      transactionId: "4200000000202601010000000001",
      openid: "oImported",
      amountFen: 100,
      successTime: "2026-01-01T08:00:00+08:00",
      description: "微互助 1 份",
    };
    const books = {
      personas: [{ openid: "oImported", nickname: "老王" }],
      transactions: [transaction],
    };
    expect((await world.control("POST", "/import", books)).json).toEqual({
      personas: 1,
      transactions: 1,
    });
    expect((await world.control("POST", "/import", books)).json.transactions).toBe(0);
    const path = `/v3/pay/transactions/out-trade-no/IMPORT0001?mchid=${world.keys.mchId}`;
    expect((await world.call("GET", path)).json).toMatchObject({
      trade_state: "SUCCESS",
      transaction_id: transaction.transactionId,
      success_time: "2026-01-01T08:00:00+08:00",
      payer: { openid: "oImported" },
    });
    const changed = { transactions: [{ ...transaction, amountFen: 200 }] };
    expect((await world.control("POST", "/import", changed)).status).toBe(409);
    expect(world.receiver.received).toHaveLength(0);
  });

  it("lists who was made by hand first, then the principals of an import, however often", async () => {
    const books = {
      personas: [
        { openid: "oFriend", nickname: "朋友" },
        { openid: "oOwner", nickname: "老王", isPrincipal: true },
      ],
    };
    await world.control("POST", "/import", books);
    const first = await world.createPersona("小明");
    const second = await world.createPersona("小红");
    // What a seed sends when it runs again: everybody that the app knows by now.
    await world.control("POST", "/import", {
      personas: [...books.personas, { openid: first, nickname: "小明" }],
    });
    const openids = (await list("/personas")).map(({ openid }) => openid);
    expect(openids).toEqual([second, first, "oOwner", "oFriend"]);
  });

  it("shows what WeChat saw, and forgets it on reset", async () => {
    const openid = await world.createPersona("小明");
    await world.payOrder("STATE00001", openid);
    await world.advance(3_600);
    expect(await list("/transactions")).toMatchObject([
      { outTradeNo: "STATE00001", tradeState: "SUCCESS", amountFen: 100, payerNickname: "小明" },
    ]);
    expect((await world.control("GET", "/state")).json).toMatchObject({ orders: 1, paidFen: 100 });
    expect((await world.control("POST", "/reset")).status).toBe(204);
    for (const path of ["/transactions", "/refunds", "/notifications", "/personas"]) {
      expect(await list(path)).toEqual([]);
    }
    expect((await world.control("GET", "/clock")).json.offsetMs).toBe(0);
  });

  it("serves the panel, the JS-SDK and faces", async () => {
    const openid = await world.createPersona("小明");
    const fetchType = async (url: string) => {
      const answer = await sendRaw(world.sandbox.url, { method: "GET", url });
      return [answer.status, answer.headers["content-type"]?.split(";")[0]];
    };
    expect(await fetchType("/")).toEqual([200, "text/html"]);
    expect(await fetchType("/open/js/jweixin-1.6.0.js")).toEqual([200, "text/javascript"]);
    expect(await fetchType(`/__sandbox/avatars/${openid}.svg`)).toEqual([200, "image/svg+xml"]);
  });
});

describe("the name of this machine", () => {
  it("is the one the browser used: the app may allow localhost and not 127.0.0.1", async () => {
    const host = `localhost:${world.sandbox.port}`;
    const read = (url: string) =>
      sendRaw(world.sandbox.url, { method: "GET", url, headers: { Host: host } });
    expect((await read("/open/js/jweixin-1.6.0.js")).text).toContain(`http://${host}`);
    const next = encodeURIComponent(`http://${host}/connect/oauth2/authorize?x=1`);
    expect((await read(`/__sandbox/become?next=${next}`)).status).toBe(302);
  });
});

describe("restart", () => {
  const restart = async () => {
    await world.sandbox.close();
    return startSandbox({
      port: 0,
      keys: world.keys,
      appUrl: world.receiver.url,
      stateFile: join(folder, "state.json"),
    });
  };

  it("keeps the books and the clock, and goes on with retries and refunds", async () => {
    const openid = await world.createPersona("小明");
    world.receiver.answers.push(500);
    await world.payOrder("RESTART001", openid);
    await world.advance(0);
    const accepted = await world.call("POST", "/v3/refund/domestic/refunds", {
      out_trade_no: "RESTART001",
      out_refund_no: "R-RESTART001",
      amount: { refund: 100, total: 100, currency: "CNY" },
    });
    expect(accepted.json.status).toBe("PROCESSING");

    const sandbox = await restart();
    try {
      const [notification] = [...sandbox.state.notifications.values()];
      expect(notification).toMatchObject({ state: "pending", scheduledAttempts: 1 });
      await sandbox.clock.advance(15_000);
      expect(notification?.state).toBe("acknowledged");
      expect(sandbox.state.refunds.get("R-RESTART001")?.status).toBe("SUCCESS");
      expect(sandbox.state.orders.get("RESTART001")?.paidAtMs).not.toBeNull();
      expect(sandbox.state.personas.has(openid)).toBe(true);
    } finally {
      await sandbox.close();
    }
  });

  it("a taken port is an error with its name", async () => {
    const options = { keys: world.keys, appUrl: world.receiver.url };
    await expect(startSandbox({ ...options, port: world.sandbox.port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
