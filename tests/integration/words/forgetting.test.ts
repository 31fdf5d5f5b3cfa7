/** R49: what people said is no part of the contract: a year after its end it is gone, the money is not. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetOldData } from "@/lib/retention/forget-old-data";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import { applyAndPay, newPerson, orderGift } from "@/tests/support/world-story";
import { give, react, thank, writeNote } from "./people";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const forgetAfter = (days: number) => {
  const now = new Date(world.deps.now().getTime() + days * DAY_MS);
  return forgetOldData({ ...world.deps, now: () => now });
};
const kinds = async () =>
  (await world.sql<{ kind: string }>("SELECT kind FROM words ORDER BY kind")).map(
    ({ kind }) => kind,
  );

test("words of an ended policy go after a year, those of an unpaid order after a month, others stay", async () => {
  const ended = await applyAndPay(world);
  const living = await applyAndPay(world);
  for (const { code, owner } of [ended, living]) {
    const { friend } = await give(world, code, "云溪", { message: "平安" });
    await thank(world, code, owner, { all: true });
    const { words } = (await writeNote(world, code, owner, "谢谢")).json;
    await react(world, words.id, friend, "heart");
  }
  await world.sql(
    `UPDATE policies SET status = 'ended', end_reason = 'expired', ended_on = ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
     WHERE code = $1`,
    [ended.code, world.deps.now()],
  );
  const unpaid = await orderGift(world, living.code, await newPerson(world), {
    body: { message: "没付" },
  });
  await world.sql(
    "UPDATE orders SET state = 'closed', next_check_at = NULL WHERE out_trade_no = $1",
    [unpaid.json.order.outTradeNo],
  );
  await world.sql("UPDATE policies SET units_held = units_held - 1 WHERE code = $1", [living.code]);

  await forgetAfter(29);
  expect(await kinds()).toHaveLength(7);
  await forgetAfter(31);
  expect(await kinds()).toEqual(["note", "note", "thanks", "thanks", "wish", "wish"]);
  await forgetAfter(365);
  expect(await kinds()).toHaveLength(6);
  await forgetAfter(367);
  expect(await kinds()).toEqual(["note", "thanks", "wish"]);
  expect(await world.sql("SELECT 1 FROM reactions")).toHaveLength(1);
  await expectCleanBooks(world);
});
