/**
 * The whole promise at once: of a day of 20,000 orders with 200 planted differences exactly these are
 * found, what may be repaired is, the rest is listed, and the second run changes nothing.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { DifferenceKind } from "@/lib/reconciliation/rules";
import type { ReconciliationRun } from "@/lib/reconciliation/runs";
import { startWorld, type World } from "@/tests/support/world";
import { advance, control, spoil } from "@/tests/support/world-story";
import {
  type BulkDay,
  importBulkDay,
  outRefundNoOf,
  outTradeNoOf,
  paidAtOf,
  REFUNDED,
  refundBulk,
  refundedOrder,
  takeGifts,
  transactionIdOf,
  writeBulkDay,
} from "./bulk-day";
import { advanceToBill, advanceToHour, checksums, found, plant, reconcile } from "./days";

/** With the 25 that WeChat was paid for and we were not told of: 20,000. */
const BOOKED = 19_975;

interface Planted {
  kind: DifferenceKind;
  state: "open" | "repaired";
  orders: number[];
}

let world: World;
let billDate: CalendarDate;
let planted: Planted[];
let first: ReconciliationRun;
const timings: Record<string, number> = {};

beforeAll(async () => {
  world = await startWorld();
  billDate = await advanceToHour(world, 20);
  const gifts = takeGifts();
  const refunds = takeRefunds();
  planted = [
    { kind: "payment_absent", state: "open", orders: gifts(20) },
    { kind: "payment_repeated", state: "open", orders: gifts(15) },
    { kind: "payment_amount_differs", state: "open", orders: gifts(15) },
    { kind: "payment_transaction_differs", state: "open", orders: gifts(10) },
    { kind: "payment_state_differs", state: "open", orders: gifts(5) },
    { kind: "payment_payer_differs", state: "open", orders: gifts(8) },
    { kind: "payment_unknown", state: "open", orders: range(90_001, 15) },
    { kind: "payment_missed", state: "repaired", orders: range(BOOKED + 1, 25) },
    { kind: "fee_differs", state: "open", orders: gifts(15) },
    { kind: "fund_absent", state: "open", orders: gifts(10) },
    { kind: "fund_differs", state: "open", orders: gifts(7) },
    { kind: "ledger_differs", state: "open", orders: gifts(7) },
    { kind: "refund_unknown", state: "open", orders: gifts(10) },
    { kind: "refund_absent", state: "open", orders: refunds(10) },
    { kind: "refund_amount_differs", state: "open", orders: refunds(8) },
    { kind: "refund_repeated", state: "open", orders: refunds(5) },
    { kind: "refund_state_differs", state: "open", orders: refunds(5) },
    { kind: "refund_missed", state: "repaired", orders: refunds(10) },
  ];
  const day: BulkDay = {
    billDate,
    orders: BOOKED,
    wrongPayers: ordersOf("payment_payer_differs"),
  };
  await timed("write 20,000 orders", () => writeBulkDay(world, day));
  await timed("import them into WeChat's books", () => importBulkDay(world, day));
  // Nobody tells us of refunds: what we know of them is what the day was written with.
  await spoil(world, { endpoint: "notify", kind: "drop", count: 10_000 });
  const underWay = new Set(ordersOf("refund_missed"));
  await timed("refund 120", () => refundBulk(world, day, (n) => underWay.has(n)));
  await timed("pay 25 unheard of", () => payUnheard(ordersOf("payment_missed")));
  await plant(world, billPlants());
  await plantInLedger(ordersOf("ledger_differs"));
  await advance(world, 60);
  await advanceToBill(world, billDate);
}, 120_000);
afterAll(() => world.close());

test("exactly the 200 planted differences are found, and what may be repaired is", async () => {
  first = await timed("first run", () => reconcile(world, billDate));
  const expected = planted.flatMap(({ kind, state, orders }) =>
    orders.map((n) => `${state} ${kind} ${outTradeNoOf(billDate, n)}`),
  );
  expect(expected).toHaveLength(200);
  expect(new Set(planted.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(12);
  expect(await found(world, billDate)).toEqual(expected.sort());
  expect(first).toMatchObject({
    state: "differs",
    figures: { isEqual: false, differences: { open: 165, repaired: 35, explained: 0 } },
  });
}, 120_000);

test("what WeChat was paid became a unit where there was room and in time, and a refund elsewhere", async () => {
  const rows = await world.sql<{ state: string; reason: string | null; count: number }>(
    `SELECT o.state::text, r.reason, count(*)::int FROM orders o LEFT JOIN refunds r ON r.order_id = o.id
     WHERE o.out_trade_no >= $1 AND o.transaction_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    [outTradeNoOf(billDate, BOOKED + 1)],
  );
  expect(rows).toEqual([
    { state: "refunding", reason: "cap_reached", count: 5 },
    { state: "refunding", reason: "collecting_closed", count: 5 },
    { state: "settled", reason: null, count: 15 },
  ]);
  expect(
    await world.sql("SELECT count(*)::int AS count FROM refunds WHERE state = 'processing'"),
  ).toEqual([{ count: 0 }]);
});

test("the fees are booked once, as WeChat charged them", async () => {
  const [fees] = await world.sql<{ fen: number; entries: number }>(
    `SELECT sum(p.amount_fen)::int AS fen, count(*)::int AS entries FROM ledger_entries e
     JOIN ledger_postings p ON p.entry_id = e.id AND p.account = 'wechat_fees' WHERE e.bill_date = $1`,
    [billDate],
  );
  expect(fees).toEqual({ fen: first.figures?.fees.billFen, entries: 1 });
  expect(first.figures?.fees).toMatchObject({ ledgerFen: fees?.fen });
});

test("the second run finds the same and changes nothing", async () => {
  const before = await checksums(world);
  const second = await timed("second run", () => reconcile(world, billDate));
  expect(await checksums(world)).toEqual(before);
  expect(second.id).not.toBe(first.id);
  const { seconds: _first, ...firstFigures } = first.figures ?? {};
  const { seconds: _second, ...secondFigures } = second.figures ?? {};
  expect(secondFigures).toEqual(firstFigures);
  // biome-ignore lint/suspicious/noConsole: the figures are part of what this test shows.
  console.info(JSON.stringify({ timings, first: first.figures, second: second.figures?.seconds }));
}, 120_000);

function ordersOf(kind: DifferenceKind): number[] {
  return planted.find((one) => one.kind === kind)?.orders ?? [];
}

function billPlants(): object[] {
  const each = (kind: DifferenceKind, toPlant: (outTradeNo: string, n: number) => object[]) =>
    ordersOf(kind).flatMap((n) =>
      toPlant(outTradeNoOf(billDate, n), n).map((one) => ({ billDate, ...one })),
    );
  const eachRefund = (kind: DifferenceKind, fields: object) =>
    ordersOf(kind).map((n) => ({ billDate, outRefundNo: outRefundNoOf(billDate, n), ...fields }));
  return [
    ...each("payment_absent", (outTradeNo) => [{ kind: "omit_row", outTradeNo }]),
    ...each("payment_repeated", (outTradeNo) => [{ kind: "duplicate_row", outTradeNo }]),
    // One fen more costs the same fee.
    ...each("payment_amount_differs", (outTradeNo) => [
      { kind: "change_amount", outTradeNo, amountFen: 101 },
    ]),
    ...each("payment_transaction_differs", (outTradeNo, n) => [
      { kind: "change_transaction", outTradeNo, transactionId: transactionIdOf(n + 1_000_000) },
    ]),
    ...each("payment_state_differs", (outTradeNo) => [
      { kind: "change_state", outTradeNo, state: "REVOKED" },
    ]),
    ...each("payment_unknown", (outTradeNo) => [
      { kind: "add_payment", outTradeNo, amountFen: 100 },
    ]),
    ...each("fee_differs", (outTradeNo) => [{ kind: "change_fee", outTradeNo, feeFen: 2 }]),
    ...each("fund_absent", (outTradeNo) => [
      { kind: "omit_fund_row", outTradeNo },
      { kind: "omit_fund_row", outTradeNo, isFeeRow: true },
    ]),
    ...each("fund_differs", (outTradeNo) => [
      { kind: "change_fund_amount", outTradeNo, amountFen: 99 },
    ]),
    ...each("refund_unknown", (outTradeNo) => [{ kind: "add_refund", outTradeNo, amountFen: 100 }]),
    ...eachRefund("refund_absent", { kind: "omit_row" }),
    ...eachRefund("refund_amount_differs", { kind: "change_amount", amountFen: 99 }),
    ...eachRefund("refund_repeated", { kind: "duplicate_row" }),
    ...eachRefund("refund_state_differs", { kind: "change_state", state: "FAIL" }),
  ];
}

/** Money that the ledger claims and nobody paid. */
async function plantInLedger(orders: readonly number[]): Promise<void> {
  await world.sql(
    `WITH entry AS (
       INSERT INTO ledger_entries (id, kind, order_id, created_at)
       SELECT 'led_false_' || n, 'payment_unusable', 'ord_' || n, $2 FROM unnest($1::int[]) n RETURNING id)
     INSERT INTO ledger_postings (entry_id, account, amount_fen)
     SELECT id, 'wechat_clearing', 100 FROM entry UNION ALL SELECT id, 'refunds_payable', -100 FROM entry`,
    [orders, world.deps.now()],
  );
}

/**
 * Paid at WeChat, and we were never told: eight orders still pending, seven closed, five of a policy
 * that is full by now and five of one whose window had closed.
 */
async function payUnheard(orders: readonly number[]): Promise<void> {
  await world.sql("UPDATE policies SET units_held = 8 WHERE id = 'pol_201'");
  await world.sql("UPDATE policies SET units_max = units_paid WHERE id = 'pol_202'");
  await world.sql(
    "UPDATE policies SET collecting_until = created_at - interval '1 hour' WHERE id = 'pol_203'",
  );
  for (const [index, n] of orders.entries()) {
    const policy = index < 15 ? "pol_201" : index < 20 ? "pol_202" : "pol_203";
    const paidAt = paidAtOf(billDate, n);
    await world.sql(
      `WITH payer AS (
         INSERT INTO users (id, app_id, openid, created_at) VALUES ('usr_late' || $1, $2, 'oLate' || $1, $3) RETURNING id)
       INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, state,
         expires_at, next_check_at, created_at)
       SELECT 'ord_' || $1, $4, 'gift', $5, id, 'oLate' || $1, 100, '微互助', $6::order_state, $3, $7, $3 FROM payer`,
      [
        String(n),
        world.deps.config.appId,
        paidAt,
        outTradeNoOf(billDate, n),
        policy,
        index < 8 ? "pending" : "closed",
        index < 8 ? paidAt : null,
      ],
    );
  }
  const transactions = orders.map((n) => ({
    outTradeNo: outTradeNoOf(billDate, n),
    transactionId: transactionIdOf(n),
    openid: `oLate${n}`,
    amountFen: 100,
    successTime: paidAtOf(billDate, n).toISOString(),
    description: "微互助",
  }));
  await control(world, "POST", "/import", { transactions });
}

function takeRefunds(): (howMany: number) => number[] {
  let next = 0;
  return (howMany) =>
    Array.from({ length: howMany }, () => {
      next += 1;
      expect(next).toBeLessThanOrEqual(REFUNDED);
      return refundedOrder(next);
    });
}

const range = (from: number, howMany: number) =>
  Array.from({ length: howMany }, (_, index) => from + index);

async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  timings[step] = Math.round((performance.now() - startedAt) / 10) / 100;
  return result;
}
