/** R49, R50: what led to no contract and no payment is forgotten; what did is kept. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  newPerson,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";

const DAY_SECONDS = 86_400;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const people = () =>
  world.sql<{ user_id: string; isKept: boolean }>(
    `SELECT user_id, name_cipher <> '' AND id_number_cipher <> '' AND phone_cipher <> '' AS "isKept" FROM identities`,
  );

test("an application that was never paid loses its person after 90 days, keys and courses after 30; paid ones keep all", async () => {
  const { owner } = await applyAndPay(world);
  const passerBy = await newPerson(world);
  expect((await applyFor(world, passerBy)).status).toBe(201);
  await advance(world, DAY_SECONDS);
  await runWorkerRound(world);
  const events = () => world.sql("SELECT DISTINCT order_id FROM order_events");
  expect((await events()).length).toBeGreaterThan(0);

  await advance(world, 31 * DAY_SECONDS);
  await runWorkerRound(world);
  expect(await world.sql("SELECT key FROM idempotency_keys")).toEqual([]);
  expect(
    await world.sql(
      "SELECT 1 FROM order_events e JOIN orders o ON o.id = e.order_id WHERE o.state = 'closed'",
    ),
  ).toEqual([]);
  expect((await people()).every(({ isKept }) => isKept)).toBe(true);

  await advance(world, 60 * DAY_SECONDS);
  await runWorkerRound(world);
  const kept = Object.fromEntries((await people()).map((one) => [one.user_id, one.isKept]));
  expect(kept).toEqual({ [owner.userId]: true, [passerBy.userId]: false });
  expect(
    await world.sql("SELECT asker_name FROM policies WHERE user_id = $1", [passerBy.userId]),
  ).toEqual([{ asker_name: "" }]);

  // Forgotten is not banned: the same person applies again and is insured.
  const again = await applyFor(world, passerBy);
  expect(again.status, again.text).toBe(201);
  await atCashier(world, passerBy, again.json.order);
  await settleDown(world);
  expect((await people()).filter(({ isKept }) => isKept)).toHaveLength(2);
  await expectCleanBooks(world);
});
