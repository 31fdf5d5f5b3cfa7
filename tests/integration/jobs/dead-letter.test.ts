/** A message or job that can never be carried out stands aside; the others flow, and ops can replay it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { discardDeadJobs, listDeadJobs, replayDeadJobs } from "@/lib/jobs/dead-jobs";
import { auditDatabase } from "@/lib/ledger/audit";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import { applyAndPay, friendPays, runWorkerRound } from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const insertMessage = (topic: string, payload: object) =>
  world.sql(
    "INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at) VALUES ($1, $2, now(), now())",
    [topic, payload],
  );

/** The last try of a job that has failed so far, without waiting for its back-off. */
const toLastTry = () =>
  world.sql(
    "UPDATE graphile_worker._private_jobs SET attempts = max_attempts - 1, run_at = now() WHERE last_error IS NOT NULL",
  );

const auditedOutbox = async () =>
  (await auditDatabase(world.deps.db, world.deps.now())).find(
    ({ name }) => name === "audit_i11_outbox",
  );

test("F46 a poison message is dead after its last try, the others were carried out, and ops replays or removes it", async () => {
  await insertMessage("a_topic_nobody_knows", { some: "thing" });
  await insertMessage("refund_requested", { refundId: 17 });
  const { code } = await applyAndPay(world);
  await friendPays(world, code);
  await runWorkerRound(world);

  // The good ones are done: people were told and the histogram follows.
  expect(await world.sql("SELECT kind FROM notices ORDER BY id")).toMatchObject([
    { kind: "unit_settled" },
    { kind: "unit_settled" },
    { kind: "unit_received" },
  ]);
  expect(
    await world.sql("SELECT units FROM standings_histogram WHERE board = 'all' AND policies > 0"),
  ).toEqual([{ units: 2 }]);
  expect(await listDeadJobs(world.deps.db)).toEqual([]);

  await toLastTry();
  await runWorkerRound(world);
  const dead = await listDeadJobs(world.deps.db);
  expect(dead.map(({ task, attempts }) => [task, attempts])).toEqual([
    ["carry_out", 12],
    ["carry_out", 12],
  ]);
  expect((await auditedOutbox())?.count).toBe(2);

  // Replayed with its cause unmended it dies again; the cause mended, it is carried out.
  expect(await replayDeadJobs(world.deps.db, null)).toBe(2);
  await world.sql(
    `UPDATE graphile_worker._private_jobs SET payload = '{"topic":"refund_requested","messages":[]}'
     WHERE payload->>'topic' = 'refund_requested'`,
  );
  await runWorkerRound(world);
  await toLastTry();
  await runWorkerRound(world);
  const [last, ...others] = await listDeadJobs(world.deps.db);
  expect(others).toEqual([]);
  expect(await discardDeadJobs(world.deps.db, [last?.id ?? ""])).toBe(1);
  expect((await auditedOutbox())?.count).toBe(0);
  world.logs.length = 0;
  await expectCleanBooks(world);
});
