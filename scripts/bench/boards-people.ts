/**
 * A campaign of any size in bulk: everybody is insured and gives to others; most policies have few
 * units and some have a hundred. Row n can be computed from n, so a bench knows whom it asks for.
 */
import type pg from "pg";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import { collectingWindow, policyTerm, unitDates } from "@/lib/pricing/term";
import type { Gift } from "./gifts";

const PLAN = PLAN_2026_1;
const COVER_YUAN = PLAN.bands[0]?.coverPerUnitYuan ?? 0;
const DAY_MS = 86_400_000;
/** Everybody began so long ago and still collects. */
const AGE_DAYS = 25;
const HOLD_MS = 6 * 60 * 60 * 1_000;

const padded = (letters: string, length: number, n = "n"): string =>
  `'${letters}' || lpad((${n})::text, ${length - letters.length}, '0')`;
const OPENID = (n: string) => padded("oPeople", 28, n);
/** Unit k of policy n, in digits that sort as they grow: indexes are filled from one end. */
const UNIT_NO = "lpad((n * 100 + k)::text, 12, '0')";

/** $1 people, $2 appid, $3 when they began, $4 now. Triggers and foreign keys are off meanwhile. */
const STATEMENTS: Record<string, string> = {
  // The 60th power of a random share: 2.6 units on average, one in three hundred has more than 80.
  plan: `CREATE TEMP TABLE made AS
    SELECT n, k, ${UNIT_NO} AS no, CASE WHEN k = 1 THEN $3::timestamptz ELSE date_trunc('milliseconds',
        $4::timestamptz - ($4::timestamptz - $3::timestamptz) * power(random(), 2)) END AS at,
      CASE WHEN k = 1 THEN n ELSE (n - 1 + 7919 * k) % $1::int + 1 END AS payer
    FROM (SELECT n, 1 + floor(99 * power(greatest(random(), 0.001), 60))::int AS units FROM generate_series(1, $1::int) n) p,
      generate_series(1, p.units) k WHERE $2::text <> ''`,
  users: `INSERT INTO users (id, app_id, openid, nickname, created_at)
    SELECT 'usr_' || n, $2, ${OPENID("n")}, chr(19968 + n % 20000) || chr(19968 + n / 7 % 20000), $3
    FROM generate_series(1, $1::int) n WHERE $4::timestamptz IS NOT NULL`,
  profiles: `INSERT INTO profiles (user_id, is_on_boards, is_masked, region_code, updated_at)
    SELECT 'usr_' || n, n % 5 < 3, n % 2 = 0,
      CASE WHEN n % 5 = 0 THEN (region_codes())[1 + n / 5 % cardinality(region_codes())] END, $4
    FROM generate_series(1, $1::int) n WHERE n % 10 < 8 AND $2::text <> '' AND $3::timestamptz IS NOT NULL`,
  policies: `INSERT INTO policies (id, code, number, user_id, identity_id, id_number_index, plan_version, asker_name, band,
      age_at_issue, cover_per_unit_yuan, units_max, status, units_paid, endorsements_count, issued_at, effective_on,
      last_day_on, collecting_until, created_at)
    SELECT 'pol_' || n, ${padded("Bench", 22)}, 'WH2026-' || lpad(n::text, 7, '0'), 'usr_' || n, 'idn_' || n, md5(n::text),
      $5, '小雨', 'A', 30, $6, $7, 'active', max(k), max(k), $3, $8, $9, $10, $3
    FROM made WHERE $1::int > 0 AND $2::text <> '' AND $4::timestamptz IS NOT NULL GROUP BY n`,
  orders: `INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, is_anonymous,
      state, expires_at, transaction_id, paid_fen, paid_at, proven_by, settled_at, created_at)
    SELECT 'ord_' || no, 'WMADE000000000000' || no, (CASE WHEN k = 1 THEN 'first' ELSE 'gift' END)::order_kind,
      'pol_' || n, 'usr_' || payer, ${OPENID("payer")}, 100, '微互助', k % 5 = 0, 'settled', at,
      '4000000000000000' || no, 100, at, 'notify', at, at FROM made`,
  units: `INSERT INTO units (id, policy_id, order_id, seq, cover_yuan, effective_on, matures_on, last_day_on, status, settled_at)
    SELECT 'unt_' || no, 'pol_' || n, 'ord_' || no, k, $1, at::date + 1, at::date + 91, $2, 'active', at FROM made`,
  endorsements: `INSERT INTO endorsements (number, policy_id, unit_id, cover_delta_yuan, created_at)
    SELECT 'WH2026-' || lpad(n::text, 7, '0') || '-' || lpad(k::text, 3, '0'), 'pol_' || n, 'unt_' || no, 1000, at FROM made`,
  entries: `INSERT INTO ledger_entries (id, kind, order_id, created_at)
    SELECT 'led_' || no, 'payment_settled', 'ord_' || no, at FROM made`,
  postings: `INSERT INTO ledger_postings (entry_id, account, amount_fen)
    SELECT 'led_' || no, account, fen FROM made, (VALUES ('wechat_clearing', 100), ('premium', -100)) p(account, fen)`,
};

/** Fills a database that holds nothing but the published plan. */
export async function preparePeople(
  client: pg.Client,
  appId: string,
  count: number,
): Promise<void> {
  const now = new Date();
  const { startedAt, term, closesAt } = termOf(now);
  const run = async (name: string, ...values: unknown[]) => {
    await client.query(STATEMENTS[name] ?? "", values);
  };
  const common = [count, appId, startedAt, now];
  await client.query("SET session_replication_role = replica; SET synchronous_commit = off");
  await client.query("SELECT setseed(0.14)");
  await run("plan", ...common);
  await run("users", ...common);
  await run("profiles", ...common);
  const { version, unitsMax } = PLAN;
  const { effectiveOn, lastDayOn } = term;
  await run(
    "policies",
    ...[...common, version, COVER_YUAN, unitsMax, effectiveOn, lastDayOn, closesAt],
  );
  await run("orders");
  await run("units", COVER_YUAN, lastDayOn);
  await run("endorsements");
  await run("entries");
  await run("postings");
  await client.query("DROP TABLE made");
  await client.query("RESET session_replication_role; RESET synchronous_commit");
  await client.query("VACUUM ANALYZE");
}

const GIFT_ORDERS = `WITH chosen AS (
    SELECT id, row_number() OVER () + $3::int AS m FROM (
      SELECT id FROM policies WHERE units_paid + units_held < 90 ORDER BY md5(id || $3) LIMIT $1) p),
  held AS (UPDATE policies SET units_held = units_held + 1 WHERE id IN (SELECT id FROM chosen)),
  givers AS (
    INSERT INTO users (id, app_id, openid, created_at)
    SELECT 'usr_giver' || m, $2, ${padded("oGiver", 28, "m")}, $4 FROM chosen)
  INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, state,
    expires_at, next_check_at, created_at)
  SELECT 'ord_gift' || m, ${padded("WGIFT", 29, "m")}, 'gift', id, 'usr_giver' || m, ${padded("oGiver", 28, "m")}, 100,
    '微互助', 'pending', $5, $5, $4 FROM chosen`;

/** Open gifts of new people on `count` policies chosen at random; `from` is how many there were before. */
export async function prepareOpenGifts(
  client: pg.Client,
  appId: string,
  { count, from }: { count: number; from: number },
): Promise<Gift[]> {
  const now = new Date();
  // The givers' foreign key is checked when the statement ends, and all of it is one statement.
  await client.query(GIFT_ORDERS, [count, appId, from, now, new Date(now.getTime() + HOLD_MS)]);
  const { term } = termOf(now);
  const paidAt = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  const { effectiveOn, maturesOn, lastDayOn } = unitDates(PLAN, term, paidAt);
  const number = (letters: string, length: number, n: number): string =>
    letters + String(n).padStart(length - letters.length, "0");
  return Array.from({ length: count }, (_, index) => ({
    outTradeNo: number("WGIFT", 29, from + index + 1),
    openid: number("oGiver", 28, from + index + 1),
    transactionId: number("42", 28, from + index + 1),
    amountFen: PLAN.unitPremiumFen,
    paidAt,
    coverYuan: COVER_YUAN,
    effectiveOn,
    maturesOn,
    lastDayOn,
  }));
}

function termOf(now: Date) {
  const startedAt = new Date(now.getTime() - AGE_DAYS * DAY_MS);
  const term = policyTerm(PLAN, startedAt);
  return { startedAt, term, closesAt: collectingWindow(PLAN, term.effectiveOn).closesAt };
}
