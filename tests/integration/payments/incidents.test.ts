/** Money that moved without us, or a fact without a figure: thanked, put on record, nothing booked. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { explainIncident } from "@/lib/payments/explain-incident";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks } from "@/tests/support/world-books";
import { paidTransaction, postNotify } from "@/tests/support/world-notify";
import {
  advance,
  applyAndPay,
  atCashier,
  friendPays,
  getOrder,
  openOrder,
  type Person,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

/** The try after which a person has to look, as `follow-refund.ts` has it: about a day. */
const ATTEMPTS_BEFORE_REPORT = 55;

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
  await expectCleanBooks(world);
});
afterAll(() => world.close());

test("a refund nobody here asked for, told three times: 204, reported once, nothing booked", async () => {
  const { friend, order } = await friendPays(world, code);
  const before = await entries();
  const content = refundOf(order.outTradeNo, "R-made-at-the-console");
  for (let copy = 0; copy < 3; copy += 1) {
    expect((await postNotify(world, content, { originalType: "refund" })).status).toBe(204);
  }
  expect(await incidentsOf(order.outTradeNo)).toMatchObject([
    {
      kind: "unknown_refund",
      details: { outRefundNo: "R-made-at-the-console", refundFen: 100, status: "SUCCESS" },
    },
  ]);
  expect(await entries()).toBe(before);
  expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("settled");
});

test("our refund's number with another amount: not the refund we asked for, so it does not end ours", async () => {
  const { friend, outTradeNo } = await payUnusably();
  const content = refundOf(outTradeNo, `R${outTradeNo.slice(1)}`, 50);
  expect((await postNotify(world, content, { originalType: "refund" })).status).toBe(204);
  expect(await kindsOf(outTradeNo)).toContain("unknown_refund");
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunding");
});

test("a unit's yuan given back at WeChat's console: reported, and the unit waits for a person", async () => {
  const { friend, order } = await friendPays(world, code);
  const { outTradeNo } = order;
  const transactionId = `${world.sandbox.state.orders.get(outTradeNo)?.transactionId}`;
  const told = paidTransaction(world, { outTradeNo, openid: friend.openid, transactionId });
  const answer = await postNotify(world, { ...told, trade_state: "REFUND" });
  expect(answer.status).toBe(204);
  expect(await kindsOf(outTradeNo)).toEqual(["refunded_elsewhere"]);
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

test.each([
  ["without an amount", undefined],
  ["with an amount without a total", { currency: "CNY" }],
  ["of nothing", { total: 0, currency: "CNY" }],
])(
  "a success %s: reported, nothing booked, and the true payment still arrives",
  async (_label, amount) => {
    const { friend, order } = await openOrder(world, code);
    const { outTradeNo } = order;
    const before = await entries();
    const told = paidTransaction(world, {
      outTradeNo,
      openid: friend.openid,
      transactionId: "4200001234202611229876543210",
    });
    expect((await postNotify(world, { ...told, amount })).status).toBe(204);
    expect(await kindsOf(outTradeNo)).toEqual(["no_amount"]);
    expect(await entries()).toBe(before);
    expect((await getOrder(world, friend, outTradeNo)).state).toBe("pending");

    await atCashier(world, friend, order);
    await settleDown(world);
    expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  },
);

test("one of WeChat's transactions told for two orders: the second is reported, not booked", async () => {
  const { order } = await friendPays(world, code);
  const transactionId = `${world.sandbox.state.orders.get(order.outTradeNo)?.transactionId}`;
  const other = await openOrder(world, code);
  const told = paidTransaction(world, {
    outTradeNo: other.order.outTradeNo,
    openid: other.friend.openid,
    transactionId,
  });
  expect((await postNotify(world, told)).status).toBe(204);
  expect(await kindsOf(other.order.outTradeNo)).toEqual(["second_transaction"]);
  expect((await getOrder(world, other.friend, other.order.outTradeNo)).state).toBe("pending");
});

test("a refund accepted and then unknown to WeChat: asked after with growing patience, never anew", async () => {
  const { friend, outTradeNo } = await acceptedRefund();
  const waits: number[] = [];
  for (let step = 0; step < 4; step += 1) {
    await forgetAtWechat(outTradeNo);
    await advance(world, waits.at(-1) ?? 60);
    await runWorkerRound(world);
    const refund = await refundOnRecord(outTradeNo);
    expect(refund).toMatchObject({ state: "processing", last_error: "RESOURCE_NOT_EXISTS" });
    // From the failure itself, however long the round took.
    waits.push(Math.ceil((refund.next_attempt_at.getTime() - refund.failed_at.getTime()) / 1000));
  }
  for (const [index, wait] of waits.slice(1).entries()) {
    expect(wait).toBeGreaterThan(1.5 * (waits[index] ?? 0));
  }
  expect(await kindsOf(outTradeNo)).toEqual(["amount_mismatch"]);

  await comeToRest(world);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunded");
});

test("still unknown after about a day of tries: a person is called once, and the tries go on", async () => {
  const { friend, outTradeNo } = await acceptedRefund();
  await world.sql(
    `UPDATE refunds SET attempts = $2
     WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [outTradeNo, ATTEMPTS_BEFORE_REPORT - 2],
  );
  const reports: number[] = [];
  for (let step = 0; step < 3; step += 1) {
    await forgetAtWechat(outTradeNo);
    await advance(world, 1_801);
    await runWorkerRound(world);
    reports.push((await kindsOf(outTradeNo)).filter((kind) => kind === "refund_stuck").length);
  }
  expect(reports).toEqual([0, 1, 1]);
  expect(await refundOnRecord(outTradeNo)).toMatchObject({ state: "processing" });

  await comeToRest(world);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunded");
});

test("an error of our own after WeChat has paid it back: tried again, and a person is called soon", async () => {
  const { friend, outTradeNo } = await acceptedRefund();
  await advance(world, 5);
  await world.sql(
    `CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`,
  );
  await world.sql(
    `CREATE TRIGGER broken BEFORE INSERT ON ledger_entries FOR EACH ROW
     WHEN (NEW.kind = 'refund_paid') EXECUTE FUNCTION break_it()`,
  );
  const reports: number[] = [];
  for (let attempts = 2; attempts <= 6; attempts += 1) {
    await advance(world, 60);
    await runWorkerRound(world);
    const refund = await refundOnRecord(outTradeNo);
    expect(refund).toMatchObject({ state: "processing", last_error: "internal", attempts });
    expect(refund.next_attempt_at.getTime()).toBeGreaterThan(world.deps.now().getTime());
    reports.push((await kindsOf(outTradeNo)).filter((kind) => kind === "refund_stuck").length);
  }
  expect(reports).toEqual([0, 0, 0, 1, 1]);

  await world.sql("DROP TRIGGER broken ON ledger_entries");
  await comeToRest(world);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunded");
  const isMeant = (line: string) => line.includes('"code":"internal"');
  const meant = world.logs.filter(isMeant).map((line) => JSON.parse(line));
  expect(meant.filter(({ error }) => `${error}`.includes("broken"))).toHaveLength(5);
  world.logs.splice(0, world.logs.length, ...world.logs.filter((line) => !isMeant(line)));
});

test("explained and still stuck: it is open again", async () => {
  const { outTradeNo } = await acceptedRefund();
  await world.sql(
    `UPDATE refunds SET attempts = $2
     WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [outTradeNo, ATTEMPTS_BEFORE_REPORT],
  );
  for (let step = 0; step < 2; step += 1) {
    await forgetAtWechat(outTradeNo);
    await advance(world, 1_801);
    await runWorkerRound(world);
    const [stuck] = await world.sql<{ id: string; resolution: string | null }>(
      `SELECT id, resolution FROM payment_incidents
       WHERE out_trade_no = $1 AND kind = 'refund_stuck' AND resolved_at IS NULL`,
      [outTradeNo],
    );
    expect(stuck).toMatchObject({ resolution: null });
    await explainIncident(world.deps, { id: `${stuck?.id}`, note: "WeChat looks into it" });
  }
});

function refundOf(outTradeNo: string, outRefundNo: string, refundFen = 100) {
  return {
    mchid: world.keys.mchId,
    out_trade_no: outTradeNo,
    transaction_id: "4200001234202611229876543210",
    out_refund_no: outRefundNo,
    refund_id: "50300806962026030105978994968",
    refund_status: "SUCCESS",
    success_time: "2026-11-22T12:00:00+08:00",
    amount: { total: 100, refund: refundFen, payer_total: 100, payer_refund: refundFen },
  };
}

/** A payment that cannot be a unit, decided and not yet asked back. */
async function payUnusably(): Promise<{ friend: Person; outTradeNo: string }> {
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  return { friend, outTradeNo };
}

/** A refund that WeChat has accepted and of whose end it will not tell by itself. */
async function acceptedRefund(): Promise<{ friend: Person; outTradeNo: string }> {
  const paid = await payUnusably();
  await spoil(world, {
    endpoint: "notify",
    kind: "drop",
    count: 50,
    outTradeNo: paid.outTradeNo,
  });
  await runWorkerRound(world);
  expect(await refundOnRecord(paid.outTradeNo)).toMatchObject({ state: "processing" });
  return paid;
}

/** WeChat's next answer about this refund is that there is none. */
function forgetAtWechat(outTradeNo: string): Promise<void> {
  return spoil(world, {
    endpoint: "refund_query",
    kind: "error",
    status: 404,
    code: "RESOURCE_NOT_EXISTS",
    outTradeNo,
  });
}

interface RefundRow {
  state: string;
  last_error: string | null;
  next_attempt_at: Date;
  attempts: number;
  /** When its last step failed. */
  failed_at: Date;
}

async function refundOnRecord(outTradeNo: string): Promise<RefundRow> {
  const [row] = await world.sql<RefundRow>(
    `SELECT state, last_error, next_attempt_at, attempts, (SELECT max(at) FROM order_events e
       WHERE e.order_id = refunds.order_id AND e.kind = 'refund_call_failed') AS failed_at FROM refunds
     WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [outTradeNo],
  );
  if (!row) throw new Error(`no refund of ${outTradeNo}`);
  return row;
}

function incidentsOf(outTradeNo: string): Promise<{ kind: string; details: unknown }[]> {
  return world.sql(
    "SELECT kind, details FROM payment_incidents WHERE out_trade_no = $1 ORDER BY created_at",
    [outTradeNo],
  );
}

async function kindsOf(outTradeNo: string): Promise<string[]> {
  return (await incidentsOf(outTradeNo)).map(({ kind }) => kind);
}

async function entries(): Promise<unknown> {
  const [row] = await world.sql("SELECT count(*) FROM ledger_entries");
  return row?.count;
}
