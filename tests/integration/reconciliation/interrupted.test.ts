/**
 * A run that dies anywhere is taken up by the next one and ends as if nothing had happened. Dying is
 * played at the database's door: from that statement on the process reaches nothing any more, which is
 * all that the database ever sees of a SIGKILL.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { listDaysToReconcile } from "@/lib/reconciliation/list-days-to-reconcile";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import { startWorld, type World } from "@/tests/support/world";
import { advance, applyAndPay, friendPays } from "@/tests/support/world-story";
import { advanceToBill, advanceToHour, found, payUnheard, plant, reconcile } from "./days";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  // The insured's own payment is of a day that no test is about.
  await advanceToHour(world, 20);
  ({ code } = await applyAndPay(world));
});
afterAll(() => world.close());

interface Day {
  billDate: CalendarDate;
  missed: string;
  absent: string;
}

/** One payment in order, one that we were not told of, one that the bill leaves out. */
async function tradeOfADay(): Promise<Day> {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  const { order } = await friendPays(world, code);
  const missed = await payUnheard(world, code);
  await plant(world, { billDate, kind: "omit_row", outTradeNo: order.outTradeNo });
  await advanceToBill(world, billDate);
  return { billDate, missed, absent: order.outTradeNo };
}

async function expectWhole({ billDate, missed, absent }: Day): Promise<void> {
  expect(await found(world, billDate)).toEqual(
    [`open payment_absent ${absent}`, `repaired payment_missed ${missed}`].sort(),
  );
  const [rows] = await world.sql(
    `SELECT (SELECT count(*) FROM bills WHERE bill_date = $1)::int AS bills,
       (SELECT count(*) FROM bill_lines WHERE bill_date = $1)::int AS lines,
       (SELECT count(*) FROM ledger_entries WHERE bill_date = $1)::int AS fees,
       (SELECT count(*) FROM units u JOIN orders o ON o.id = u.order_id WHERE o.out_trade_no = $2)::int AS units,
       (SELECT count(*) FROM reconciliation_runs WHERE bill_date = $1 AND state = 'running')::int AS running`,
    [billDate, missed],
  );
  // Two payments, and for each of them two movements.
  expect(rows).toEqual({ bills: 2, lines: 6, fees: 1, units: 1, running: 0 });
}

test.each([
  ["before the bills are stored", "store_bill", 1, "before"],
  ["between the two bills", "store_bill", 2, "before"],
  ["after the bills", "bills_to_import", 1, "before"],
  ["with the lines written", "import_lines", 1, "after"],
  ["before the differences are written", "record_differences", 1, "before"],
  ["after the differences are written", "record_differences", 1, "after"],
  ["before the missed payment is settled", "settle_units", 1, "before"],
  ["after it is settled and not noted", "settle_units", 1, "after"],
  ["before the repair is noted", "resolve_difference", 1, "before"],
  ["before the fees", "book_fees", 1, "before"],
  ["after the fees", "book_fees", 1, "after"],
  ["before the sums", "payment_sums", 1, "before"],
  ["before its end is written", "finish_run", 1, "before"],
] as const)("F27 killed %s", async (_label, statement, occurrence, moment) => {
  const day = await tradeOfADay();
  const dying = dyingAt(world.deps, statement, occurrence, moment);
  await expect(reconcileDay(dying, { billDate: day.billDate })).rejects.toThrow("killed");

  const other = await reconcile(world, day.billDate);
  expect(other.state, "nobody knows yet that it is dead").toBe("running");
  await advance(world, 11 * 60);
  const resumed = await reconcile(world, day.billDate);
  expect(resumed.id).not.toBe(other.id);
  expect(resumed).toMatchObject({ state: "differs", figures: { differences: { open: 1 } } });
  await expectWhole(day);
});

test("killed in the middle of the lines: the missing ones are written from the stored bill", async () => {
  const day = await tradeOfADay();
  const dying = dyingAt(world.deps, "import_lines", 1, "after");
  await expect(reconcileDay(dying, { billDate: day.billDate })).rejects.toThrow("killed");
  await world.sql("DELETE FROM bill_lines WHERE bill_date = $1 AND line_no % 2 = 0", [
    day.billDate,
  ]);
  await advance(world, 11 * 60);
  expect((await reconcile(world, day.billDate)).state).toBe("differs");
  await expectWhole(day);
});

test("two at once: one works, the others say so", async () => {
  const day = await tradeOfADay();
  const runs = await Promise.all(Array.from({ length: 4 }, () => reconcile(world, day.billDate)));
  const worked = runs.filter(({ state }) => state === "differs");
  expect(worked).toHaveLength(1);
  for (const run of runs.filter((one) => one !== worked[0])) {
    expect(run).toMatchObject({ id: worked[0]?.id, state: "running" });
  }
  await expectWhole(day);
});

test("F29 a process that was thought dead and wakes up changes nothing and ends nobody's run", async () => {
  const day = await tradeOfADay();
  let resumed: Awaited<ReturnType<typeof reconcile>> | undefined;
  const slow = interrupting(world.deps, "book_fees", async () => {
    await advance(world, 11 * 60);
    resumed = await reconcile(world, day.billDate);
  });
  const sleeper = await reconcileDay(slow, { billDate: day.billDate });
  expect(resumed?.state).toBe("differs");
  expect(sleeper.state).toBe("failed");
  expect(sleeper.error).toMatch(/taken over/);
  await expectWhole(day);
  const states = await world.sql<{ state: string }>(
    "SELECT state FROM reconciliation_runs WHERE bill_date = $1 ORDER BY started_at",
    [day.billDate],
  );
  expect(states.map(({ state }) => state)).toEqual(["failed", "differs"]);
});

test("a long run that is alive keeps its day, and the daily job does not add it again", async () => {
  const day = await tradeOfADay();
  const look = async () => {
    await advance(world, 6 * 60);
    expect(await listDaysToReconcile(world.deps)).not.toContain(day.billDate);
    expect((await reconcile(world, day.billDate)).state).toBe("running");
  };
  const slow = interrupting(interrupting(world.deps, "bills_to_import", look), "book_fees", look);
  const run = await reconcileDay(slow, { billDate: day.billDate });
  expect(run).toMatchObject({ state: "differs", error: null });
  await expectWhole(day);
});

test("a run that has fallen silent is named to the daily job once its lease is over", async () => {
  const day = await tradeOfADay();
  const dying = dyingAt(world.deps, "payment_sums", 1, "before");
  await expect(reconcileDay(dying, { billDate: day.billDate })).rejects.toThrow("killed");
  await advance(world, 9 * 60);
  expect(await listDaysToReconcile(world.deps)).not.toContain(day.billDate);
  await advance(world, 2 * 60);
  expect(await listDaysToReconcile(world.deps)).toContain(day.billDate);
  expect((await reconcile(world, day.billDate)).state).toBe("differs");
});

/** The same deps, cut off from the database at the n-th statement of this name. */
function dyingAt(
  deps: Deps,
  statementName: string,
  occurrence: number,
  moment: "before" | "after",
): Deps {
  let seen = 0;
  let isDead = false;
  const guard =
    (query: Database["query"]): Database["query"] =>
    async <Row>(...[statement, values]: Parameters<Database["query"]>) => {
      if (isDead) throw new Error("killed");
      if (statement.name === statementName) seen += 1;
      const isLast = statement.name === statementName && seen === occurrence;
      if (isLast && moment === "before") isDead = true;
      if (isDead) throw new Error("killed");
      const rows = await query<Row>(statement, values);
      if (isLast) isDead = true;
      if (isDead) throw new Error("killed");
      return rows;
    };
  return {
    ...deps,
    db: {
      ...deps.db,
      query: guard(deps.db.query),
      transaction: (work) => deps.db.transaction((query) => work(guard(query))),
    },
  };
}

/** The same deps, which let something happen before the first statement of this name. */
function interrupting(deps: Deps, statementName: string, happen: () => Promise<void>): Deps {
  let hasHappened = false;
  return {
    ...deps,
    db: {
      ...deps.db,
      query: async (statement, values) => {
        if (statement.name === statementName && !hasHappened) {
          hasHappened = true;
          await happen();
        }
        return deps.db.query(statement, values);
      },
    },
  };
}
