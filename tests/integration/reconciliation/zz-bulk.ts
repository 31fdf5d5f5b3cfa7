/**
 * Twenty thousand payments of one day, written into our tables and into WeChat's books by bulk, and
 * alike on both sides but for what a test plants.
 */

import { CURRENT_PLAN_VERSION } from "@/lib/plans/queries";
import { type CalendarDate, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { World } from "@/tests/support/world";
import { control } from "@/tests/support/world-story";

/** Orders of one policy: its own first, the others friends'. */
const PER_POLICY = 80;
/** The last order of each of the first policies was paid and given back on the same day. */
export const REFUNDED = 120;

export interface BulkDay {
  billDate: CalendarDate;
  /** Settled and refunded orders, numbered from 1. */
  orders: number;
  /** Orders whose payer we have on record wrongly. */
  wrongPayers: readonly number[];
}

const stem = (billDate: CalendarDate) => `W${billDate.slice(2).replaceAll("-", "")}`;
export const outTradeNoOf = (billDate: CalendarDate, n: number) =>
  stem(billDate) + String(n).padStart(22, "0");
export const outRefundNoOf = (billDate: CalendarDate, n: number) =>
  `R${outTradeNoOf(billDate, n).slice(1)}`;
export const transactionIdOf = (n: number) => `4200${String(n).padStart(24, "0")}`;
/** by hand */
export const paidAtOf = (billDate: CalendarDate, n: number) =>
  new Date(startOfShanghaiDay(billDate).getTime() + 8 * 3_600_000 + n * 150);

const policyOf = (n: number) => Math.floor((n - 1) / PER_POLICY) + 1;
const placeOf = (n: number) => ((n - 1) % PER_POLICY) + 1;
const openidOf = (n: number) =>
  placeOf(n) === 1 ? `oOwner${policyOf(n)}` : `oFriend${placeOf(n)}`;
export const isRefunded = (n: number) => placeOf(n) === PER_POLICY && policyOf(n) <= REFUNDED;
export const refundedOrder = (index: number) => index * PER_POLICY;

/** Settled gifts, by their number, from the first on: each is given out once. */
export function takeGifts(): (howMany: number) => number[] {
  let next = 0;
  return (howMany) => {
    const taken: number[] = [];
    while (taken.length < howMany) {
      next += 1;
      const place = placeOf(next);
      if (place > 1 && place < PER_POLICY) taken.push(next);
    }
    return taken;
  };
}

const PEOPLE = `
  INSERT INTO users (id, app_id, openid, created_at)
    SELECT 'usr_owner' || n, $1, 'oOwner' || n, $2::timestamptz - interval '5 days' FROM generate_series(1, $3::int) n
    UNION ALL SELECT 'usr_friend' || n, $1, 'oFriend' || n, $2::timestamptz - interval '5 days' FROM generate_series(2, ${PER_POLICY}) n`;
const IDENTITIES = `
  INSERT INTO identities (id, user_id, name_cipher, id_number_cipher, id_number_index, phone_cipher, created_at)
    SELECT 'idn_' || n, 'usr_owner' || n, '', '', 'index' || n, '', $1 FROM generate_series(1, $2::int) n`;
const POLICIES = `
  INSERT INTO policies (id, code, number, user_id, identity_id, id_number_index, plan_version, asker_name, band,
    age_at_issue, cover_per_unit_yuan, units_max, status, units_paid, endorsements_count, issued_at, effective_on,
    last_day_on, collecting_until, created_at)
  SELECT 'pol_' || n, lpad(n::text, 22, '0'), 'WH2000-' || lpad(n::text, 6, '0'), 'usr_owner' || n, 'idn_' || n,
    'index' || n, $1, '小雨', '18-39', 30, 1000, 100, 'active', u.units, u.units, $2,
    $3::date + 1, $3::date + 365, $2::timestamptz + interval '30 days', $2
  FROM generate_series(1, $4::int) n CROSS JOIN LATERAL (
    SELECT least(${PER_POLICY}, $5::int - (n - 1) * ${PER_POLICY}) - CASE WHEN n <= ${REFUNDED} THEN 1 ELSE 0 END AS units) u`;
const ORDERS = `
  CREATE TEMP TABLE bulk ON COMMIT DROP AS
  SELECT n, (n - 1) / ${PER_POLICY} + 1 AS policy, (n - 1) % ${PER_POLICY} + 1 AS place,
    (n - 1) % ${PER_POLICY} + 1 = ${PER_POLICY} AND (n - 1) / ${PER_POLICY} + 1 <= ${REFUNDED} AS refunded,
    $1 || lpad(n::text, 22, '0') AS out_trade_no, $2::timestamptz + n * interval '150 milliseconds' AS paid_at
  FROM generate_series(1, $3::int) n;`;

/** Writes the day into our tables, settled or refunded, with units, endorsements and ledger. */
export async function writeBulkDay(world: World, day: BulkDay): Promise<void> {
  const { billDate, orders } = day;
  const opensAt = paidAtOf(billDate, 0);
  const policies = policyOf(orders);
  const { appId } = world.deps.config;
  await world.sql(PEOPLE, [appId, opensAt, policies]);
  await world.sql(IDENTITIES, [opensAt, policies]);
  await world.sql(POLICIES, [CURRENT_PLAN_VERSION, opensAt, billDate, policies, orders]);
  const literal = (text: string) => `'${text}'`;
  const bulk = ORDERS.replace("$1", literal(stem(billDate)))
    .replace("$2", literal(opensAt.toISOString()))
    .replace("$3", String(orders));
  const wrong = day.wrongPayers.length > 0 ? day.wrongPayers.join(",") : "0";
  // Statements of one message are one transaction, which the temporary table lives in.
  await world.sql(`${bulk}
    INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, state,
      expires_at, transaction_id, paid_fen, paid_at, proven_by, settled_at, created_at)
    SELECT 'ord_' || n, out_trade_no, (CASE WHEN place = 1 THEN 'first' ELSE 'gift' END)::order_kind, 'pol_' || policy,
      CASE WHEN place = 1 THEN 'usr_owner' || policy ELSE 'usr_friend' || place END,
      CASE WHEN n IN (${wrong}) THEN 'oSomebodyElse' WHEN place = 1 THEN 'oOwner' || policy ELSE 'oFriend' || place END,
      100, '微互助', (CASE WHEN refunded THEN 'refunded' ELSE 'settled' END)::order_state, paid_at + interval '15 minutes',
      '4200' || lpad(n::text, 24, '0'), 100, paid_at, 'notify', paid_at, paid_at - interval '20 seconds' FROM bulk;
    INSERT INTO units (id, policy_id, order_id, seq, cover_yuan, effective_on, matures_on, last_day_on, status, settled_at)
    SELECT 'unt_' || n, 'pol_' || policy, 'ord_' || n, place, 1000, ${literal(billDate)}::date + 1,
      ${literal(billDate)}::date + 91, ${literal(billDate)}::date + 365, 'active', paid_at FROM bulk WHERE NOT refunded;
    INSERT INTO endorsements (number, policy_id, unit_id, cover_delta_yuan, created_at)
    SELECT 'WH2000-' || lpad(policy::text, 6, '0') || '-' || lpad(place::text, 3, '0'), 'pol_' || policy, 'unt_' || n,
      1000, paid_at FROM bulk WHERE NOT refunded;
    INSERT INTO ledger_entries (id, kind, order_id, created_at)
    SELECT 'led_' || n, CASE WHEN refunded THEN 'payment_unusable' ELSE 'payment_settled' END, 'ord_' || n, paid_at FROM bulk;
    INSERT INTO ledger_postings (entry_id, account, amount_fen)
    SELECT 'led_' || n, 'wechat_clearing', 100 FROM bulk UNION ALL
    SELECT 'led_' || n, CASE WHEN refunded THEN 'refunds_payable' ELSE 'premium' END, -100 FROM bulk;
    ANALYZE orders; ANALYZE ledger_entries; ANALYZE ledger_postings;`);
}

/** The same payments in WeChat's books. */
export function importBulkDay(world: World, { billDate, orders }: BulkDay): Promise<unknown> {
  const transactions = Array.from({ length: orders }, (_, index) => index + 1).map((n) => ({
    outTradeNo: outTradeNoOf(billDate, n),
    transactionId: transactionIdOf(n),
    openid: openidOf(n),
    amountFen: 100,
    successTime: paidAtOf(billDate, n).toISOString(),
    description: "微互助",
  }));
  return control(world, "POST", "/import", { transactions });
}

/**
 * Gives the first of the refunded orders back at WeChat, now, and books them on our side as arrived,
 * or as still under way for the orders named.
 */
export async function refundBulk(
  world: World,
  { billDate }: BulkDay,
  isUnderWay: (n: number) => boolean,
): Promise<void> {
  const numbers = Array.from({ length: REFUNDED }, (_, index) => refundedOrder(index + 1));
  for (let at = 0; at < numbers.length; at += 8) {
    await Promise.all(
      numbers.slice(at, at + 8).map((n) => refundOne(world, billDate, n, isUnderWay(n))),
    );
  }
}

async function refundOne(
  world: World,
  billDate: CalendarDate,
  n: number,
  isUnderWay: boolean,
): Promise<void> {
  const outRefundNo = outRefundNoOf(billDate, n);
  const answer = await world.deps.pay.requestRefund({
    outTradeNo: outTradeNoOf(billDate, n),
    outRefundNo,
    refundFen: 100,
    totalFen: 100,
    reason: "原路退回",
    notifyUrl: world.deps.config.payNotifyUrl,
  });
  const { createdAt, refundId } = answer;
  await world.sql(
    `INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, provider_id, next_attempt_at,
       requested_at, submitted_at, finished_at)
     VALUES ($1, $2, $3, 100, 'cap_reached', $4::refund_state, $5, $6, $7, $7, $8)`,
    [
      `ref_${n}`,
      `ord_${n}`,
      outRefundNo,
      isUnderWay ? "processing" : "succeeded",
      refundId,
      isUnderWay ? createdAt : null,
      createdAt,
      isUnderWay ? null : createdAt,
    ],
  );
  if (isUnderWay) return;
  await world.sql(
    `WITH entry AS (
       INSERT INTO ledger_entries (id, kind, order_id, created_at) VALUES ($1, 'refund_paid', $2, $3) RETURNING id)
     INSERT INTO ledger_postings (entry_id, account, amount_fen)
     SELECT id, 'refunds_payable', 100 FROM entry UNION ALL SELECT id, 'wechat_clearing', -100 FROM entry`,
    [`led_back_${n}`, `ord_${n}`, createdAt],
  );
}
