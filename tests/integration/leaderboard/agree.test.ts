/**
 * 5,000 random settles, refunds and switches from 32 hands at once, folded by the product's own jobs
 * meanwhile, some of them twice: in the end every board is what counting everybody says it is.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DomainError } from "@/lib/errors/errors";
import { carryOut, messagesSchema } from "@/lib/jobs/carry-out";
import { type Board, boardSchema } from "@/lib/leaderboard/contract";
import { auditDatabase } from "@/lib/ledger/audit";
import { settlePayment } from "@/lib/payments/settle-payment";
import { giveBackUnit } from "@/lib/policies/give-back-unit";
import { previewSurrender, surrenderPolicy } from "@/lib/policies/surrender-policy";
import { updateProfile } from "@/lib/profile/update-profile";
import { prepareGifts } from "@/scripts/bench/gifts";
import { startWorld, type World } from "@/tests/support/world";
import { call } from "@/tests/support/world-story";
import { expectedBoards, readBoards } from "./count-everybody";
import { seededRandom } from "./random";

const ACTS = 5_000;
const HANDS = 32;
const POLICIES = 150;
const PROVINCES = ["110101199206150017", "440101199206150017", "330101199206150017"];

let world: World;
const seed = Number(process.env.BOARDS_SEED ?? 20_140_214);
const random = seededRandom(seed);
const below = (bound: number) => Math.floor(random() * bound);

beforeAll(async () => {
  world = await startWorld({
    environment: async () => ({ DATABASE_POOL_MAX: String(HANDS), LOG_LEVEL: "error" }),
  });
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  await prepareGifts(client, world.deps.config.appId, POLICIES);
  await client.end();
  for (let n = 1; n <= POLICIES; n += 1) {
    const sealed = world.deps.vault.seal(
      PROVINCES[n % PROVINCES.length] ?? "",
      `identities.id_number.idn_${n}`,
    );
    await world.sql("UPDATE identities SET id_number_cipher = $2 WHERE id = $1", [
      `idn_${n}`,
      sealed,
    ]);
  }
  // Outbox messages of the first units are gone, as they were carried out long ago.
  await world.sql("SELECT recompute_standings($1)", [world.deps.now()]);
});
afterAll(() => world.close());

const given: { outTradeNo: string; userId: string }[] = [];
const done: Record<string, number> = {};
let orders = 0;

const codeOf = (n: number) => `Bench${String(n).padStart(17, "0")}`;

const OPEN_GIFT = `WITH place AS (
    UPDATE policies SET units_held = units_held + 1
    WHERE id = $2 AND status = 'active' AND units_paid + units_held < units_max
      AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.policy_id = $2 AND o.payer_id = $3
        AND o.kind = 'gift' AND o.state IN ('pending', 'settled'))
    RETURNING id)
  INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, state,
    expires_at, next_check_at, created_at)
  SELECT $1, $1, 'gift', place.id, u.id, u.openid, 100, '微互助', 'pending', $4::timestamptz + interval '1 hour',
    $4::timestamptz + interval '1 hour', $4 FROM place, users u WHERE u.id = $3
  RETURNING payer_openid AS openid`;

/** What one hand may do; each says whether something has changed. */
const DEEDS: Record<string, { weight: number; run(): Promise<boolean> }> = {
  settle: {
    weight: 50,
    async run() {
      orders += 1;
      const outTradeNo = `WTEST${String(orders).padStart(24, "0")}`;
      const userId = `usr_friend${1 + below(POLICIES)}`;
      const now = world.deps.now();
      const values = [outTradeNo, `pol_${1 + below(POLICIES)}`, userId, now];
      const [order] = await world.deps.db
        .query<{ openid: string }>({ name: "test_open_gift", text: OPEN_GIFT }, values)
        .catch(() => []);
      if (!order) return false;
      await settlePayment(
        world.deps,
        {
          appId: world.deps.config.appId,
          mchId: world.deps.config.mchId,
          outTradeNo,
          transactionId: `43${String(orders).padStart(26, "0")}`,
          tradeState: "SUCCESS",
          successAt: now,
          amountFen: 100,
          currency: "CNY",
          openid: order.openid,
          attach: null,
        },
        "notify",
      );
      given.push({ outTradeNo, userId });
      return true;
    },
  },
  refund: {
    weight: 22,
    async run() {
      const [gift] = given.splice(below(given.length), 1);
      if (!gift) return false;
      await giveBackUnit(world.deps, { by: "payer", ...gift });
      return true;
    },
  },
  surrender: {
    weight: 0.4,
    async run() {
      const n = 1 + below(POLICIES);
      const who = { code: codeOf(n), userId: `usr_owner${n}` };
      const { reason, totalFen } = await previewSurrender(world.deps, who);
      await surrenderPolicy(world.deps, { ...who, seen: { reason, totalFen } });
      return true;
    },
  },
  show: {
    weight: 28,
    async run() {
      const isOnBoards = random() < 0.6;
      await updateProfile(world.deps, {
        userId: `usr_owner${1 + below(POLICIES)}`,
        input: {
          isOnBoards,
          isMasked: random() < 0.5,
          ...(isOnBoards && { takesPartInRegion: random() < 0.5 }),
        },
      });
      return true;
    },
  },
};

const TAKE = {
  name: "test_take_messages",
  text: `WITH taken AS (DELETE FROM outbox_messages WHERE id IN (
      SELECT id FROM outbox_messages ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING topic, payload)
    SELECT topic, json_agg(payload) AS messages FROM taken GROUP BY topic`,
};

/** What the worker does with the outbox; at times twice at once, as after a lost answer. */
async function carry(take: number): Promise<boolean> {
  const jobs = await world.deps.db.query(TAKE, [take]);
  for (const job of jobs) {
    const messages = messagesSchema.parse(job);
    const times = random() < 0.2 ? 2 : 1;
    await Promise.all(Array.from({ length: times }, () => carryOut(world.deps, messages)));
  }
  return jobs.length > 0;
}

function pickDeed(): string {
  const weights = Object.entries(DEEDS).map(([name, { weight }]) => [name, weight] as const);
  let left = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of weights) {
    left -= weight;
    if (left < 0) return name;
  }
  return "settle";
}

test(`everything agrees after ${ACTS} acts of ${HANDS} hands`, { timeout: 180_000 }, async () => {
  let acts = 0;
  async function work(): Promise<void> {
    while (acts < ACTS) {
      if (random() < 0.08) await carry(20);
      const name = pickDeed();
      const hasChanged = await DEEDS[name]?.run().catch((error: unknown) => {
        // Refused is an answer: it was given back before, or the quote has changed meanwhile.
        if (error instanceof DomainError) return false;
        throw error;
      });
      if (!hasChanged) continue;
      acts += 1;
      done[name] = (done[name] ?? 0) + 1;
    }
  }
  await Promise.all(Array.from({ length: HANDS }, work));
  while (await carry(100));
  expect(Object.keys(done).sort(), JSON.stringify({ seed, done })).toEqual(
    Object.keys(DEEDS).sort(),
  );

  const now = world.deps.now();
  const expected = await expectedBoards(world, now);
  expect(expected.standings.length).toBeGreaterThan(POLICIES);
  expect(await readBoards(world, now)).toEqual(expected);
  expect(await world.sql("SELECT recompute_standings($1) AS wrong", [now])).toEqual([{ wrong: 0 }]);
  const rank = (await auditDatabase(world.deps.db, now)).find(({ name }) => /i12/.test(name));
  expect(rank).toMatchObject({ count: 0 });
});

test("the pages of a board, put together, are everybody who wants to be listed", async () => {
  const rows: Board["rows"] = [];
  let after: string | null = null;
  let pages = 0;
  do {
    const query: string = after ? `?after=${encodeURIComponent(after)}` : "";
    const answer = await call(world, "GET", `/api/leaderboards/all${query}`);
    const board = boardSchema.parse(answer.json);
    rows.push(...board.rows);
    after = board.next;
    pages += 1;
  } while (after);
  expect(pages).toBe(Math.ceil(rows.length / 50));
  const listed = await world.sql<{ units: number; rank: string }>(
    `SELECT units, rank FROM (SELECT s.*, rank() OVER (ORDER BY units DESC) FROM standings s WHERE board = 'all') s
     WHERE is_listed ORDER BY units DESC, reached_at, policy_id`,
  );
  expect(rows.map(({ units, rank }) => [units, rank])).toEqual(
    listed.map(({ units, rank }) => [units, Number(rank)]),
  );
});

test("boards that are lost altogether are built from the units by one command", async () => {
  const now = world.deps.now();
  const before = await readBoards(world, now);
  await world.sql("TRUNCATE standings, standings_histogram");
  const [built] = await world.sql<{ wrong: number }>("SELECT recompute_standings($1) AS wrong", [
    now,
  ]);
  expect(built?.wrong).toBeGreaterThan(before.standings.length);
  expect(await readBoards(world, now)).toEqual(before);
});
