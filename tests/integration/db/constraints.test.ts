/**
 * The second line: what the code would never do, done past it with raw SQL. Postgres refuses each,
 * whoever asks; every attempt is a transaction of its own that ends in the refusal.
 */
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks } from "@/tests/support/world-books";
import {
  applyAndPay,
  atCashier,
  friendPays,
  openOrder,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

let world: World;
let client: pg.Client;
let settled: string;
let refunded: string;
let pending: string;
let code: string;
let first: string;
let reported: string;

beforeAll(async () => {
  world = await startWorld();
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  ({ code, outTradeNo: first } = await applyAndPay(world));
  settled = (await friendPays(world, code)).order.outTradeNo;
  refunded = await refundedOrder();
  pending = (await openOrder(world, code)).order.outTradeNo;
  reported = refunded; // Its amount was stated wrongly, which is on record as an incident.
});
afterEach(() => client.query("ROLLBACK"));
afterAll(async () => {
  await expectCleanBooks(world);
  await client.end();
  await world.close();
});

describe("refused by Postgres", () => {
  const order = (outTradeNo: string) =>
    `(SELECT id FROM orders WHERE out_trade_no = '${outTradeNo}')`;
  const ofSettled = (set: string) => () =>
    `UPDATE orders SET ${set} WHERE out_trade_no = '${settled}'`;
  const ofRefunded = (set: string) => () =>
    `UPDATE orders SET ${set} WHERE out_trade_no = '${refunded}'`;
  const policy = (set: string) => () => `UPDATE policies SET ${set} WHERE code = '${code}'`;
  const copyOrder = (from: () => string, state: string) => () =>
    `INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen,
       description, state, expires_at, created_at)
     SELECT 'ord_copy', 'Wcopycopycopy', kind, policy_id, payer_id, payer_openid, amount_fen,
       description, '${state}', expires_at, created_at
     FROM orders WHERE out_trade_no = '${from()}'`;
  const unit = (seq: number) => () =>
    `INSERT INTO units (id, policy_id, order_id, seq, cover_yuan, effective_on, matures_on,
       last_day_on, status, settled_at)
     SELECT 'unt_extra', policy_id, ${order(pending)}, ${seq}, cover_yuan, effective_on, matures_on,
       last_day_on, 'active', settled_at FROM units WHERE order_id = ${order(settled)}`;
  const entry =
    (...fen: [account: string, fen: number][]) =>
    () =>
      `INSERT INTO ledger_entries VALUES ('led_extra', 'refund_paid', ${order(settled)}, now());
     ${fen.map(([account, amount]) => `INSERT INTO ledger_postings VALUES ('led_extra', '${account}', ${amount});`).join("")}`;

  const copyPolicy = (status: "active" | "pending_payment", idNumberIndex: string) => {
    const issued = (column: string) => (status === "active" ? column : "NULL");
    return `INSERT INTO policies (id, code, number, user_id, identity_id, id_number_index, plan_version,
         asker_name, band, age_at_issue, cover_per_unit_yuan, units_max, status, issued_at,
         effective_on, last_day_on, collecting_until, created_at)
       SELECT 'pol_' || md5(random()::text), substr(md5(random()::text), 1, 22), ${issued("'WH-3'")}, user_id,
         identity_id, ${idNumberIndex}, plan_version, asker_name, band, age_at_issue,
         cover_per_unit_yuan, units_max, '${status}', ${issued("issued_at")}, ${issued("effective_on")},
         ${issued("last_day_on")}, ${issued("collecting_until")}, created_at
       FROM policies WHERE code = '${code}'`;
  };

  type Case = [label: string, sql: () => string, refusal: RegExp];
  const cases: Case[] = [
    ["one place more than the cap", policy("units_held = units_max"), /policies_places/],
    ["places below zero", policy("units_held = -1"), /policies_places/],
    ["a cap over 100", policy("units_max = 101, cover_per_unit_yuan = 300"), /policies_units_max/],
    ["more cover than the cap", policy("cover_per_unit_yuan = 1001"), /policies_cover_cap/],
    ["an active policy without its number", policy("number = NULL"), /policies_issue_together/],
    ["a second unit with the same number", unit(2), /units_live_seq/],
    ["unit 101", unit(101), /units_seq/],
    ["unit 0", unit(0), /units_seq/],
    [
      "a second unit for one order",
      () => unit(9)().replaceAll(pending, settled),
      /units_order_id_key/,
    ],
    ["a friend's second live gift", copyOrder(() => pending, "pending"), /orders_one_live_gift/],
    ["a second order for unit 1", copyOrder(() => first, "pending"), /orders_one_live_first/],
    [
      "a settled order without a payment",
      copyOrder(() => settled, "settled"),
      /orders_paid_states|orders_one_live_gift/,
    ],
    [
      "one transaction for two orders",
      () =>
        `UPDATE orders SET state = 'refunding', paid_fen = 100, paid_at = now(), proven_by = 'query',
         transaction_id = (SELECT transaction_id FROM orders WHERE out_trade_no = '${settled}')
       WHERE out_trade_no = '${pending}'`,
      /orders_transaction_id_key/,
    ],
    [
      "a unit for less than its price",
      () =>
        `UPDATE orders SET state = 'settled', transaction_id = 'x', paid_fen = 99, paid_at = now(),
         proven_by = 'query' WHERE out_trade_no = '${pending}'`,
      /orders_settled_amount/,
    ],
    [
      "proof without a witness",
      () =>
        `UPDATE orders SET state = 'settled', transaction_id = 'x', paid_fen = 100, paid_at = now()
       WHERE out_trade_no = '${pending}'`,
      /orders_proof_together/,
    ],
    [
      "another currency",
      () => `UPDATE orders SET currency = 'USD' WHERE out_trade_no = '${pending}'`,
      /orders_currency/,
    ],
    ["settled back to pending", ofSettled("state = 'pending'"), /may not go/],
    ["settled to closed", ofSettled("state = 'closed'"), /may not go/],
    ["settled to refunded, past refunding", ofSettled("state = 'refunded'"), /may not go/],
    ["refunded back to refunding", ofRefunded("state = 'refunding'"), /may not go/],
    ["refunded to settled", ofRefunded("state = 'settled'"), /may not go/],
    ["another price afterwards", ofSettled("amount_fen = 200"), /may not go/],
    [
      "another paid amount afterwards",
      ofSettled("paid_fen = 99"),
      /may not go|orders_settled_amount/,
    ],
    ["another transaction afterwards", ofSettled("transaction_id = 'other'"), /may not go/],
    ["another payer afterwards", ofSettled("payer_id = 'usr_other'"), /may not go/],
    [
      "an order deleted",
      () => `DELETE FROM orders WHERE out_trade_no = '${pending}'`,
      /append-only/,
    ],
    [
      "an entry whose postings do not sum to zero",
      entry(["wechat_clearing", 100], ["premium", -99]),
      /sum to 1 fen/,
    ],
    ["an entry with one posting", entry(["wechat_clearing", 100]), /1 postings/],
    ["an entry with none", entry(), /0 postings/],
    ["a posting of nothing", entry(["wechat_clearing", 0]), /ledger_postings_amount/],
    [
      "an account nobody knows",
      entry(["pocket", 100], ["premium", -100]),
      /ledger_postings_account/,
    ],
    [
      "a posting added to an old entry",
      () =>
        `INSERT INTO ledger_postings SELECT id, 'refunds_payable', 1 FROM ledger_entries LIMIT 1`,
      /sum to/,
    ],
    [
      "a posting changed",
      () => "UPDATE ledger_postings SET amount_fen = amount_fen + 1",
      /append-only/,
    ],
    ["a posting deleted", () => "DELETE FROM ledger_postings", /append-only/],
    ["the ledger emptied", () => "TRUNCATE ledger_entries, ledger_postings", /append-only/],
    ["an entry changed", () => "UPDATE ledger_entries SET kind = 'refund_paid'", /append-only/],
    ["an endorsement changed", () => "UPDATE endorsements SET cover_delta_yuan = 9", /append-only/],
    ["a declaration changed", () => "UPDATE applications SET health_answers = '{}'", /append-only/],
    ["a published plan changed", () => "UPDATE plans SET parameters = '{}'", /append-only/],
    ["an accepted text changed", () => "UPDATE plan_documents SET body = ''", /append-only/],
    [
      "a refund finished without a time",
      () => `UPDATE refunds SET finished_at = NULL WHERE order_id = ${order(refunded)}`,
      /refunds_finished/,
    ],
    [
      "a second refund of one order",
      () =>
        `INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, requested_at)
       VALUES ('ref_2', ${order(refunded)}, 'R2', 100, 'cap_reached', 'requested', now())`,
      /refunds_one_live/,
    ],
    [
      "a second live policy of one person",
      () =>
        `INSERT INTO policies (id, code, number, user_id, identity_id, id_number_index, plan_version,
         asker_name, band, age_at_issue, cover_per_unit_yuan, units_max, status, issued_at,
         effective_on, last_day_on, collecting_until, created_at)
       SELECT 'pol_2', 'X' || substr(code, 2), 'WH-2', user_id, identity_id, id_number_index,
         plan_version, asker_name, band, age_at_issue, cover_per_unit_yuan, units_max, status,
         issued_at, effective_on, last_day_on, collecting_until, created_at
       FROM policies WHERE code = '${code}'`,
      /policies_one_live_per_identity/,
    ],
    [
      "a second live policy of one account",
      () => copyPolicy("active", "id_number_index || '-other'"),
      /policies_one_live_per_account/,
    ],
    [
      "a second unfinished policy of one account",
      () => `${copyPolicy("pending_payment", "'one'")}; ${copyPolicy("pending_payment", "'two'")}`,
      /policies_one_pending_per_account/,
    ],
    ["another payer's openid afterwards", ofSettled("payer_openid = 'oOther'"), /may not go/],
    [
      "another payer's openid before payment",
      () => `UPDATE orders SET payer_openid = 'oOther' WHERE out_trade_no = '${pending}'`,
      /may not go/,
    ],
    ...[
      "out_refund_no = 'R2'",
      "amount_fen = 1",
      "reason = 'cap_reached'",
      "requested_at = now()",
    ].map(
      (set): Case => [
        `a refund rewritten: ${set}`,
        () => `UPDATE refunds SET ${set} WHERE order_id = ${order(refunded)}`,
        /only state, .* of refunds may change/,
      ],
    ),
    [
      "a refund deleted",
      () => `DELETE FROM refunds WHERE order_id = ${order(refunded)}`,
      /of refunds may change/,
    ],
    ...[
      "cover_yuan = 9",
      "seq = 99",
      "effective_on = effective_on - 1",
      "matures_on = matures_on - 1",
      "last_day_on = last_day_on + 1",
      "settled_at = now()",
    ].map(
      (set): Case => [
        `a unit rewritten: ${set}`,
        () => `UPDATE units SET ${set} WHERE order_id = ${order(settled)}`,
        /only status, ended_on of units may change/,
      ],
    ),
    [
      "a unit deleted, with its endorsement or without",
      () => `DELETE FROM units WHERE order_id = ${order(settled)}`,
      /of units may change|endorsements/,
    ],
    ...["kind = 'other'", "details = '{}'", "out_trade_no = 'W1'", "transaction_id = 'x'"].map(
      (set): Case => [
        `an incident rewritten: ${set}`,
        () => `UPDATE payment_incidents SET ${set} WHERE out_trade_no = '${reported}'`,
        /only resolved_at, resolution of payment_incidents may change/,
      ],
    ),
    [
      "an incident deleted",
      () => `DELETE FROM payment_incidents WHERE out_trade_no = '${reported}'`,
      /of payment_incidents may change/,
    ],
  ];
  test.each(cases)("%s", async (_label, sql, refusal) => {
    await client.query("BEGIN");
    await expect(client.query(`${sql()}; COMMIT`)).rejects.toThrow(refusal);
  });
});

test("a number whose unit has ended may be given again", async () => {
  await client.query(`BEGIN; UPDATE units SET status = 'ended', ended_on = last_day_on
    WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = '${settled}')`);
  const again = client.query(
    `INSERT INTO units (id, policy_id, order_id, seq, cover_yuan, effective_on, matures_on,
       last_day_on, status, settled_at)
     SELECT 'unt_again', policy_id, (SELECT id FROM orders WHERE out_trade_no = $2), seq, cover_yuan,
       effective_on, matures_on, last_day_on, 'active', settled_at FROM units u
     WHERE u.order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [settled, pending],
  );
  await expect(again).resolves.toMatchObject({ rowCount: 1 });
});

test("an order that failed to be refunded may be refunded after all", async () => {
  await client.query("BEGIN");
  const walk = ["refunding", "refund_failed", "refunding", "refunded"];
  for (const state of walk) {
    await client.query(`UPDATE orders SET state = '${state}' WHERE out_trade_no = '${settled}'`);
  }
});

test("an incident may be marked as explained, and a refund goes on its way", async () => {
  await client.query("BEGIN");
  const explained = await client.query(
    "UPDATE payment_incidents SET resolved_at = now() WHERE out_trade_no = $1",
    [reported],
  );
  const followed = await client.query(
    `UPDATE refunds SET attempts = attempts + 1, last_error = 'SYSTEM_ERROR', next_attempt_at = now()
     WHERE order_id = (SELECT id FROM orders WHERE out_trade_no = $1)`,
    [refunded],
  );
  expect([explained.rowCount, followed.rowCount]).toEqual([1, 1]);
});

async function refundedOrder(): Promise<string> {
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  await comeToRest(world);
  return order.outTradeNo;
}
