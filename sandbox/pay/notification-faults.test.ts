import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isNotifySigned, openNotify, parseNotify } from "../testing/notify-reader";
import type { ReceivedNotify } from "../testing/notify-receiver";
import { createRefundRequests } from "../testing/refund-requests";
import { startTestWorld, type TestWorld } from "../testing/world";

/** Notifies that are rightly signed and wrong all the same, and bodies that are traps. */

let world: TestWorld;
let openid: string;
beforeEach(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("小红");
});
afterEach(() => world.close());

/** Spoils one notify, which the merchant refuses, and returns it with its right repetition. */
async function payWithFault(kind: string, more: Record<string, unknown> = {}) {
  await world.control("POST", "/faults", { endpoint: "notify", kind, ...more });
  world.receiver.answers.push(401);
  await world.payOrder("TRAP000001", openid);
  await world.advance(15);
  const [spoiled, right] = world.receiver.received as [ReceivedNotify, ReceivedNotify];
  expect(isNotifySigned(world.keys, right)).toBe(true);
  expect(openNotify(world.keys, right).out_trade_no).toBe("TRAP000001");
  return { spoiled, right };
}
const isSigned = (notify: ReceivedNotify) => isNotifySigned(world.keys, notify);
const readStamp = (notify: ReceivedNotify) => Number(notify.headers["wechatpay-timestamp"]);

describe("lies, rightly signed", () => {
  it.each<[string, Record<string, unknown>]>([
    ["wrong_amount", { amount: { total: 101, payer_total: 101, currency: "CNY" } }],
    ["wrong_currency", { amount: { total: 100, currency: "HKD", payer_currency: "HKD" } }],
    ["wrong_appid", { appid: "wx0000000000000000" }],
    ["wrong_mchid", { mchid: "1900000000" }],
    ["wrong_openid", { payer: { openid: expect.not.stringMatching(/^$/) } }],
    ["wrong_number", { out_trade_no: "TRAP000000" }],
  ])("F09 %s", async (kind, lie) => {
    const { spoiled, right } = await payWithFault(kind);
    expect(isSigned(spoiled)).toBe(true);
    const lies = openNotify(world.keys, spoiled);
    expect(lies).toMatchObject(lie);
    const truth = openNotify(world.keys, right);
    const changed = Object.keys(truth).filter(
      (name) => JSON.stringify(truth[name]) !== JSON.stringify(lies[name]),
    );
    // Only the lie differs: a number that is another order's has another transaction's too.
    const numbers = ["out_trade_no", "transaction_id"];
    expect(changed.sort()).toEqual(kind === "wrong_number" ? numbers : Object.keys(lie));
  });

  it("wrong_amount of a refund is wrong in all its amounts", async () => {
    await world.payOrder("TRAP000002", openid);
    const { bodyOf, refund } = createRefundRequests(() => world);
    await world.control("POST", "/faults", { endpoint: "notify", kind: "wrong_amount" });
    await refund(bodyOf("TRAP000002", "R-TRAP000002", 60));
    await world.advance(2);
    const notify = world.receiver.received.at(-1) as ReceivedNotify;
    expect(openNotify(world.keys, notify).amount).toEqual({
      total: 101,
      refund: 61,
      payer_total: 101,
      payer_refund: 61,
    });
  });
});

describe("clocks", () => {
  it("F08 stale_replay is a true message, signed six minutes ago", async () => {
    const { spoiled, right } = await payWithFault("stale_replay");
    expect(isSigned(spoiled)).toBe(true);
    const ageSeconds = readStamp(right) - readStamp(spoiled);
    expect(ageSeconds).toBeGreaterThanOrEqual(360 + 15);
    expect(ageSeconds).toBeLessThan(360 + 25);
  });

  it("F47 clock_skew: WeChat's clock is ahead, or behind, by what was ordered", async () => {
    const { spoiled, right } = await payWithFault("clock_skew", { delayMs: 600_000 });
    expect(isSigned(spoiled)).toBe(true);
    expect(readStamp(spoiled) - readStamp(right)).toBeGreaterThan(570);
    const behind = { endpoint: "notify", kind: "clock_skew", delayMs: -600_000 };
    expect((await world.control("POST", "/faults", behind)).status).toBe(201);
    await world.payOrder("TRAP000003", openid);
    const last = world.receiver.received.at(-1) as ReceivedNotify;
    expect(readStamp(last)).toBeLessThan(readStamp(right) - 570);
  });
});

describe("body traps", () => {
  it("F12 gzip_body: compressed on the way, signed as it was before", async () => {
    const { spoiled } = await payWithFault("gzip_body");
    expect(spoiled.headers["content-encoding"]).toBe("gzip");
    expect(isSigned(spoiled)).toBe(false);
    expect(isSigned({ ...spoiled, bytes: gunzipSync(spoiled.bytes) })).toBe(true);
  });

  it("F12 huge_body: a megabyte, rightly signed", async () => {
    const { spoiled } = await payWithFault("huge_body");
    expect(spoiled.bytes.length).toBeGreaterThanOrEqual(1024 * 1024);
    expect(isSigned(spoiled)).toBe(true);
  });

  it("F12 invalid_utf8: signed over bytes that no string gives back", async () => {
    const { spoiled } = await payWithFault("invalid_utf8");
    expect(isSigned(spoiled)).toBe(true);
    expect(isSigned({ ...spoiled, bytes: Buffer.from(spoiled.body) })).toBe(false);
  });

  it("F12 duplicate_keys: the first id and resource are false, the last ones true", async () => {
    const { spoiled, right } = await payWithFault("duplicate_keys");
    expect(isSigned(spoiled)).toBe(true);
    expect(spoiled.body.match(/"id":/g)).toHaveLength(2);
    expect(spoiled.body.indexOf("EV-0")).toBeLessThan(spoiled.body.indexOf(parseNotify(right).id));
    expect(parseNotify(spoiled).id).toBe(parseNotify(right).id);
  });

  it("F12 reserialised_body: the same JSON, other bytes", async () => {
    const { spoiled, right } = await payWithFault("reserialised_body");
    expect(isSigned(spoiled)).toBe(false);
    expect(isSigned({ ...spoiled, bytes: Buffer.from(JSON.stringify(parseNotify(spoiled))) })).toBe(
      true,
    );
    expect(parseNotify(spoiled).id).toBe(parseNotify(right).id);
  });
});
