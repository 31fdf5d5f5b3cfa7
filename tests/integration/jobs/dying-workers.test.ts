/** Workers die, freeze and come back: each job is done, and its effect happens once. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startWorker } from "@/lib/jobs/worker";
import { foldStandings } from "@/lib/leaderboard/fold-standings";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  getOrder,
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

/** A friend's paid order that has become a refund, which nobody has sent to WeChat yet. */
async function refundToSend() {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  return { friend, outTradeNo };
}

const refundsOf = async (outTradeNo: string) =>
  (await listRefunds(world)).filter((refund) => refund.outTradeNo === outTradeNo);

test("F27 a worker dies between WeChat's answer and its own commit: the next one asks with the same number", async () => {
  const { friend, outTradeNo } = await refundToSend();
  // What a killed worker leaves behind: WeChat has the refund, our row is claimed, the job is locked.
  await spoil(world, { endpoint: "refund", kind: "timeout", outTradeNo });
  await runWorkerRound(world);
  await world.sql(
    `SELECT graphile_worker.add_job('follow_refund', json_build_object('refundId', id), job_key => 'follow_refund:' || id)
     FROM refunds WHERE out_refund_no = $1`,
    [`R${outTradeNo.slice(1)}`],
  );
  await world.sql(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'worker-killed', locked_at = now() - interval '21 seconds', attempts = 1`,
  );
  const [freed] = await world.sql<{ count: number }>(
    "SELECT keep_workers('{worker-alive}', '20 seconds') AS count",
  );
  expect(freed?.count).toBe(1);
  await advance(world, 61);
  await runWorkerRound(world);
  await advance(world, 61);
  await runWorkerRound(world);
  expect(await refundsOf(outTradeNo)).toMatchObject([{ status: "SUCCESS" }]);
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ state: "succeeded" });
});

test("F29 a frozen worker wakes up after its lease: what it does then changes nothing", async () => {
  const { friend, outTradeNo } = await refundToSend();
  // The first worker waits for an answer that comes late; the lease passes; the second one does it all.
  await spoil(world, { endpoint: "refund", kind: "delay", delayMs: 1_500, outTradeNo });
  const frozen = runWorkerRound(world);
  await expect.poll(() => refundsOf(outTradeNo), { timeout: 10_000 }).toHaveLength(1);
  await advance(world, 61);
  await runWorkerRound(world);
  await advance(world, 61);
  await runWorkerRound(world);
  await frozen;
  const [row] = await world.sql<{ state: string; entries: string }>(
    `SELECT r.state, (SELECT count(*) FROM ledger_entries e WHERE e.order_id = r.order_id AND e.kind = 'refund_paid') AS entries
     FROM refunds r WHERE r.out_refund_no = $1`,
    [`R${outTradeNo.slice(1)}`],
  );
  expect(row).toEqual({ state: "succeeded", entries: "1" });
  expect(await refundsOf(outTradeNo)).toHaveLength(1);
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ state: "succeeded" });
});

test("F29 a frozen worker wakes up and removes the job another one has taken over: the lane is free again", async () => {
  const { friend, outTradeNo } = await refundToSend();
  // What it leaves: a lane locked by a living worker, and no job that belongs to the lock.
  await world.sql(
    `SELECT graphile_worker.add_job('keep_house', queue_name => 'refunds:' || n, run_at => now() + interval '1 day') FROM generate_series(0, 3) n`,
  );
  await world.sql(
    `UPDATE graphile_worker._private_job_queues SET locked_by = 'worker-alive', locked_at = now() - interval '21 seconds'`,
  );
  await runWorkerRound(world);
  expect(await refundsOf(outTradeNo)).toEqual([]);
  await world.sql("SELECT keep_workers('{worker-alive}', '20 seconds')");
  await advance(world, 61);
  await runWorkerRound(world);
  expect(await refundsOf(outTradeNo)).toHaveLength(1);
  await advance(world, 61);
  await runWorkerRound(world);
  expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ state: "succeeded" });
  await world.sql("DELETE FROM graphile_worker._private_jobs");
});

test("F25 the database goes away in the very instant a worker starts: the process lives, and its jobs are done", async () => {
  // What the queue's own timetable would ask first; we have no use for it.
  await world.sql(
    "ALTER TABLE graphile_worker._private_known_crontabs RENAME TO known_crontabs_away",
  );
  const worker = startWorker(world.deps, { isAutomatic: true });
  try {
    const { code } = await applyAndPay(world);
    const told = () =>
      world.sql("SELECT 1 FROM notices n JOIN policies p ON p.id = n.policy_id WHERE p.code = $1", [
        code,
      ]);
    await expect.poll(told, { timeout: 10_000 }).toHaveLength(1);
  } finally {
    await worker.stop();
    await world.sql(
      "ALTER TABLE graphile_worker.known_crontabs_away RENAME TO _private_known_crontabs",
    );
  }
});

test("F52 without a worker for an hour a payment still becomes a unit, and what waited is done within minutes", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await atCashier(world, friend, order);
  await settleDown(world);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  await advance(world, 3_600);
  const staged = () => world.sql("SELECT id FROM outbox_messages");
  expect((await staged()).length).toBeGreaterThan(0);

  const worker = startWorker(world.deps, { isAutomatic: true });
  try {
    await expect.poll(staged, { timeout: 10_000 }).toEqual([]);
    await expect
      .poll(() => world.sql("SELECT 1 FROM notices WHERE user_id = $1", [friend.userId]), {
        timeout: 10_000,
      })
      .toHaveLength(1);
  } finally {
    await worker.stop();
  }
});

test("F57 the boards are folded once however often their job runs, and a lost fold is made good by the next", async () => {
  const { code } = await applyAndPay(world);
  await runWorkerRound(world);
  const counted = () =>
    world.sql(
      "SELECT board, units, policies FROM standings_histogram WHERE policies > 0 ORDER BY board, units",
    );
  const before = await counted();
  const [policy] = await world.sql<{ id: string }>("SELECT id FROM policies WHERE code = $1", [
    code,
  ]);
  const fold = () => foldStandings(world.deps.db, [policy?.id ?? ""], world.deps.now());
  await Promise.all(Array.from({ length: 5 }, fold));
  expect(await counted()).toEqual(before);
  const { friend, order } = await openOrder(world, code);
  await atCashier(world, friend, order);
  await settleDown(world);
  await world.sql("DELETE FROM outbox_messages WHERE topic = 'unit_settled'");
  await fold();
  expect(await counted()).not.toEqual(before);
  await world.sql(
    `INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
     SELECT 'unit_settled', jsonb_build_object('unitId', id, 'policyId', policy_id), now(), now() FROM units WHERE policy_id = $1`,
    [policy?.id],
  );
});
