/**
 * A view that cannot fail is worthless. Here an administrator breaks the books on purpose, with
 * triggers off and constraints dropped, in transactions that are rolled back; the audit must name
 * exactly the invariants that are broken.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/lib/db/database";
import { auditDatabase } from "@/lib/ledger/audit";
import { startWorld, type World } from "@/tests/support/world";
import {
  advance,
  applyAndPay,
  atCashier,
  control,
  friendPays,
  openOrder,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

/** Orders of the world below, by what became of them. */
const GIFT =
  "(SELECT id FROM orders WHERE kind = 'gift' AND state = 'settled' ORDER BY id LIMIT 1)";
const OTHER_GIFT =
  "(SELECT id FROM orders WHERE kind = 'gift' AND state = 'settled' ORDER BY id DESC LIMIT 1)";
const OPEN = "(SELECT id FROM orders WHERE state = 'pending')";
const REFUNDED = "(SELECT id FROM orders WHERE state = 'refunded')";
const REFUNDING = "(SELECT id FROM orders WHERE state = 'refunding')";
const FULL = "(SELECT policy_id FROM units GROUP BY 1 HAVING count(*) = 3)";
const entryOf = (order: string, kind: string) =>
  `(SELECT id FROM ledger_entries WHERE order_id = ${order} AND kind = '${kind}')`;

const FEE_ENTRY = `INSERT INTO ledger_entries (id, kind, bill_date, created_at) VALUES ('led_fee', 'fees_charged', '2026-01-01', now());`;
const BILL = (feeFen: number) => `
  INSERT INTO bills (bill_date, kind, lines_count, downloaded_at) VALUES ('2026-01-01', 'trade', 1, now());
  INSERT INTO bill_lines (bill_date, kind, line_no, entry, at, amount_fen, fee_fen)
    VALUES ('2026-01-01', 'trade', 1, 'payment', now(), 100, ${feeFen});`;

/** So many messages to one person about one policy; `n` counts them. */
const messages = (count: number, state: string, claimedAt: string, dueAt = "NULL") => `
  INSERT INTO messages (id, notice_id, user_id, policy_id, template, state, claimed_at, due_at, created_at)
  SELECT 'msg_' || n, n, user_id, id, 't', '${state}', (${claimedAt})::timestamptz, (${dueAt})::timestamptz, audit_now()
  FROM policies, generate_series(1, ${count}) n WHERE id = ${FULL}`;

/** What is done, which lines of the audit must say so, and how. */
const CASES: [sabotage: string, broken: string[], sql: string][] = [
  [
    "more is paid for than the policy has places",
    ["audit_i01_cap"],
    `ALTER TABLE policies DROP CONSTRAINT policies_places; UPDATE policies SET units_max = 2 WHERE id = ${FULL}`,
  ],
  [
    "a unit has a number beyond the cap",
    ["audit_i01_cap"],
    `UPDATE policies SET units_max = 50 WHERE id = ${FULL}; UPDATE units SET seq = 51 WHERE order_id = ${GIFT}`,
  ],
  [
    "more is promised than there are places",
    ["audit_i01_cap", "audit_i02_counts"],
    "ALTER TABLE policies DROP CONSTRAINT policies_places; UPDATE policies SET units_held = units_max WHERE id = " +
      FULL,
  ],
  [
    "a place is held for nobody",
    ["audit_i02_counts"],
    `UPDATE policies SET units_held = units_held + 1 WHERE id = ${FULL}`,
  ],
  [
    "a unit is not counted",
    ["audit_i02_counts", "audit_i12_rank"],
    `UPDATE policies SET units_paid = units_paid - 1 WHERE id = ${FULL}`,
  ],
  [
    "an endorsement's number was left out",
    ["audit_i02_counts"],
    `UPDATE policies SET endorsements_count = endorsements_count + 1 WHERE id = ${FULL}`,
  ],
  [
    "a paid order is nothing",
    ["audit_i02_counts", "audit_i03_each_yuan", "audit_i12_rank", "audit_ledger_matches_orders"],
    `DELETE FROM units WHERE order_id = ${GIFT}`,
  ],
  [
    "a paid order is a unit and a refund",
    ["audit_i03_each_yuan", "audit_ledger_matches_orders"],
    `INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, next_attempt_at, requested_at)
     VALUES ('ref_x', ${GIFT}, 'R-x', 100, 'surrender', 'requested', now(), now())`,
  ],
  [
    "an order that nobody paid is a unit",
    ["audit_i03_each_yuan"],
    `UPDATE units SET order_id = ${OPEN} WHERE order_id = ${GIFT};
     DELETE FROM ledger_postings WHERE entry_id = ${entryOf(GIFT, "payment_settled")};
     DELETE FROM ledger_entries WHERE order_id = ${GIFT};
     UPDATE orders SET transaction_id = NULL, paid_at = NULL, paid_fen = NULL, proven_by = NULL, settled_at = NULL,
       state = 'closed' WHERE id = ${GIFT}`,
  ],
  [
    "an order says refunding and has no refund",
    ["audit_i03_each_yuan"],
    `UPDATE orders SET state = 'refunding' WHERE id = ${GIFT}`,
  ],
  [
    "a unit has ended and nothing went back",
    ["audit_i02_counts", "audit_i03_each_yuan", "audit_i12_rank", "audit_units"],
    `UPDATE units SET status = 'ended', ended_on = current_date WHERE order_id = ${GIFT}`,
  ],
  ["an entry has one posting", ["audit_i04_double_entry"], `${FEE_ENTRY}`],
  [
    "an entry does not sum to zero",
    ["audit_i04_double_entry", "audit_ledger_matches_orders"],
    `UPDATE ledger_postings SET amount_fen = -101 WHERE account = 'premium' AND entry_id = ${entryOf(GIFT, "payment_settled")}`,
  ],
  [
    "a yuan stands on the wrong account",
    ["audit_ledger_matches_orders"],
    `UPDATE ledger_postings SET account = 'refunds_payable' WHERE account = 'premium' AND entry_id = ${entryOf(GIFT, "payment_settled")}`,
  ],
  [
    "a refund's arrival was not booked",
    ["audit_ledger_matches_orders"],
    `DELETE FROM ledger_postings WHERE entry_id = ${entryOf(REFUNDED, "refund_paid")};
     DELETE FROM ledger_entries WHERE order_id = ${REFUNDED} AND kind = 'refund_paid'`,
  ],
  [
    "a difference from the bill is three days old",
    ["audit_i05_provider"],
    `INSERT INTO bill_differences (id, bill_date, kind, subject, ours, theirs, state, found_at)
     VALUES ('dif_x', current_date - 3, 'missing_here', 'x', '{}', '{}', 'open', now() - interval '3 days')`,
  ],
  [
    "the fees booked are not the bill's",
    ["audit_i05_provider"],
    `${BILL(1)} ${FEE_ENTRY}
     INSERT INTO ledger_postings (entry_id, account, amount_fen) VALUES ('led_fee', 'wechat_fees', 2), ('led_fee', 'wechat_clearing', -2)`,
  ],
  [
    "more is refunded than was paid",
    ["audit_i06_refunds", "audit_ledger_matches_orders"],
    `UPDATE refunds SET amount_fen = 101 WHERE order_id = ${REFUNDED}`,
  ],
  [
    "the money is back and the order does not know",
    ["audit_i06_refunds"],
    `UPDATE orders SET state = 'refunding' WHERE id = ${REFUNDED}`,
  ],
  [
    "WeChat gave a refund up and the order does not know",
    ["audit_i06_refunds"],
    `UPDATE refunds SET state = 'abnormal', next_attempt_at = NULL WHERE order_id = ${REFUNDING}`,
  ],
  [
    "one payment is given back twice",
    ["audit_i06_refunds", "audit_i08_monotone"],
    `ALTER TABLE refunds DROP CONSTRAINT refunds_superseded_closed;
     INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, requested_at, submitted_at, finished_at, superseded_by)
     SELECT 'ref_x', order_id, 'R-x', 1, reason, 'closed', requested_at, submitted_at, finished_at, id FROM refunds WHERE order_id = ${REFUNDED};
     UPDATE refunds SET state = 'succeeded' WHERE id = 'ref_x'`,
  ],
  [
    "an open order will never be asked after",
    ["audit_i08_monotone"],
    `UPDATE orders SET next_check_at = NULL WHERE id = ${OPEN}`,
  ],
  [
    "a paid order has no day of settling",
    ["audit_i08_monotone"],
    `UPDATE orders SET settled_at = NULL WHERE id = ${GIFT}`,
  ],
  [
    "an order was at WeChat before it was made",
    ["audit_i08_monotone"],
    `UPDATE orders SET prepaid_at = created_at - interval '1 second' WHERE id = ${GIFT}`,
  ],
  [
    "a refund under way will never be asked after",
    ["audit_i08_monotone"],
    `UPDATE refunds SET next_attempt_at = NULL WHERE order_id = ${REFUNDING}`,
  ],
  [
    "a refund arrived that was never sent",
    ["audit_i08_monotone"],
    `UPDATE refunds SET submitted_at = NULL WHERE order_id = ${REFUNDED}`,
  ],
  [
    "a surrendered policy still has its units",
    ["audit_i08_monotone", "audit_i12_rank"],
    `UPDATE policies SET status = 'ended', ended_on = current_date, end_reason = 'surrender' WHERE id = ${FULL}`,
  ],
  [
    "a policy lives beyond its last day",
    ["audit_i08_monotone", "audit_units"],
    `UPDATE policies SET last_day_on = current_date - 3 WHERE id = ${FULL}`,
  ],
  [
    "one of WeChat's transactions pays two orders",
    ["audit_i10_once"],
    `DROP INDEX orders_transaction_id_key;
     UPDATE orders SET transaction_id = (SELECT transaction_id FROM orders WHERE id = ${OTHER_GIFT}) WHERE id = ${GIFT}`,
  ],
  [
    "a friend has two live gifts on one policy",
    ["audit_i10_once"],
    `DROP INDEX orders_one_live_gift; UPDATE orders SET payer_id = (SELECT payer_id FROM orders WHERE id = ${GIFT}) WHERE id = ${OPEN}`,
  ],
  [
    "the insured gives to himself",
    ["audit_i10_once"],
    `UPDATE orders SET payer_id = (SELECT user_id FROM policies WHERE id = ${FULL}) WHERE id = ${OPEN}`,
  ],
  [
    "one person is insured twice",
    ["audit_i10_once"],
    "DROP INDEX policies_one_live_per_identity; UPDATE policies SET id_number_index = 'x'",
  ],
  [
    "one account insures two",
    ["audit_i10_once", "audit_units"],
    "DROP INDEX policies_one_live_per_account; UPDATE policies SET user_id = (SELECT min(user_id) FROM policies)",
  ],
  [
    "an effect waits for six minutes",
    ["audit_i11_outbox"],
    `INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
     VALUES ('refund_succeeded', '{}', now(), audit_now() - interval '6 minutes')`,
  ],
  [
    "a job was given up",
    ["audit_i11_outbox"],
    `SELECT graphile_worker.add_job('keep_house', job_key => 'x', max_attempts => 1);
     UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'gone' WHERE key = 'x'`,
  ],
  [
    "the histogram counts somebody who is not there",
    ["audit_i12_rank"],
    "UPDATE standings_histogram SET policies = policies + 1 WHERE board = 'region' AND scope = '44' AND units = 7",
  ],
  [
    "a bucket of a board is gone",
    ["audit_i12_rank"],
    "DELETE FROM standings_histogram WHERE board = 'all' AND units = 3",
  ],
  [
    "a policy is missing from a board",
    ["audit_i12_rank"],
    `DELETE FROM standings WHERE board = 'all' AND policy_id = ${FULL};
     UPDATE standings_histogram SET policies = policies - 1 WHERE board = 'all' AND units = 3`,
  ],
  [
    "a policy stands in another bucket than its units",
    ["audit_i12_rank"],
    `UPDATE standings SET units = 50 WHERE board = 'today' AND policy_id = ${FULL};
     UPDATE standings_histogram SET policies = policies + CASE units WHEN 50 THEN 1 ELSE -1 END
     WHERE board = 'today' AND scope = board_today() AND units IN (3, 50)`,
  ],
  [
    "somebody is listed who does not want it",
    ["audit_i12_rank"],
    `UPDATE standings SET is_listed = true WHERE board = 'week' AND policy_id = ${FULL}`,
  ],
  [
    "somebody has left the boards and still stands there",
    ["audit_i12_rank"],
    `INSERT INTO profiles (user_id, is_on_boards, region_code, updated_at)
     SELECT user_id, true, '44', now() FROM policies WHERE id = ${FULL};
     SELECT fold_standings(ARRAY[${FULL}], audit_now());
     UPDATE profiles SET is_on_boards = false, region_code = NULL`,
  ],
  [
    "an order's hold ran out an hour ago",
    ["audit_i18_liveness"],
    `UPDATE orders SET expires_at = audit_now() - interval '1 hour' WHERE id = ${OPEN}`,
  ],
  [
    "a refund has been under way for two days",
    ["audit_i18_liveness"],
    `UPDATE refunds SET requested_at = audit_now() - interval '2 days' WHERE order_id = ${REFUNDING}`,
  ],
  [
    "a comparison with the bill never ends",
    ["audit_i18_liveness"],
    `INSERT INTO reconciliation_runs (id, bill_date, state, stage, figures, started_at, seen_at)
     VALUES ('run_x', current_date - 1, 'running', 'download', '{}', audit_now() - interval '3 hours', audit_now() - interval '3 hours')`,
  ],
  [
    "a day on which somebody paid was never compared",
    ["audit_i05_provider"],
    `UPDATE orders SET paid_at = audit_now() - interval '10 days' WHERE id = ${GIFT};
     UPDATE _prisma_migrations SET finished_at = now() - interval '2 hours'`,
  ],
  [
    "a refund that WeChat could not deliver waits for nobody",
    ["audit_i18_liveness"],
    `UPDATE refunds SET state = 'abnormal', next_attempt_at = NULL, submitted_at = requested_at,
       requested_at = audit_now() - interval '8 days' WHERE order_id = ${REFUNDING};
     UPDATE orders SET state = 'refund_failed' WHERE id = ${REFUNDING}`,
  ],
  [
    "half a yuan goes back where a whole one should",
    ["audit_i06_refunds", "audit_ledger_matches_orders"],
    `UPDATE refunds SET amount_fen = 50 WHERE order_id = ${REFUNDED}`,
  ],
  [
    "a unit took effect on another day than its payment says",
    ["audit_units"],
    `UPDATE units SET effective_on = effective_on + 1 WHERE order_id = ${GIFT}`,
  ],
  [
    "people are not told for an hour, because the job fails each time",
    ["audit_i11_outbox"],
    `SELECT graphile_worker.add_job('carry_out', job_key => 'y', max_attempts => 12);
     UPDATE graphile_worker._private_jobs SET attempts = 3, created_at = now() - interval '1 hour' WHERE key = 'y'`,
  ],
  [
    "somebody who paid was told nothing",
    ["audit_i20_people"],
    `DELETE FROM notices WHERE order_id = ${GIFT}`,
  ],
  [
    "the wrong person was told",
    ["audit_i20_people"],
    `UPDATE notices SET user_id = (SELECT payer_id FROM orders WHERE id = ${OTHER_GIFT}) WHERE order_id = ${GIFT}`,
  ],
  [
    "a unit lost its endorsement",
    ["audit_i02_counts", "audit_units"],
    `DELETE FROM endorsements WHERE unit_id = (SELECT id FROM units WHERE order_id = ${GIFT})`,
  ],
  [
    "a friend's unit is number 1",
    ["audit_units"],
    `DROP INDEX units_live_seq; UPDATE units SET seq = 1 WHERE order_id = ${GIFT}`,
  ],
  [
    "a unit ends on another day than its policy",
    ["audit_units"],
    `UPDATE units SET last_day_on = last_day_on - 1 WHERE order_id = ${GIFT}`,
  ],
  [
    "a matured unit covers more than it was sold with",
    ["audit_cover", "audit_units"],
    `UPDATE units SET cover_yuan = 2000, effective_on = current_date - 100, matures_on = current_date - 10 WHERE order_id = ${GIFT}`,
  ],
  [
    "somebody got two messages on one day",
    ["audit_messages"],
    messages(2, "unknown", "audit_now()"),
  ],
  [
    "somebody got four messages while a policy collected",
    ["audit_messages"],
    messages(4, "unknown", "audit_now() - n * interval '1 day'"),
  ],
  [
    "a message was taken up an hour ago and nobody said what became of it",
    ["audit_messages"],
    messages(1, "sending", "audit_now() - interval '61 minutes'"),
  ],
  [
    "a message has been due for two days",
    ["audit_messages"],
    messages(1, "due", "NULL", "audit_now() - interval '2 days'"),
  ],
  [
    "a payment fact waits for an explanation",
    ["audit_incidents"],
    `INSERT INTO payment_incidents (id, kind, out_trade_no, transaction_id, details, created_at)
     VALUES ('inc_x', 'unknown_order', 'W', '4200', '{}', now())`,
  ],
];

let world: World;
let client: pg.Client;
beforeAll(async () => {
  world = await startWorld();
  const { code } = await applyAndPay(world);
  await applyAndPay(world);
  await friendPays(world, code);
  await friendPays(world, code);
  await payUnusably(code);
  await runWorkerRound(world);
  // The second unusable payment's refund is under way for ever.
  await control(world, "POST", "/refund-outcomes", { status: "SUCCESS", delaySeconds: 10_000_000 });
  await advance(world, 60);
  await payUnusably(code);
  await runWorkerRound(world);
  await advance(world, 11 * 60);
  await openOrder(world, code);
  await runWorkerRound(world);
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await world.close();
});

async function payUnusably(code: string): Promise<void> {
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
}

/** Names of the broken lines, seen from inside the transaction that `sql` broke them in. */
async function auditAfter(sql: string): Promise<string[]> {
  const query: Database["query"] = async ({ text }, values) =>
    (await client.query(text, [...values])).rows;
  // The audit over one connection, so that it sees what is never committed.
  const inside = { query, transaction: (work: (given: typeof query) => unknown) => work(query) };
  const now = world.deps.now();
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL session_replication_role = replica");
    await client.query("SELECT set_config('weihuzhu.audit_now', $1, true)", [now.toISOString()]);
    await client.query(sql);
    const lines = await auditDatabase(inside as unknown as Database, now);
    return lines.filter(({ count }) => count > 0).map(({ name }) => name);
  } finally {
    await client.query("ROLLBACK");
  }
}

test("honest books break nothing", async () => {
  expect(await auditAfter("SELECT 1")).toEqual([]);
});

test.each(CASES)("%s", async (_sabotage, broken, sql) => {
  expect((await auditAfter(sql)).sort()).toEqual([...broken].sort());
});

test("every line of the audit is broken by some case, and the audit reads every view there is", async () => {
  const lines = (await auditDatabase(world.deps.db, world.deps.now())).map(({ name }) => name);
  expect([...new Set(CASES.flatMap(([, broken]) => broken))].sort()).toEqual([...lines].sort());
  const views = await world.sql<{ name: string }>(
    "SELECT viewname AS name FROM pg_views WHERE viewname LIKE 'audit%'",
  );
  expect(lines).toEqual(expect.arrayContaining(views.map(({ name }) => name)));
});
