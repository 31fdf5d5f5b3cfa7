/**
 * Settles of strangers share a statement and nothing else: what is wrong, held or raced over with
 * one payment never reaches another, whichever process writes it.
 */
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/lib/db/database";
import { isDatabaseUnavailable } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { assert } from "@/lib/errors/errors";
import { newId } from "@/lib/ids";
import { askOrder } from "@/lib/payments/ask-order";
import { findOrder, findSettleSnapshot, type OrderRow } from "@/lib/payments/orders";
import { decideSettlement } from "@/lib/payments/rules";
import { settlePayment } from "@/lib/payments/settle-payment";
import { type UnitWrite, type WrittenUnit, writeUnit } from "@/lib/payments/write-unit";
import { getPlan } from "@/lib/plans/queries";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  applyAndPay,
  atCashier,
  getPolicy,
  openOrder,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

/** A lock is waited for half a second, once; the rest is the machine's own time. */
const STRANGERS_WAIT_MS = 1_500;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("90 gifts on one policy, settled by two processes while others of its orders are closed", async () => {
  const { code } = await applyAndPay(world);
  const unpaid = await openOrders(code, 9);
  const paid = await payUnheard(code, 90);
  const other: Deps = { ...world.deps, db: createDatabase(world.databaseUrl, 10) };
  const transactions = await Promise.all(
    paid.map(({ outTradeNo }) => world.deps.pay.findTransaction(outTradeNo)),
  );

  try {
    // Each payment is proven to both processes at once, as notify and poll may do.
    const [settled, closed] = await Promise.all([
      Promise.all(
        [world.deps, other].flatMap((deps) =>
          transactions.map((transaction) => {
            assert(transaction, "WeChat knows the payment");
            return settlePayment(deps, transaction, "query");
          }),
        ),
      ),
      Promise.all(
        unpaid.map((order, index) =>
          askOrder(index % 2 ? other : world.deps, order, { canClose: "now" }),
        ),
      ),
    ]);
    const kinds = settled.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "unit")).toHaveLength(90);
    expect(kinds.filter((kind) => kind === "already_settled")).toHaveLength(90);
    expect(closed).toEqual(Array(9).fill({ kind: "closed" }));
  } finally {
    await other.db.close();
  }
  expect(await placesOf(code)).toEqual({ units_paid: 91, units_held: 0, endorsements_count: 91 });
  const numbers = await world.sql<{ seq: number }>(
    `SELECT seq FROM units WHERE policy_id = (SELECT id FROM policies WHERE code = $1) ORDER BY seq`,
    [code],
  );
  expect(numbers.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 91 }, (_, index) => index + 1),
  );
  expect(world.logs.filter((line) => /deadlock|40P01/.test(line))).toEqual([]);
});

test("numbers that grow longer than their digits are still numbers", async () => {
  await world.sql("SELECT setval('policy_number_seq', 999999)");
  const { code } = await applyAndPay(world);
  const [policy] = await world.sql("SELECT number FROM policies WHERE code = $1", [code]);
  expect(policy?.number).toMatch(/^WH\d{4}-1000000$/);

  const { code: next } = await applyAndPay(world);
  const [following] = await world.sql("SELECT number FROM policies WHERE code = $1", [next]);
  expect(following?.number).toMatch(/^WH\d{4}-1000001$/);

  const [padded] = await world.sql(
    `SELECT pad_number(7, 3) AS short, pad_number(999, 3) AS full, pad_number(1000, 3) AS long`,
  );
  expect(padded).toEqual({ short: "007", full: "999", long: "1000" });
});

describe("one bad payment among twenty of one statement", () => {
  test("refuses only itself, and right itself it is written", async () => {
    const { code } = await applyAndPay(world);
    const writes = await writesOf(await payUnheard(code, 20));
    const poison = writes[7] as UnitWrite;

    const results = await Promise.allSettled(
      writes.map((write) =>
        writeUnit(world.deps.db, write === poison ? { ...write, paidFen: 99 } : write),
      ),
    );

    expect(results.map(({ status }) => status)).toEqual(
      writes.map((write) => (write === poison ? "rejected" : "fulfilled")),
    );
    expect(reasonsOf(results)).toMatchObject([
      { code: "23514", constraint: "orders_settled_amount" },
    ]);
    expect(await placesOf(code)).toMatchObject({ units_paid: 20, units_held: 1 });
    expect(await writeUnit(world.deps.db, poison)).toMatchObject({ seq: 21 });
  });

  test("whose date cannot be is refused alone too", async () => {
    const { code } = await applyAndPay(world);
    const writes = await writesOf(await payUnheard(code, 3));
    const [first, poison, last] = writes as [UnitWrite, UnitWrite, UnitWrite];
    const terms = { ...poison.terms, maturesOn: poison.terms.effectiveOn };
    const results = await Promise.allSettled(
      [first, { ...poison, terms }, last].map((write) => writeUnit(world.deps.db, write)),
    );
    expect(reasonsOf(results)).toMatchObject([{ code: "23514", constraint: "units_dates" }]);
    await writeUnit(world.deps.db, poison);
    expect(await placesOf(code)).toMatchObject({ units_paid: 4, units_held: 0 });
  });
});

describe("a row that somebody holds", () => {
  test.each([
    ["a policy, and one of its settles waits", "policies" as const, 1],
    ["a policy, and twelve of its settles wait", "policies" as const, 12],
    ["an order", "orders" as const, 1],
  ])(
    "%s: strangers are written within about a second, the held ones after",
    async (_label, table, held) => {
      const [mine, strangers] = [await applyAndPay(world), await applyAndPay(world)];
      const heldWrites = await writesOf(await payUnheard(mine.code, held));
      const freeWrites = await writesOf(await payUnheard(strangers.code, 8));
      const id = table === "policies" ? heldWrites[0]?.policyId : heldWrites[0]?.orderId;
      const release = await holdRow(table, `${id}`);

      const startedAtMs = performance.now();
      const write = (one: UnitWrite) => writeUnit(world.deps.db, one);
      const [refused, written] = await Promise.all([
        Promise.allSettled(heldWrites.map(write)),
        Promise.all(freeWrites.map(write)),
      ]).finally(release);
      const waitedMs = performance.now() - startedAtMs;

      expect(written).toHaveLength(8);
      expect(waitedMs).toBeLessThan(STRANGERS_WAIT_MS + (table === "orders" ? 500 : 0));
      expect(refused.map(({ status }) => status)).toEqual(Array(held).fill("rejected"));
      // The class that answers 503: WeChat comes again.
      expect(reasonsOf(refused).every(isDatabaseUnavailable)).toBe(true);
      await Promise.all(heldWrites.map(write));
      expect((await getPolicy(world, mine.code)).units).toBe(1 + held);
    },
  );
});

test("a close that holds an order may take its policy while a batch waits for that order", async () => {
  const { code } = await applyAndPay(world);
  const writes = await writesOf(await payUnheard(code, 6));
  writes.sort((one, other) => (one.orderId < other.orderId ? -1 : 1));
  const last = writes.at(-1) as UnitWrite;
  const closing = new pg.Client({ connectionString: world.databaseUrl, lock_timeout: 3_000 });
  await closing.connect();
  await closing.query("BEGIN");
  await closing.query("SELECT 1 FROM orders WHERE id = $1 FOR UPDATE", [last.orderId]);

  const written = Promise.all(writes.map((write) => writeUnit(world.deps.db, write)));
  await expect.poll(waitingForLocks, { interval: 10, timeout: 10_000 }).toBe(1);
  await closing.query("SELECT 1 FROM policies WHERE id = $1 FOR UPDATE", [last.policyId]);
  await closing.query("ROLLBACK");
  await closing.end();

  expect(await written).toHaveLength(6);
});

async function waitingForLocks(): Promise<number> {
  const [row] = await world.sql<{ count: string }>(
    `SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return Number(row?.count);
}

/** Another connection's lock, until it is released. */
async function holdRow(table: "policies" | "orders", id: string): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: world.databaseUrl });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  return () => holder.end();
}

function reasonsOf(results: PromiseSettledResult<WrittenUnit>[]): unknown[] {
  return results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
}

async function openOrders(code: string, howMany: number): Promise<OrderRow[]> {
  const opened = await Promise.all(Array.from({ length: howMany }, () => openOrder(world, code)));
  return Promise.all(
    opened.map(async ({ order }) => {
      const row = await findOrder(world.deps.db, order.outTradeNo);
      assert(row, "the order was made");
      return row;
    }),
  );
}

/** Orders that are paid at WeChat and of which we have heard nothing yet. */
async function payUnheard(code: string, howMany: number): Promise<OrderRow[]> {
  const opened = await Promise.all(Array.from({ length: howMany }, () => openOrder(world, code)));
  for (const { friend, order } of opened) {
    const { outTradeNo } = order;
    await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo });
    await atCashier(world, friend, order);
  }
  await settleDown(world);
  return Promise.all(
    opened.map(async ({ order }) => {
      const row = await findOrder(world.deps.db, order.outTradeNo);
      assert(row?.state === "pending", "nobody has told us of the payment");
      return row;
    }),
  );
}

/** What a settle of these payments would write, decided and not written yet. */
function writesOf(orders: OrderRow[]): Promise<UnitWrite[]> {
  const { db, pay, config } = world.deps;
  return Promise.all(
    orders.map(async ({ outTradeNo }) => {
      const [order, proof] = [
        await findSettleSnapshot(db, outTradeNo),
        await pay.findTransaction(outTradeNo),
      ];
      assert(order && proof, "the order is ours and WeChat's");
      const { plan } = await getPlan(world.deps, order.planVersion);
      const { appId, mchId } = config;
      const context = { plan, appId, mchId, conflict: null, insured: null };
      const decision = decideSettlement(order, proof, context);
      assert(decision.kind === "unit", "a payment in time is a unit");
      const now = world.deps.now();
      return {
        orderId: order.id,
        policyId: order.policyId,
        expectedState: order.state,
        transactionId: proof.transactionId,
        paidFen: proof.amountFen,
        paidAt: proof.successAt,
        provenBy: "query",
        now,
        unitId: newId("unit", now),
        entryId: newId("ledgerEntry", now),
        terms: decision.terms,
      };
    }),
  );
}

async function placesOf(code: string): Promise<unknown> {
  const [row] = await world.sql(
    "SELECT units_paid, units_held, endorsements_count FROM policies WHERE code = $1",
    [code],
  );
  return row;
}
