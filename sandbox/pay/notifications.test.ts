import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isNotifySigned, openNotify, parseNotify } from "../testing/notify-reader";
import type { ReceivedNotify } from "../testing/notify-receiver";
import { startTestWorld, type TestWorld } from "../testing/world";

/** The payment notify: its bytes, its retries on the moved clock, and everything that spoils it. */

let world: TestWorld;
let openid: string;
beforeEach(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("小红");
});
afterEach(() => world.close());

const parse = parseNotify;
const isSigned = (notify: ReceivedNotify) => isNotifySigned(world.keys, notify);
const open = (notify: ReceivedNotify) =>
  openNotify(world.keys, notify) as { out_trade_no: string; amount: { total: number } };

interface NotificationView {
  id: string;
  state: string;
  createdAt: string;
  nextAttemptAt: string | null;
  attempts: { at: string; status: number | null; error: string | null; fault: string | null }[];
}
const listNotifications = async () =>
  JSON.parse((await world.control("GET", "/notifications")).text) as NotificationView[];
const getNotification = async () => {
  const [notification] = await listNotifications();
  if (!notification) throw new Error("nothing was notified");
  return notification;
};
const addFault = (kind: string, more: Record<string, unknown> = {}) =>
  world.control("POST", "/faults", { endpoint: "notify", kind, ...more });

describe("one payment", () => {
  it("is told at once, signed, encrypted, with WeChat's headers", async () => {
    await world.payOrder("NOTIFY0001", openid);
    const [notify] = world.receiver.received;
    if (!notify) throw new Error("nothing arrived");
    expect(isSigned(notify)).toBe(true);
    expect(notify.headers).toMatchObject({
      "user-agent": "Mozilla/4.0",
      accept: "*/*",
      "content-type": "application/json",
      "wechatpay-serial": world.keys.publicKeyId,
      "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
    });
    expect(parse(notify)).toMatchObject({
      id: expect.stringMatching(/^EV-\d+$/),
      event_type: "TRANSACTION.SUCCESS",
      resource_type: "encrypt-resource",
      summary: "支付成功",
      resource: { original_type: "transaction", algorithm: "AEAD_AES_256_GCM" },
    });
    expect(open(notify)).toMatchObject({
      out_trade_no: "NOTIFY0001",
      trade_state: "SUCCESS",
      amount: { total: 100, payer_total: 100 },
      payer: { openid },
    });
    expect(await getNotification()).toMatchObject({ state: "acknowledged", nextAttemptAt: null });
  });

  it("nothing is told about a cancelled one", async () => {
    const prepayId = await world.prepay("NOTIFY0002", openid);
    const answer = await world.pay(prepayId, openid, "cancel");
    expect(answer.json).toEqual({ tradeState: "NOTPAY" });
    await world.advance(3_600);
    expect(world.receiver.received).toHaveLength(0);
  });

  it("a page that is never told changes nothing for the server", async () => {
    const prepayId = await world.prepay("NOTIFY0003", openid);
    const answer = await world.pay(prepayId, openid, "pay_silently");
    expect(answer.json).toEqual({ tradeState: "SUCCESS" });
    await world.advance(0);
    expect(world.receiver.received).toHaveLength(1);
  });
});

describe("retries (wechat.md §1.11)", () => {
  it("come at 15s/15s/30s/3m/10m/20m/30m×3/60m/3h×3/6h×2 and end after 24 h 4 min", async () => {
    world.receiver.answers.push(...Array.from({ length: 16 }, () => 500));
    await world.payOrder("RETRY00001", openid);
    await world.advance(2 * 86_400);
    const notification = await getNotification();
    expect(notification.state).toBe("given_up");
    const momentsMs = notification.attempts.map((attempt) => Date.parse(attempt.at));
    const waits = momentsMs.slice(1).map((at, index) => (at - (momentsMs[index] ?? 0)) / 1000);
    const table = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800];
    // An attempt takes real milliseconds, during which the moved clock runs on.
    expect(waits.map(Math.round)).toEqual([...table, 21600, 21600]);
    const totalMs = (momentsMs.at(-1) ?? 0) - (momentsMs[0] ?? 0);
    expect(Math.round(totalMs / 60_000)).toBe(24 * 60 + 4);
  });

  it("stop at the first 200 or 204, and every attempt is signed afresh at its own time", async () => {
    world.receiver.answers.push(500, 404, 200);
    await world.payOrder("RETRY00002", openid);
    await world.advance(86_400);
    const { received } = world.receiver;
    expect(received).toHaveLength(3);
    expect(received.every(isSigned)).toBe(true);
    expect(new Set(received.map((notify) => parse(notify).id)).size).toBe(1);
    const stamps = received.map((notify) => Number(notify.headers["wechatpay-timestamp"]));
    expect((stamps[2] ?? 0) - (stamps[0] ?? 0)).toBeGreaterThanOrEqual(30);
    expect((await getNotification()).attempts.map((attempt) => attempt.status)).toEqual([
      500, 404, 200,
    ]);
  });

  it.each([201, 302, 400])("%i is no acknowledgement", async (status) => {
    world.receiver.answers.push(status);
    await world.payOrder("RETRY00003", openid);
    expect((await getNotification()).state).toBe("pending");
  });

  it("a merchant whose server is down is tried again", async () => {
    const order = { ...world.orderOf("RETRY00004", openid), notify_url: "http://127.0.0.1:1/n" };
    const prepay = await world.call("POST", "/v3/pay/transactions/jsapi", order);
    await world.pay(String(prepay.json.prepay_id), openid);
    await world.advance(15);
    const notification = await getNotification();
    expect(notification.attempts).toHaveLength(2);
    expect(notification.attempts[0]).toMatchObject({ status: null, error: "ECONNREFUSED" });
  });
});

describe("key modes", () => {
  it("certificate signs with the platform's key, both alternates", async () => {
    await world.control("POST", "/settings", { keyMode: "certificate" });
    await world.payOrder("KEYMODE001", openid);
    await world.control("POST", "/settings", { keyMode: "both" });
    await world.payOrder("KEYMODE002", openid);
    await world.payOrder("KEYMODE003", openid);
    const { received } = world.receiver;
    expect(received.every(isSigned)).toBe(true);
    const { platformSerial, publicKeyId } = world.keys;
    expect(received.map((notify) => notify.headers["wechatpay-serial"])).toEqual([
      platformSerial,
      publicKeyId,
      platformSerial,
    ]);
  });
});

describe("faults", () => {
  it.each(["forge", "signtest", "bad_signature", "unsigned_response"])(
    "%s fails verification, and the retry is right",
    async (kind) => {
      await addFault(kind);
      world.receiver.answers.push(401);
      await world.payOrder("FAULT00001", openid);
      await world.advance(15);
      const { received } = world.receiver;
      expect(received.map(isSigned)).toEqual([false, true]);
      // A forgery names the real key, and its content opens: only the signature tells.
      if (kind === "forge") expect(open(received[0] as ReceivedNotify).amount.total).toBe(100);
    },
  );

  it("flipped_tag is rightly signed and does not open", async () => {
    await addFault("flipped_tag");
    await world.payOrder("FAULT00002", openid);
    const [notify] = world.receiver.received as [ReceivedNotify];
    expect(isSigned(notify)).toBe(true);
    expect(() => open(notify)).toThrow();
  });

  it("wrong_amount is rightly signed and encrypted, and lies", async () => {
    await addFault("wrong_amount");
    await world.payOrder("FAULT00003", openid);
    const [notify] = world.receiver.received as [ReceivedNotify];
    expect(isSigned(notify)).toBe(true);
    expect(open(notify).amount.total).toBe(101);
  });

  it("duplicate sends the same event side by side", async () => {
    await addFault("duplicate", { copies: 9 });
    await world.payOrder("FAULT00004", openid);
    expect(world.receiver.received).toHaveLength(10);
    const ids = world.receiver.received.map((notify) => parse(notify).id);
    expect(new Set(ids).size).toBe(1);
  });

  it("drop and timeout cost one attempt each: not arrived, and arrived without an answer", async () => {
    await addFault("drop");
    await addFault("timeout");
    await world.payOrder("FAULT00005", openid);
    await world.advance(30);
    const notification = await getNotification();
    expect(notification.state).toBe("acknowledged");
    expect(notification.attempts.map((attempt) => attempt.fault)).toEqual([
      "drop",
      "timeout",
      null,
    ]);
    expect(world.receiver.received).toHaveLength(2);
  });

  it("delay comes late on the sandbox's clock", async () => {
    await addFault("delay", { delayMs: 3_600_000 });
    await world.payOrder("FAULT00006", openid);
    await world.advance(3_590);
    expect(world.receiver.received).toHaveLength(0);
    await world.advance(11);
    expect(world.receiver.received).toHaveLength(1);
  });

  it("reorder lets the next notification overtake", async () => {
    await addFault("reorder");
    await world.payOrder("FAULT00007", openid);
    await world.payOrder("FAULT00008", openid);
    await world.advance(0);
    expect(world.receiver.received.map((notify) => open(notify).out_trade_no)).toEqual([
      "FAULT00008",
      "FAULT00007",
    ]);
  });

  it("reorder without a next one is only a short delay", async () => {
    await addFault("reorder");
    await world.payOrder("FAULT00009", openid);
    await world.advance(6);
    expect(world.receiver.received).toHaveLength(1);
  });
});

describe("resend", () => {
  it("sends again whatever the state, many at once, spoiled on request", async () => {
    await world.payOrder("RESEND0001", openid);
    const { id } = await getNotification();
    const path = `/notifications/${id}/resend`;
    expect((await world.control("POST", path, { copies: 50 })).status).toBe(200);
    expect((await world.control("POST", path, { kind: "forge" })).status).toBe(200);
    const { received } = world.receiver;
    expect(received).toHaveLength(52);
    expect(received.slice(0, 51).every(isSigned)).toBe(true);
    expect(isSigned(received[51] as ReceivedNotify)).toBe(false);
  });

  it("an unknown notification is 404", async () => {
    expect((await world.control("POST", "/notifications/EV-0/resend")).status).toBe(404);
  });
});
