/** What WeChat's notifications do in the real world: come twice, late, in disorder, or wrong. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PayableOrder } from "@/lib/payments/contract";
import { startWorld, type World } from "@/tests/support/world";
import {
  comeToRest,
  expectCleanBooks,
  listNotifications,
  type SandboxNotification,
} from "@/tests/support/world-books";
import { paidTransaction, postNotify } from "@/tests/support/world-notify";
import {
  advance,
  applyAndPay,
  atCashier,
  call,
  control,
  getOrder,
  getPolicy,
  openOrder,
  type Person,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";
import { incidentsOf, limitPlaces, loseHold } from "./trouble";

/** Orders whose yuan somebody gave back at WeChat's console: a person has looked into them. */
const explained = new Set<string>();

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  ({ code } = await applyAndPay(world));
});
afterEach(async () => {
  // A person has looked; without that the audit goes on complaining, as it should.
  await world.sql("UPDATE payment_incidents SET resolved_at = now() WHERE resolved_at IS NULL");
  await expectCleanBooks(world, explained);
});
afterAll(() => world.close());

test("F02 the same payment told by two of WeChat's machines, each with its own event number", async () => {
  const { friend, order } = await openOrder(world, code);
  const notification = await payUnheard(friend, order);
  const told = paidTransaction(world, {
    outTradeNo: order.outTradeNo,
    openid: friend.openid,
    transactionId: `${world.sandbox.state.orders.get(order.outTradeNo)?.transactionId}`,
  });
  const answers = await Promise.all([
    control(world, "POST", `/notifications/${notification.id}/resend`, { copies: 5 }),
    ...Array.from({ length: 5 }, () => postNotify(world, told)),
  ]);
  expect(answers.slice(1)).toMatchObject(Array(5).fill({ status: 204 }));
  await advance(world, 1);
  expect((await postNotify(world, told)).status).toBe(204);
  expect((await getPolicy(world, code)).units).toBe(2);
  expect(await entriesOf(order.outTradeNo)).toEqual(["payment_settled"]);
});

describe("F03 the notify of a refund overtakes the payment's", () => {
  test("our own refund, of a payment that we found by asking: refunded once", async () => {
    await limitPlaces(world, code, 2);
    const late = await openOrder(world, code);
    const notification = await payUnheard(late.friend, late.order);
    await loseHold(world, late.order);
    const taken = await openOrder(world, code);
    await atCashier(world, taken.friend, taken.order);
    await settleDown(world);

    await sync(late);
    await comeToRest(world);
    expect((await getOrder(world, late.friend, late.order.outTradeNo)).state).toBe("refunded");
    await control(world, "POST", `/notifications/${notification.id}/resend`, { copies: 2 });

    expect((await getOrder(world, late.friend, late.order.outTradeNo)).state).toBe("refunded");
    expect(await entriesOf(late.order.outTradeNo)).toEqual(["payment_unusable", "refund_paid"]);
  });

  test("a refund made at WeChat's console, of a payment we do not know yet: put on record, nothing booked", async () => {
    const { friend, order } = await openOrder(world, code);
    const notification = await payUnheard(friend, order);
    await world.deps.pay.requestRefund({
      outTradeNo: order.outTradeNo,
      outRefundNo: `BY-HAND-${order.outTradeNo.slice(-12)}`,
      refundFen: 100,
      totalFen: 100,
      reason: "手工退款",
      notifyUrl: world.deps.config.payNotifyUrl,
    });
    await advance(world, 5);
    await control(world, "POST", `/notifications/${notification.id}/resend`, { copies: 1 });
    // The late notify says what was true when it was made, so the yuan became a unit; the refund is
    // not one of ours, so a person is called.
    expect(await incidentsOf(world, order.outTradeNo)).toContain("unknown_refund");
    expect((await getPolicy(world, code)).units).toBe(2);
    explained.add(order.outTradeNo);
  });
});

test("F04 told a day late, and WeChat could not be asked meanwhile: still a unit, dated by the payment", async () => {
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "delay", delayMs: 24 * 3_600_000, outTradeNo });
  await spoil(world, { endpoint: "query", kind: "error", count: 500, outTradeNo });
  await atCashier(world, friend, order, "pay_silently");
  const paidAt = world.deps.now();
  for (let hour = 0; hour < 23; hour += 6) {
    await advance(world, 6 * 3_600 - 60);
    await runWorkerRound(world);
  }
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("pending");
  await advance(world, 3_600);
  const settled = await getOrder(world, friend, outTradeNo);
  expect(settled.outcome).toMatchObject({ kind: "unit", seq: 2 });
  expect(Math.abs(Date.parse(`${settled.paidAt}`) - paidAt.getTime())).toBeLessThan(10_000);
});

test("F05 late, and the last place is somebody else's: no unit, the refund is written with the payment", async () => {
  await limitPlaces(world, code, 2);
  const late = await openOrder(world, code);
  const { outTradeNo } = late.order;
  await loseHold(world, late.order);
  const taken = await openOrder(world, code);
  await atCashier(world, taken.friend, taken.order);
  await settleDown(world);

  await atCashier(world, late.friend, late.order);
  await settleDown(world);
  expect(await getOrder(world, late.friend, outTradeNo)).toMatchObject({
    state: "refunding",
    outcome: { kind: "refund", reason: "cap_reached" },
  });
  // Rows of one transaction carry its number, and say so until they are changed again.
  const [same] = await world.sql(
    `SELECT o.xmin = r.xmin AS refund, o.xmin = e.xmin AS entry, o.xmin = m.xmin AS message
     FROM orders o JOIN refunds r ON r.order_id = o.id JOIN ledger_entries e ON e.order_id = o.id
       JOIN outbox_messages m ON m.payload->>'refundId' = r.id WHERE o.out_trade_no = $1`,
    [outTradeNo],
  );
  expect(same).toEqual({ refund: true, entry: true, message: true });

  await comeToRest(world);
  const told = await world.sql<{ kind: string }>(
    "SELECT kind FROM notices WHERE user_id = $1 ORDER BY kind",
    [late.friend.userId],
  );
  expect(told).toEqual([{ kind: "refund_requested" }, { kind: "refund_succeeded" }]);
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("F08 rightly signed six minutes ago: 401, nothing changes, and the true one is a unit", async () => {
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "stale_replay", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  expect(await statusesOf(order.outTradeNo)).toEqual([401]);
  expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("pending");
  await advance(world, 16);
  expect(await statusesOf(order.outTradeNo)).toEqual([401, 204]);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

describe("F09 rightly signed and wrong: thanked, put on record, and no unit of it", () => {
  test.each([
    ["wrong_amount", "amount_mismatch", "refunded"],
    ["wrong_currency", "amount_mismatch", "refunded"],
    ["wrong_openid", "payer_mismatch", "refunded"],
    // Not about our merchant at all: nothing is booked, and our own question finds the truth.
    ["wrong_appid", "foreign_app", "settled"],
    ["wrong_mchid", "foreign_merchant", "settled"],
  ])("%s is %s, and in the end the yuan is %s", async (kind, incident, end) => {
    const { friend, order } = await openOrder(world, code);
    const { outTradeNo } = order;
    await spoil(world, { endpoint: "notify", kind, outTradeNo });
    await atCashier(world, friend, order);
    await settleDown(world);
    expect(await statusesOf(outTradeNo)).toEqual([204]);
    expect(await incidentsOf(world, outTradeNo)).toEqual([incident]);
    expect((await getPolicy(world, code)).units).toBe(1);
    await comeToRest(world);
    expect((await getOrder(world, friend, outTradeNo)).state).toBe(end);
  });

  test("the evidence is kept even when what follows it fails", async () => {
    const { friend, order } = await openOrder(world, code);
    const { outTradeNo } = order;
    await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
    await spoil(world, { endpoint: "query", kind: "error", outTradeNo });
    await atCashier(world, friend, order);
    await settleDown(world);
    expect(await statusesOf(outTradeNo)).toEqual([502]);
    expect((await getOrder(world, friend, outTradeNo)).state).toBe("pending");
    expect(await incidentsOf(world, outTradeNo)).toEqual(["amount_mismatch"]);
  });
});

test("F10 an order number nobody gave out, told sixteen times: thanked, reported once", async () => {
  const content = paidTransaction(world, {
    outTradeNo: "W261122nobodysnumber1",
    openid: "oNobody",
    transactionId: "4200001234202611229876543210",
  });
  for (let time = 0; time < 16; time += 1) {
    expect((await postNotify(world, content)).status).toBe(204);
  }
  expect(await incidentsOf(world, "W261122nobodysnumber1")).toEqual(["unknown_order"]);
});

describe("F12 bodies that are traps: judged by their bytes, and the true one is a unit", () => {
  test.each([
    ["gzip_body", 401],
    ["huge_body", 413],
    ["invalid_utf8", 401],
    ["reserialised_body", 401],
    // The last of two equal keys counts, in WeChat's books and here, and its tag proves it.
    ["duplicate_keys", 204],
  ])("%s: %i", async (kind, status) => {
    const { friend, order } = await openOrder(world, code);
    await spoil(world, { endpoint: "notify", kind, outTradeNo: order.outTradeNo });
    await atCashier(world, friend, order);
    await settleDown(world);
    expect(await statusesOf(order.outTradeNo)).toEqual([status]);
    await advance(world, 16);
    expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
    });
    expect(await entriesOf(order.outTradeNo)).toEqual(["payment_settled"]);
  });
});

/** Pays so that nobody tells us yet; returns WeChat's notification, to be sent when the test says. */
async function payUnheard(friend: Person, order: PayableOrder): Promise<SandboxNotification> {
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo });
  await atCashier(world, friend, order, "pay_silently");
  await settleDown(world);
  const all = await listNotifications(world);
  return all.find((one) => one.outTradeNo === outTradeNo) as SandboxNotification;
}

function sync({ friend, order }: { friend: Person; order: PayableOrder }): Promise<unknown> {
  return call(world, "POST", `/api/orders/${order.outTradeNo}/sync`, { as: friend });
}

async function entriesOf(outTradeNo: string): Promise<string[]> {
  const rows = await world.sql<{ kind: string }>(
    `SELECT e.kind FROM ledger_entries e JOIN orders o ON o.id = e.order_id
     WHERE o.out_trade_no = $1 ORDER BY e.kind`,
    [outTradeNo],
  );
  return rows.map(({ kind }) => kind);
}

async function statusesOf(outTradeNo: string): Promise<(number | null)[]> {
  const all = await listNotifications(world);
  const found = all.find(
    (one) => one.outTradeNo === outTradeNo && one.eventType === "TRANSACTION.SUCCESS",
  );
  return found?.attempts.map(({ status }) => status) ?? [];
}
