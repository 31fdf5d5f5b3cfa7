/** However often and in whatever order a payment is proven, it is one unit. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import {
  expectCleanBooks,
  listNotifications,
  type SandboxNotification,
} from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  call,
  control,
  getOrder,
  getPolicy,
  openOrder,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("F01 the same notify 50 times at once, among queries and worker rounds, is one unit", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  const lost = await payUnheard(friend, order);
  await advance(world, 6);

  const sync = `/api/orders/${order.outTradeNo}/sync`;
  const [resent, one, other] = await Promise.all([
    resend(lost, { copies: 50 }),
    call(world, "POST", sync, { as: friend }),
    call(world, "POST", sync, { as: friend }),
    runWorkerRound(world),
  ]);

  expect(resent.attempts.slice(-50).map(({ status }) => status)).toEqual(Array(50).fill(204));
  expect([one.json.state, other.json.state]).toEqual(["settled", "settled"]);
  expect((await getPolicy(world, code)).units).toBe(2);
  expect(await settledTimes(order.outTradeNo)).toBe(1);
});

test("the query proves it first; the notify that limps behind is thanked and changes nothing", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  const lost = await payUnheard(friend, order);

  const sync = await call(world, "POST", `/api/orders/${order.outTradeNo}/sync`, { as: friend });
  expect(sync.json).toMatchObject({ state: "settled", outcome: { kind: "unit", seq: 2 } });
  const resent = await resend(lost, { copies: 1 });

  expect(resent.attempts.at(-1)?.status).toBe(204);
  expect(await provenBy(order.outTradeNo)).toBe("query");
  expect(await settledTimes(order.outTradeNo)).toBe(1);
});

test("the notify proves it first; asking again and again afterwards changes nothing", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await atCashier(world, friend, order);
  await settleDown(world);
  const first = await getOrder(world, friend, order.outTradeNo);

  for (let time = 0; time < 2; time += 1) {
    const again = await call(world, "POST", `/api/orders/${order.outTradeNo}/sync`, { as: friend });
    expect(again.json).toEqual(first);
  }
  expect(await provenBy(order.outTradeNo)).toBe("notify");
  expect(await settledTimes(order.outTradeNo)).toBe(1);
});

test("our answer is lost on its way to WeChat: its next try finds the unit and is thanked", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "timeout", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await advance(world, 16);

  const [notification] = (await listNotifications(world)).filter(
    ({ outTradeNo }) => outTradeNo === order.outTradeNo,
  );
  expect(notification).toMatchObject({ state: "acknowledged", attempts: [{}, { status: 204 }] });
  expect(await settledTimes(order.outTradeNo)).toBe(1);
});

test("notifies of different friends that arrive at once are one unit each, numbered without holes", async () => {
  const { code } = await applyAndPay(world);
  const opened = await Promise.all(Array.from({ length: 20 }, () => openOrder(world, code)));
  const lost = await Promise.all(opened.map(({ friend, order }) => payUnheard(friend, order)));

  await Promise.all(lost.map((notification) => resend(notification, { copies: 3 })));

  const numbers = await Promise.all(
    opened.map(
      async ({ friend, order }) => (await getOrder(world, friend, order.outTradeNo)).outcome,
    ),
  );
  const sequences = numbers.map((outcome) => (outcome?.kind === "unit" ? outcome.seq : 0));
  expect(sequences.sort((one, other) => one - other)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 2),
  );
});

/** Pays so that nobody tells us yet; returns WeChat's notification, to be sent when the test says. */
async function payUnheard(
  friend: Parameters<typeof atCashier>[1],
  order: Parameters<typeof atCashier>[2],
): Promise<SandboxNotification> {
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order, "pay_silently");
  await settleDown(world);
  const found = (await listNotifications(world)).find(
    ({ outTradeNo }) => outTradeNo === order.outTradeNo,
  );
  expect(found?.attempts).toMatchObject([{ fault: "drop", isAcknowledged: false }]);
  return found as SandboxNotification;
}

function resend(
  notification: SandboxNotification,
  options: { copies: number },
): Promise<SandboxNotification> {
  return control(world, "POST", `/notifications/${notification.id}/resend`, options);
}

async function settledTimes(outTradeNo: string): Promise<number> {
  const [row] = await world.sql<{ count: string }>(
    `SELECT count(*) FROM ledger_entries e JOIN orders o ON o.id = e.order_id
     WHERE o.out_trade_no = $1 AND e.kind = 'payment_settled'`,
    [outTradeNo],
  );
  return Number(row?.count);
}

async function provenBy(outTradeNo: string): Promise<unknown> {
  const [row] = await world.sql("SELECT proven_by FROM orders WHERE out_trade_no = $1", [
    outTradeNo,
  ]);
  return row?.proven_by;
}
