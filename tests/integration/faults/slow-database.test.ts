/** A database that stands still, refuses to write, or whose sessions are killed in the middle. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listNotifications } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  call,
  control,
  friendPays,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import { type DatabaseSwitch, startDatabaseSwitch } from "@/tests/support/world-switch";

/** WeChat waits so long for the answer to a notification (wechat.md §1.11). */
const WECHAT_WAITS_MS = 5_000;

/** Sessions ended while they write units. */
const KILLS = 6;

let world: World;
let wire: DatabaseSwitch;
let code: string;
beforeAll(async () => {
  world = await startWorld({
    async environment(databaseUrl) {
      wire = await startDatabaseSwitch(databaseUrl);
      return { DATABASE_URL: wire.url };
    },
  });
});
beforeEach(async () => {
  ({ code } = await applyAndPay(world));
});
afterEach(() => expectCleanBooks(world));
afterAll(async () => {
  await world.close();
  await wire.close();
});

async function attemptsOf(outTradeNo: string) {
  const all = await listNotifications(world);
  return all.find((one) => one.outTradeNo === outTradeNo)?.attempts ?? [];
}

test("F11 the tables are locked while WeChat tells of a payment: 503 in time, and the repeat is one unit", async () => {
  const { friend, order } = await openOrder(world, code);
  const admin = new pg.Client({ connectionString: world.databaseUrl });
  await admin.connect();
  await admin.query("BEGIN");
  await admin.query("LOCK TABLE orders, policies IN ACCESS EXCLUSIVE MODE");
  await atCashier(world, friend, order, "pay_silently");
  await control(world, "POST", "/clock", { advanceSeconds: 0 });
  await admin.query("ROLLBACK");
  await admin.end();
  expect(await attemptsOf(order.outTradeNo)).toMatchObject([{ status: 503 }]);
  await advance(world, 16);
  expect((await attemptsOf(order.outTradeNo)).map(({ status }) => status)).toEqual([503, 204]);
  expect((await getPolicy(world, code)).units).toBe(2);
});

test("F11 the database falls silent while WeChat tells of a payment: 503 before WeChat gives up waiting", async () => {
  const { friend, order } = await openOrder(world, code);
  wire.freeze();
  const startedAtMs = performance.now();
  await atCashier(world, friend, order, "pay_silently");
  await control(world, "POST", "/clock", { advanceSeconds: 0 });
  const tookMs = performance.now() - startedAtMs;
  wire.heal();
  expect(await attemptsOf(order.outTradeNo)).toMatchObject([{ status: 503 }]);
  expect(tookMs).toBeLessThan(WECHAT_WAITS_MS);
  await advance(world, 16);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
});

test("F28 sessions killed while units are written: each unit has its message, its entry and its notice, or nothing of it is there", async () => {
  const opened = await Promise.all(Array.from({ length: 30 }, () => openOrder(world, code)));
  // Between the unit and its message there is a moment now, and that is when the session dies.
  await world.sql(`CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_sleep(0.05); RETURN NEW; END $$;
    CREATE TRIGGER linger BEFORE INSERT ON outbox_messages FOR EACH ROW EXECUTE FUNCTION linger()`);
  const killing = (async () => {
    for (let kills = 0; kills < KILLS; ) {
      const rows = await world.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
           AND pid <> pg_backend_pid() AND query LIKE '%settle_units%' AND wait_event = 'PgSleep'`,
      );
      kills += rows.length;
    }
  })();
  for (const { friend, order } of opened) await atCashier(world, friend, order, "pay_silently");
  await killing;
  await control(world, "POST", "/clock", { advanceSeconds: 0 });
  await world.sql("DROP FUNCTION linger CASCADE");
  const [halves] = await world.sql(
    `SELECT count(*) FILTER (WHERE (u.id IS NULL) <> (m.id IS NULL))::int AS messages,
       count(*) FILTER (WHERE (u.id IS NULL) <> (e.id IS NULL))::int AS entries,
       count(*) FILTER (WHERE (u.id IS NULL) <> (o.state = 'pending'))::int AS states
     FROM orders o LEFT JOIN units u ON u.order_id = o.id
       LEFT JOIN ledger_entries e ON e.order_id = o.id
       LEFT JOIN outbox_messages m ON m.topic = 'unit_settled' AND m.payload->>'unitId' = u.id
     WHERE o.out_trade_no = ANY ($1)`,
    [opened.map(({ order }) => order.outTradeNo)],
  );
  expect(halves).toEqual({ messages: 0, entries: 0, states: 0 });
  await advance(world, 16);
  await advance(world, 16);
  await runWorkerRound(world);
  expect((await getPolicy(world, code)).units).toBe(1 + opened.length);
});

test("F30 Postgres says that its disk is full: writes are 503, reads go on, and it recovers by itself", async () => {
  const { friend, order } = await openOrder(world, code);
  const tables = [
    "orders",
    "units",
    "refunds",
    "ledger_entries",
    "outbox_messages",
    "order_events",
  ];
  await world.sql(`CREATE FUNCTION refuse_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
  for (const table of tables) {
    await world.sql(
      `CREATE TRIGGER disk_is_full BEFORE INSERT OR UPDATE ON ${table} EXECUTE FUNCTION refuse_full()`,
    );
  }
  const ordered = await orderGift(world, code, await newPerson(world));
  expect([ordered.status, ordered.headers.get("retry-after")]).toEqual([503, "2"]);
  await atCashier(world, friend, order, "pay_silently");
  await control(world, "POST", "/clock", { advanceSeconds: 0 });
  expect(await attemptsOf(order.outTradeNo)).toMatchObject([{ status: 503 }]);
  expect((await call(world, "GET", `/api/policies/${code}`)).status).toBe(200);
  expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("pending");

  await world.sql("DROP FUNCTION refuse_full CASCADE");
  await advance(world, 16);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  await friendPays(world, code);
});

test("F60 an error that quotes a whole row, openid and all, is not passed on by any log or answer", async () => {
  const { friend, order } = await openOrder(world, code);
  const linesBefore = world.logs.length;
  await world.sql(`CREATE FUNCTION quote_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'failing row is %', NEW USING DETAIL = NEW::text; END $$;
    CREATE TRIGGER quote_row BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION quote_row()`);
  const asked = await newPerson(world);
  const answer = await orderGift(world, code, asked);
  await atCashier(world, friend, order, "pay_silently");
  await control(world, "POST", "/clock", { advanceSeconds: 0 });
  await world.sql("DROP FUNCTION quote_row CASCADE");
  expect(answer.status).toBe(500);
  const lines = world.logs.splice(linesBefore);
  expect(lines.filter((line) => line.includes("failing row")).length).toBeGreaterThan(0);
  for (const { openid } of [friend, asked]) {
    expect(lines.filter((line) => line.includes(openid))).toEqual([]);
    expect(answer.text).not.toContain(openid);
  }
  await advance(world, 16);
  await settleDown(world);
});
