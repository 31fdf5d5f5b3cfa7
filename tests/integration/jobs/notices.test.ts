/** People are told what became of their money and what a day brings, each fact once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  control,
  friendPays,
  openOrder,
  type Person,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

const DAY_SECONDS = 86_400;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface Told {
  kind: string;
  details: Record<string, unknown>;
}

const toldTo = (person: Person) =>
  world.sql<Told>("SELECT kind, details FROM notices WHERE user_id = $1 ORDER BY id", [
    person.userId,
  ]);
const kindsToldTo = async (person: Person) => (await toldTo(person)).map(({ kind }) => kind);

test("a unit: its payer and the insured; an unusable payment: the refund, and its arrival or delay", async () => {
  const { owner, code } = await applyAndPay(world);
  const { friend } = await friendPays(world, code);
  const { friend: unlucky, order } = await openOrder(world, code);
  await spoil(world, {
    endpoint: "notify",
    kind: "wrong_amount",
    outTradeNo: order.outTradeNo,
  });
  await control(world, "POST", "/refund-outcomes", {
    outTradeNo: order.outTradeNo,
    status: "ABNORMAL",
  });
  await atCashier(world, unlucky, order);
  await settleDown(world);
  for (let step = 0; step < 4; step += 1) {
    await advance(world, 60);
    await runWorkerRound(world);
  }
  expect(await toldTo(friend)).toEqual([
    {
      kind: "unit_settled",
      details: { seq: 2, coverYuan: 1_000, askerName: expect.any(String), isOwn: false },
    },
  ]);
  expect(await kindsToldTo(owner)).toEqual(["unit_settled", "unit_received"]);
  expect(await kindsToldTo(unlucky)).toEqual(["refund_requested", "refund_delayed"]);

  await control(world, "POST", `/refunds/R${order.outTradeNo.slice(1)}/finish`, {
    status: "SUCCESS",
  });
  await settleDown(world);
  await runWorkerRound(world);
  expect(await kindsToldTo(unlucky)).toEqual([
    "refund_requested",
    "refund_delayed",
    "refund_succeeded",
  ]);
  await expectCleanBooks(world);
});

test("the year of a policy: window closing, closed, cover counting, ending; each once", async () => {
  const { owner, code } = await applyAndPay(world);
  await friendPays(world, code);
  for (let day = 0; day < 368; day += 1) {
    await advance(world, DAY_SECONDS);
    const isDayOfInterest = day < 35 || (day > 86 && day < 96) || day > 355;
    if (isDayOfInterest) await runWorkerRound(world);
  }
  expect(await kindsToldTo(owner)).toEqual([
    "unit_settled",
    "unit_received",
    "window_closing",
    "window_closed",
    "cover_matured",
    "policy_ending",
    "anniversary",
  ]);
  const [matured] = (await toldTo(owner)).filter(({ kind }) => kind === "cover_matured");
  expect(matured?.details).toEqual({ units: 2, coverYuan: 2_000 });
  const anniversary = (await toldTo(owner)).at(-1);
  expect(anniversary?.details).toEqual({ units: 2, friends: 1 });
  const [policy] = await world.sql(
    "SELECT status, end_reason, ended_on = last_day_on + 1 AS is_day_after FROM policies WHERE code = $1",
    [code],
  );
  expect(policy).toEqual({ status: "ended", end_reason: "expired", is_day_after: true });
}, 120_000);
