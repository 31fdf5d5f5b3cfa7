/** Policies that are one day old and wait for a friend's payment, made in bulk under every constraint. */
import type pg from "pg";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import { collectingWindow, policyTerm, unitDates } from "@/lib/pricing/term";

/** An unpaid gift order on a policy of its own, and the payment that settles it. */
export interface Gift {
  outTradeNo: string;
  openid: string;
  transactionId: string;
  amountFen: number;
  paidAt: Date;
  coverYuan: number;
  effectiveOn: CalendarDate;
  maturesOn: CalendarDate;
  lastDayOn: CalendarDate;
}

const DAY_MS = 86_400_000;
/** Long past the bench, so that the worker leaves the orders to it. */
const HOLD_MS = 6 * 60 * 60 * 1_000;
const PLAN = PLAN_2026_1;
const COVER_YUAN = PLAN.bands[0]?.coverPerUnitYuan ?? 0;

/** Row n has openids `o…n`, out_trade_no `W…n`: everything about it can be computed from n. */
const numbered = (letters: string, length: number): string =>
  `'${letters}' || lpad(n::text, ${length - letters.length}, '0')`;
const OWNER_OPENID = numbered("oOwner", 28);
const FRIEND_OPENID = numbered("oFriend", 28);
const FIRST_NO = numbered("WFIRST", 29);
const GIFT_NO = numbered("WGIFT", 29);

/** Each statement makes one kind of row for n = 1…$1. */
const STATEMENTS = {
  users: `INSERT INTO users (id, app_id, openid, created_at)
    SELECT kind || n, $2, CASE kind WHEN 'usr_owner' THEN ${OWNER_OPENID} ELSE ${FRIEND_OPENID} END, $3
    FROM generate_series(1, $1::int) n, unnest(ARRAY['usr_owner', 'usr_friend']) kind`,
  identities: `INSERT INTO identities (id, user_id, name_cipher, id_number_cipher, id_number_index, phone_cipher,
      created_at)
    SELECT 'idn_' || n, 'usr_owner' || n, 'none', 'none', md5(n::text), 'none', $2
    FROM generate_series(1, $1::int) n`,
  policies: `INSERT INTO policies (id, code, user_id, identity_id, id_number_index, plan_version, asker_name, band,
      age_at_issue, cover_per_unit_yuan, units_max, status, units_held, created_at)
    SELECT 'pol_' || n, ${numbered("Bench", 22)}, 'usr_owner' || n, 'idn_' || n, md5(n::text), $2, '小雨', 'A',
      30, $3, $4, 'pending_payment', 1, $5
    FROM generate_series(1, $1::int) n`,
  firstOrders: ordersOf("first", FIRST_NO, OWNER_OPENID, "usr_owner"),
  /** Through the product's own function: units, endorsements, ledger and outbox come with it. */
  firstUnits: `SELECT count(*) FROM generate_series(1, $1::int) n, LATERAL settle_unit('ord_first' || n, 'pending',
      ${numbered("41", 28)}, $2, $3, 'notify', $3, 'unt_first' || n, 'led_first' || n, $4, $5, $6, $7, $8,
      'idn_' || n, 'A', 30, $9)`,
  heldPlaces: "UPDATE policies SET units_held = units_held + 1 WHERE $1::int > 0",
  giftOrders: ordersOf("gift", GIFT_NO, FRIEND_OPENID, "usr_friend"),
  /** Effects of unit 1, which in a real campaign were long ago. */
  outbox: "DELETE FROM outbox_messages WHERE $1::int > 0",
};

function ordersOf(kind: string, outTradeNo: string, openid: string, payer: string): string {
  return `INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
      state, expires_at, next_check_at, created_at)
    SELECT 'ord_${kind}' || n, ${outTradeNo}, '${kind}', 'pol_' || n, '${payer}' || n, ${openid}, $2,
      '微互助', 'pending', $3, $3, $4 FROM generate_series(1, $1::int) n`;
}

/** Fills a database that holds nothing but the published plan with `count` policies. */
export async function prepareGifts(
  client: pg.Client,
  appId: string,
  count: number,
): Promise<Gift[]> {
  const now = new Date();
  const startedAt = new Date(now.getTime() - DAY_MS);
  const term = policyTerm(PLAN, startedAt);
  const first = unitDates(PLAN, term, startedAt);
  const { closesAt } = collectingWindow(PLAN, term.effectiveOn);
  const price = PLAN.unitPremiumFen;
  const expiresAt = new Date(now.getTime() + HOLD_MS);
  const firstTerms = [
    COVER_YUAN,
    first.effectiveOn,
    first.maturesOn,
    first.lastDayOn,
    closesAt,
    PLAN.unitsMax,
  ];
  const run = (name: keyof typeof STATEMENTS, ...values: unknown[]) =>
    client.query(STATEMENTS[name], [count, ...values]);
  await run("users", appId, startedAt);
  await run("identities", startedAt);
  await run("policies", PLAN.version, COVER_YUAN, PLAN.unitsMax, startedAt);
  await run("firstOrders", price, expiresAt, startedAt);
  await run("firstUnits", price, startedAt, ...firstTerms);
  await run("heldPlaces");
  await run("giftOrders", price, expiresAt, now);
  await run("outbox");
  await client.query("VACUUM ANALYZE");
  // Whole seconds, as WeChat tells them.
  const paidAt = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  const { effectiveOn, maturesOn, lastDayOn } = unitDates(PLAN, term, paidAt);
  const number = (letters: string, length: number, n: number): string =>
    letters + String(n).padStart(length - letters.length, "0");
  return Array.from({ length: count }, (_, index) => ({
    outTradeNo: number("WGIFT", 29, index + 1),
    openid: number("oFriend", 28, index + 1),
    transactionId: number("42", 28, index + 1),
    amountFen: price,
    paidAt,
    coverYuan: COVER_YUAN,
    effectiveOn,
    maturesOn,
    lastDayOn,
  }));
}
