/** Many hands on the same rows, an event loop that stands still, and others at work in the database. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isDatabaseUnavailable, isStaleDecision } from "@/lib/db/errors";
import { signIn } from "@/lib/identity/sign-in";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listNotifications } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  atCashier,
  call,
  control,
  friendPays,
  getOrder,
  getPolicy,
  newPeople,
  newPerson,
  openOrder,
  orderGift,
  type Person,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import { limitPlaces } from "./trouble";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

/** An administrator's session, outside every pool and limit of the product. */
async function withAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: world.databaseUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

const waitingForLocks = async () => {
  const rows = await world.sql(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
};
const idleInTransaction = () =>
  world.sql(
    `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  );

const countBy = (answers: readonly Answer[]) => {
  const counts: Record<string, number> = {};
  for (const { status, json } of answers) {
    const key = `${status} ${json.code ?? ""}`.trim();
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

/** People by the hundred: in WeChat's books by one call. */
async function crowd(howMany: number): Promise<Person[]> {
  const personas = Array.from({ length: howMany }, (_, index) => ({
    openid: `oCrowd${String(index).padStart(22, "0")}`,
    nickname: "小明",
  }));
  await control(world, "POST", "/import", { personas });
  return Promise.all(
    personas.map(async ({ openid }) => ({
      openid,
      userId: (await signIn(world.deps, { openid, unionid: null })).userId,
    })),
  );
}

test("F34 400 at once for the last place: exactly one gets it, 399 hear that it is full, nobody gets an error", async () => {
  const { code } = await applyAndPay(world);
  await friendPays(world, code);
  await limitPlaces(world, code, 3);
  const friends = await crowd(400);
  const answers = await Promise.all(friends.map((friend) => orderGift(world, code, friend)));
  expect(countBy(answers)).toEqual({ "201": 1, "409 cap_reached": 399 });
  const winner = answers.findIndex(({ status }) => status === 201);
  await atCashier(world, friends[winner] as Person, answers[winner]?.json.order);
  await settleDown(world);
  expect((await getPolicy(world, code)).units).toBe(3);
});

/** Somebody holds the policy and then wants the order; our statements lock the other way round. */
async function lockTheWrongWayRound(
  { code, outTradeNo }: { code: string; outTradeNo: string },
  ours: () => Promise<unknown>,
): Promise<void> {
  await withAdmin(async (admin) => {
    // Postgres ends the session that has waited longest by its own measure: not this one.
    await admin.query("SET deadlock_timeout = '1min'");
    await admin.query("BEGIN");
    await admin.query("SELECT 1 FROM policies WHERE code = $1 FOR NO KEY UPDATE", [code]);
    const done = ours();
    await expect.poll(waitingForLocks, { interval: 5, timeout: 10_000 }).toBe(1);
    await admin.query("SELECT 1 FROM orders WHERE out_trade_no = $1 FOR UPDATE", [outTradeNo]);
    await admin.query("COMMIT");
    await done;
  });
}

describe("F37 a deadlock with somebody who locks the other way round", () => {
  test("a settle gives way before Postgres has to: WeChat comes again, and it is one unit", async () => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    const { outTradeNo } = order;
    await lockTheWrongWayRound({ code, outTradeNo }, () =>
      atCashier(world, friend, order).then(() => settleDown(world)),
    );
    await advance(world, 16);
    expect(await statusesOf(outTradeNo)).toEqual([503, 204]);
    expect((await getOrder(world, friend, outTradeNo)).outcome).toMatchObject({ kind: "unit" });
  });

  test("a close that Postgres ends is tried again at once", async () => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    await advance(world, 15 * 60 + 1);
    await lockTheWrongWayRound({ code, outTradeNo: order.outTradeNo }, () => runWorkerRound(world));
    expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("closed");
    await expect.poll(deadlocks, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(world.logs.filter((line) => line.includes("40P01"))).toEqual([]);
  });
});

async function deadlocks(): Promise<number> {
  const [row] = await world.sql<{ count: number }>(
    "SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(row?.count);
}

describe("F38 a serialization failure", () => {
  /** The first two writes to this table fail; a sequence counts them, because it is never rolled back. */
  async function failTwice(table: string, work: () => Promise<void>): Promise<void> {
    await world.sql(`CREATE SEQUENCE failures;
      CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('failures') <= 2 THEN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER fail_twice BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fail_twice()`);
    try {
      await work();
    } finally {
      await world.sql("DROP FUNCTION fail_twice CASCADE; DROP SEQUENCE failures");
    }
  }

  test("of a settle is tried again at once: WeChat hears 204 the first time", async () => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    await failTwice("units", async () => {
      await atCashier(world, friend, order);
      await settleDown(world);
    });
    expect(await statusesOf(order.outTradeNo)).toEqual([204]);
    expect((await getPolicy(world, code)).units).toBe(2);
  });

  test("of an order is tried again, or asks to try again: never a 500", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    let answer: Answer | undefined;
    await failTwice("orders", async () => {
      for (let time = 0; time < 3 && answer?.status !== 201; time += 1) {
        answer = await orderGift(world, code, friend, { key: "key-of-the-unserialized" });
        expect([201, 503]).toContain(answer.status);
      }
    });
    expect(answer?.status).toBe(201);
    await atCashier(world, friend, answer?.json.order);
    await settleDown(world);
  });

  test.each(["40001", "40P01"])(
    "is seen as what it is, also wrapped by Prisma: %s",
    async (state) => {
      const text = `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END $$`;
      const raw = await world.deps.db.query({ name: `raise_${state}`, text }, []).catch((e) => e);
      const { prisma } = world.deps.db;
      await world.sql(`CREATE FUNCTION raise_state() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END $$`);
      const wrapped = await prisma.$queryRaw`SELECT raise_state()`.catch((error: unknown) => error);
      const inside = await prisma
        .$transaction(async (tx) => tx.$queryRaw`SELECT raise_state()`)
        .catch((error: unknown) => error);
      await world.sql("DROP FUNCTION raise_state");
      for (const error of [raw, wrapped, inside]) {
        expect(isStaleDecision(error)).toBe(true);
        expect(isDatabaseUnavailable(error)).toBe(true);
      }
    },
  );
});

test("F39 the pool is empty and a hundred wait: each hears in time to come back, and nothing is left behind", async () => {
  const { code } = await applyAndPay(world);
  const friends = await newPeople(world, 20);
  await withAdmin(async (admin) => {
    await admin.query("BEGIN");
    await admin.query("LOCK TABLE policies, orders IN ACCESS EXCLUSIVE MODE");
    const startedAtMs = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const friend = friends[index % friends.length] as Person;
        return index < friends.length
          ? orderGift(world, code, friend)
          : call(world, "GET", `/api/policies/${code}`, { as: friend });
      }),
    );
    // Three seconds for a lock or a statement, two for a connection, and a busy machine.
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    expect(countBy(answers)).toEqual({ "503 unavailable": 100 });
    expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(Array(100).fill("2"));
    await admin.query("ROLLBACK");
  });
  const answers = await Promise.all(friends.map((friend) => orderGift(world, code, friend)));
  expect(countBy(answers)).toEqual({ "201": friends.length });
  expect(await idleInTransaction()).toEqual([]);
});

test("F40 the event loop stands still in the middle of transactions: none is left open", async () => {
  const { code } = await applyAndPay(world);
  const friends = await newPeople(world, 12);
  const keys = friends.map(({ userId }) => `key-of-${userId}`);
  const order = (friend: Person, index: number) =>
    orderGift(world, code, friend, { key: `${keys[index]}` });
  const [, ...frozen] = await Promise.all([
    world.deps.db.transaction(async (query) => {
      await query({ name: "before_the_freeze", text: "SELECT 1" }, []);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
      await query({ name: "after_the_freeze", text: "SELECT 1" }, []);
    }),
    ...friends.map(order),
  ]);
  for (const { status } of frozen) expect([201, 502, 503]).toContain(status);
  const again = await Promise.all(friends.map(order));
  expect(countBy(again)).toEqual({ "201": friends.length });
  await expect.poll(idleInTransaction, { timeout: 10_000 }).toEqual([]);
});

test("F45 columns and an index come and go while people order and pay: nobody notices", async () => {
  const { code } = await applyAndPay(world);
  const linesBefore = world.logs.length;
  let isDone = false;
  const bought: Promise<number> = (async () => {
    let count = 0;
    while (!isDone || count < 10) {
      await friendPays(world, code);
      count += 1;
      if (count === 60) break;
    }
    return count;
  })();
  await withAdmin(async (admin) => {
    // As a migration should: it gives up its turn after a second instead of holding everybody up.
    await admin.query("SET lock_timeout = '1s'");
    for (const step of [
      "ALTER TABLE orders ADD COLUMN remark text",
      "ALTER TABLE policies ADD COLUMN remark text NOT NULL DEFAULT ''",
      "CREATE INDEX CONCURRENTLY orders_remark ON orders (remark)",
      "UPDATE orders SET remark = 'expanded' WHERE remark IS NULL",
      "ALTER TABLE orders ADD CONSTRAINT remark_short CHECK (char_length(remark) < 100) NOT VALID",
      "ALTER TABLE orders VALIDATE CONSTRAINT remark_short",
      "DROP INDEX CONCURRENTLY orders_remark",
      "ALTER TABLE orders DROP COLUMN remark",
      "ALTER TABLE policies DROP COLUMN remark",
    ]) {
      await expect
        .poll(
          () =>
            admin.query(step).then(
              () => "done",
              (error: Error) => error.message,
            ),
          {
            timeout: 20_000,
          },
        )
        .toBe("done");
    }
  });
  isDone = true;
  const count = await bought;
  const refused = world.logs.slice(linesBefore).filter((line) => line.includes("request failed"));
  expect(refused).toEqual([]);
  expect((await getPolicy(world, code)).units).toBe(1 + count);
});

describe("others at work in the database", () => {
  /** Twenty friends order and pay, while `work` goes on; none of them notices. */
  async function buyWhile(work: (admin: pg.Client, isOver: () => boolean) => Promise<unknown>) {
    const { code } = await applyAndPay(world);
    const friends = await newPeople(world, 20);
    let isOver = false;
    await withAdmin(async (admin) => {
      const working = work(admin, () => isOver);
      const answers = await Promise.all(friends.map((friend) => orderGift(world, code, friend)));
      expect(countBy(answers)).toEqual({ "201": friends.length });
      await Promise.all(
        friends.map((friend, index) => atCashier(world, friend, answers[index]?.json.order)),
      );
      await settleDown(world);
      isOver = true;
      const [pid] = await world.sql<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '%the long question%' AND pid <> pg_backend_pid()",
      );
      if (pid) await world.sql("SELECT pg_cancel_backend($1)", [pid.pid]);
      await working;
    });
    expect((await getPolicy(world, code)).units).toBe(1 + friends.length);
  }

  test("F43 somebody reads everything for a long time", async () => {
    await buyWhile(async (admin) => {
      await admin.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      const text = `SELECT count(*), pg_sleep(60) /* the long question */ FROM orders, units, policies`;
      await expect(admin.query(text)).rejects.toMatchObject({ code: "57014" });
    });
  });

  test("F44 checkpoints and vacuums without a pause", async () => {
    let rounds = 0;
    await buyWhile(async (admin, isOver) => {
      do {
        await admin.query("CHECKPOINT");
        await admin.query("VACUUM orders, policies, units");
        rounds += 1;
      } while (!isOver());
    });
    expect(rounds).toBeGreaterThan(0);
  });
});

async function statusesOf(outTradeNo: string): Promise<(number | null)[]> {
  const all = await listNotifications(world);
  return (
    all.find((one) => one.outTradeNo === outTradeNo)?.attempts.map(({ status }) => status) ?? []
  );
}
