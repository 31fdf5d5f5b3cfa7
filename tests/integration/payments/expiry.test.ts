/** A place is given back only after WeChat has closed the order and has been asked once more (§5.2). */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listTransactions } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  call,
  control,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

const HOLD_SECONDS = 15 * 60;

/** Orders that the tests have done something to behind the product's back at WeChat. */
const explained = new Set<string>();

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world, explained));
afterAll(() => world.close());

test("an expired hold: WeChat is asked, closes, is asked again, then the place is free", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await advance(world, HOLD_SECONDS + 1);
  const linesBefore = world.logs.length;

  await runWorkerRound(world);

  expect(wechatCallsSince(linesBefore)).toEqual([
    "find_transaction",
    "close_order",
    "find_transaction",
  ]);
  expect(await stateAtWechat(order.outTradeNo)).toBe("CLOSED");
  expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("closed");
  expect(await heldOn(code)).toBe(0);
});

test("a hold that has not expired stays, however often WeChat is asked", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  for (let step = 0; step < 8; step += 1) {
    await advance(world, 110);
    await runWorkerRound(world);
    await call(world, "POST", `/api/orders/${order.outTradeNo}/sync`, { as: friend });
  }
  expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("pending");
  expect(await heldOn(code)).toBe(1);
  expect(await stateAtWechat(order.outTradeNo)).toBe("NOTPAY");

  // The story keeps what WeChat said, not how often it said it.
  await atCashier(world, friend, order, "pay_silently");
  await call(world, "POST", `/api/orders/${order.outTradeNo}/sync`, { as: friend });
  expect(await eventsOf(order.outTradeNo, "asked")).toEqual([
    { tradeState: "NOTPAY" },
    { tradeState: "SUCCESS" },
  ]);
});

test("F18 paid between our question and our close: the close finds it, and it is a unit", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  // Under 90 s are left, so a new tap puts the old order away; WeChat still takes its money.
  await advance(world, 14 * 60);
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
  await spoil(world, {
    endpoint: "query",
    kind: "delay",
    delayMs: 3_000,
    outTradeNo: order.outTradeNo,
  });

  const tapped = orderGift(world, code, friend);
  await untilFaultsLeft(1);
  await atCashier(world, friend, order, "pay_silently");

  expect((await tapped).json.code).toBe("already_supported");
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

test("paid after we gave the place back, with room left: a unit all the same", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await forgetOrder(order.outTradeNo);
  expect(await heldOn(code)).toBe(0);

  await atCashier(world, friend, order);
  await settleDown(world);

  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
    kind: "unit",
    seq: 2,
  });
});

test("paid after we gave the place back, and not told: the payer's own question finds it", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await forgetOrder(order.outTradeNo);
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);

  const sync = await call(world, "POST", `/api/orders/${order.outTradeNo}/sync`, { as: friend });
  expect(sync.json).toMatchObject({ state: "settled", outcome: { kind: "unit" } });
});

test("paid after the insured has been forgotten: nothing fails, and the yuan goes back", async () => {
  const owner = await newPerson(world);
  const { policyCode, order } = (await applyFor(world, owner)).json;
  await forgetOrder(order.outTradeNo);
  await world.sql(
    `UPDATE identities SET name_cipher = '', id_number_cipher = '', phone_cipher = '',
       id_number_index = 'forgotten:' || id
     WHERE id = (SELECT identity_id FROM policies WHERE code = $1)`,
    [policyCode],
  );

  await atCashier(world, owner, order);
  await settleDown(world);

  expect((await getOrder(world, owner, order.outTradeNo)).outcome).toMatchObject({
    kind: "refund",
    reason: "policy_not_open",
  });
});

test("an error of our own: the order is asked again on its schedule, and a person is called", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  await world.sql(
    `CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`,
  );
  await world.sql(
    "CREATE TRIGGER broken BEFORE INSERT ON units FOR EACH ROW EXECUTE FUNCTION break_it()",
  );
  const checkNow = async (checksCount: number) => {
    await world.sql(
      "UPDATE orders SET checks_count = $2, next_check_at = created_at WHERE out_trade_no = $1",
      [outTradeNo, checksCount],
    );
    await runWorkerRound(world);
    const kinds = await world.sql<{ kind: string }>(
      "SELECT kind FROM payment_incidents WHERE out_trade_no = $1 AND resolved_at IS NULL",
      [outTradeNo],
    );
    return kinds.map(({ kind }) => kind);
  };

  expect(await checkNow(6)).toEqual([]);
  expect(await eventsOf(outTradeNo, "ask_failed")).toEqual([{ code: "internal" }]);
  const [planned] = await world.sql<{ at: Date }>(
    "SELECT next_check_at AS at FROM orders WHERE out_trade_no = $1",
    [outTradeNo],
  );
  // Far beyond the lease: the schedule, and not a job that is tried again at once.
  expect(Number(planned?.at) - world.deps.now().getTime()).toBeGreaterThan(200_000);
  expect(await checkNow(18)).toEqual([]);
  expect(await checkNow(19)).toEqual(["order_stuck"]);
  expect(await checkNow(20)).toEqual(["order_stuck"]);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("pending");

  await world.sql("DROP TRIGGER broken ON units");
  await checkNow(21);
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  await world.sql("UPDATE payment_incidents SET resolved_at = now() WHERE out_trade_no = $1", [
    outTradeNo,
  ]);
  forgiveErrors("order will be asked again", 4);
});

test("two orders of one friend, both paid: one unit, the other yuan back as already_supported", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await forgetOrder(order.outTradeNo);
  const second = await openOrder(world, code, friend);

  await Promise.all([atCashier(world, friend, order), atCashier(world, friend, second.order)]);
  await settleDown(world);

  const ends = await Promise.all(
    [order, second.order].map(({ outTradeNo }) => getOrder(world, friend, outTradeNo)),
  );
  expect(ends.map(({ outcome }) => outcome?.kind).sort()).toEqual(["refund", "unit"]);
  expect(ends.map(({ outcome }) => outcome)).toContainEqual(
    expect.objectContaining({ reason: "already_supported" }),
  );
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("two first orders of one insured, both paid: one unit 1, the other yuan back", async () => {
  const owner = await newPerson(world);
  const idNumber = newIdNumber();
  const first = await applyFor(world, owner, { idNumber });
  const body = first.json;
  await forgetOrder(body.order.outTradeNo);
  const second = await applyFor(world, owner, { idNumber });
  expect(second.json.policyCode).toBe(body.policyCode);

  await Promise.all([
    atCashier(world, owner, body.order),
    atCashier(world, owner, second.json.order),
  ]);
  await settleDown(world);

  const ends = await Promise.all(
    [body.order, second.json.order].map(({ outTradeNo }) => getOrder(world, owner, outTradeNo)),
  );
  expect(ends.map(({ outcome }) => outcome?.kind).sort()).toEqual(["refund", "unit"]);
  expect(await getPolicy(world, body.policyCode)).toMatchObject({ status: "active", units: 1 });
});

test("F18 WeChat refuses to close for a while: the place stays promised until it does", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "close", kind: "error", count: 2, outTradeNo: order.outTradeNo });
  await advance(world, HOLD_SECONDS + 1);

  await runWorkerRound(world);
  expect(await heldOn(code)).toBe(1);
  await advance(world, 11 * 60);
  await runWorkerRound(world);
  await advance(world, 11 * 60);
  await runWorkerRound(world);
  expect(await heldOn(code)).toBe(0);
  expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("closed");
});

test("given back at WeChat's own console before we had booked it: reported, and the place is free", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  explained.add(outTradeNo);
  await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  await world.deps.pay.requestRefund({
    outTradeNo,
    outRefundNo: "BY-HAND-AT-THE-CONSOLE",
    refundFen: 100,
    totalFen: 100,
    reason: "手工退款",
    notifyUrl: world.deps.config.payNotifyUrl,
  });

  await advance(world, HOLD_SECONDS + 1);
  await runWorkerRound(world);

  expect(await getOrder(world, friend, outTradeNo)).toMatchObject({
    state: "closed",
    outcome: null,
  });
  expect(await heldOn(code)).toBe(0);
  const incidents = await world.sql(
    `UPDATE payment_incidents SET resolved_at = now() WHERE out_trade_no = $1 RETURNING kind`,
    [outTradeNo],
  );
  expect(incidents).toEqual([{ kind: "refunded_elsewhere" }]);
});

/** As if a close at WeChat had been lost: our side forgets the order, WeChat's cashier does not. */
async function forgetOrder(outTradeNo: string): Promise<void> {
  await world.sql(
    `WITH gone AS (UPDATE orders SET state = 'closed', next_check_at = NULL WHERE out_trade_no = $1
       RETURNING policy_id)
     UPDATE policies SET units_held = units_held - 1 WHERE id IN (SELECT policy_id FROM gone)`,
    [outTradeNo],
  );
}

async function eventsOf(outTradeNo: string, kind: string): Promise<unknown[]> {
  const rows = await world.sql<{ details: unknown }>(
    `SELECT details FROM order_events WHERE kind = $2
       AND order_id = (SELECT id FROM orders WHERE out_trade_no = $1) ORDER BY id`,
    [outTradeNo, kind],
  );
  return rows.map(({ details }) => details);
}

/** Takes the errors that a test has caused on purpose out of the log, and counts them. */
function forgiveErrors(msg: string, expected: number): void {
  const isMeant = (line: string) => line.includes('"level":50') && line.includes(`"${msg}"`);
  expect(world.logs.filter(isMeant)).toHaveLength(expected);
  world.logs.splice(0, world.logs.length, ...world.logs.filter((line) => !isMeant(line)));
}

/** Asks the sandbox until that few faults are left, that is, until it is inside the spoiled call. */
async function untilFaultsLeft(count: number): Promise<void> {
  for (let look = 0; look < 2_000; look += 1) {
    const faults = await control<unknown[]>(world, "GET", "/faults");
    if (faults.length <= count) return;
  }
  throw new Error("the call never reached WeChat");
}

function wechatCallsSince(line: number): string[] {
  return world.logs
    .slice(line)
    .map((text) => JSON.parse(text))
    .filter(({ msg }) => msg === "wechat_pay.call")
    .map(({ operation }) => operation);
}

async function stateAtWechat(outTradeNo: string): Promise<string | undefined> {
  return (await listTransactions(world)).find((one) => one.outTradeNo === outTradeNo)?.tradeState;
}

async function heldOn(code: string): Promise<number> {
  const [row] = await world.sql<{ units_held: number }>(
    "SELECT units_held FROM policies WHERE code = $1",
    [code],
  );
  return Number(row?.units_held);
}
