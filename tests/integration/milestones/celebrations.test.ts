/** The moments of a grid: once each, for the insured only, and the keepsake of a full one. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCelebration, findFullPolicy } from "@/lib/milestones/queries";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import {
  applyAndPay,
  atCashier,
  call,
  fillTo,
  friendPays,
  getPolicy,
  newPerson,
  type Person,
  settleDown,
} from "@/tests/support/world-story";
import { goToNextNoon, passDays, surrender, withdraw } from "../endings/story";

/** A hundred friends order and pay, on a machine that does other things as well. */
const HUNDRED_PAYMENTS_MS = 90_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  expect(internalErrors(world)).toEqual([]);
  await world.close();
});

const celebrate = (code: string, person: Person | undefined, units: unknown) =>
  call(world, "POST", `/api/policies/${code}/celebrations`, {
    as: person,
    key: null,
    body: { units },
  });
const nextFor = async (code: string, { userId }: Person) =>
  (await findCelebration(world.deps, { code, userId }))?.cells ?? null;

test("each moment is celebrated once, on whatever phone, and not again after a refund", async () => {
  await goToNextNoon(world);
  const { owner, code } = await applyAndPay(world);
  expect(await nextFor(code, owner)).toBe(1);
  const answers = await Promise.all([celebrate(code, owner, 1), celebrate(code, owner, 1)]);
  for (const answer of answers) {
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toEqual({ celebrated: [1] });
  }
  expect(await nextFor(code, owner)).toBeNull();

  await fillTo(world, code, 9);
  expect(await nextFor(code, owner)).toBeNull();
  const { friend, order } = await friendPays(world, code);
  expect(await nextFor(code, owner)).toBe(10);
  expect((await celebrate(code, owner, 10)).json).toEqual({ celebrated: [1, 10] });

  expect((await withdraw(world, friend, order.outTradeNo)).status).toBe(200);
  expect((await getPolicy(world, code)).units).toBe(9);
  expect(await nextFor(code, owner)).toBeNull();
  await friendPays(world, code);
  expect((await getPolicy(world, code)).units).toBe(10);
  expect(await nextFor(code, owner)).toBeNull();
  // Told again by a phone that slept meanwhile.
  expect((await celebrate(code, owner, 10)).json).toEqual({ celebrated: [1, 10] });
});

test("only the insured celebrates, only what the grid has reached, only what is a moment", async () => {
  await goToNextNoon(world);
  const { owner, code } = await applyAndPay(world);
  const { friend } = await friendPays(world, code);
  expect((await celebrate(code, undefined, 1)).status).toBe(401);
  for (const other of [friend, await newPerson(world)]) {
    expect((await celebrate(code, other, 1)).status).toBe(404);
    expect(await nextFor(code, other)).toBeNull();
  }
  expect((await celebrate("0".repeat(22), owner, 1)).status).toBe(404);
  for (const units of [2, 0, 37, 1000, "1", null]) {
    expect((await celebrate(code, owner, units)).status).toBe(422);
  }
  const early = await celebrate(code, owner, 10);
  expect(early.status).toBe(422);
  expect(early.json.invalid_params).toMatchObject([{ name: "units", code: "not_reached" }]);
  expect(
    await world.sql(
      "SELECT c.* FROM celebrations c JOIN policies p ON p.id = c.policy_id WHERE p.code = $1",
      [code],
    ),
  ).toEqual([]);
  // A policy that is over has nothing to celebrate.
  await surrender(world, { owner, code });
  expect(await nextFor(code, owner)).toBeNull();
  expect((await celebrate(code, owner, 1)).status).toBe(404);
});

test("a full grid: the last two moments, and a keepsake that lasts longer than the policy", {
  timeout: HUNDRED_PAYMENTS_MS,
}, async () => {
  await goToNextNoon(world);
  const { owner, code } = await applyAndPay(world);
  const named = await newPerson(world, "大海");
  await world.sql("UPDATE users SET nickname = '大海' WHERE id = $1", [named.userId]);
  const hidden = await newPerson(world, "藏名");
  await world.sql("UPDATE users SET nickname = '藏名' WHERE id = $1", [hidden.userId]);
  await pay(code, named);
  await pay(code, hidden, { anonymous: true });
  await passDays(world, 1);
  await fillTo(world, code, 99);
  expect(await nextFor(code, owner)).toBe(99);
  const who = { code, userId: owner.userId };
  expect(await findFullPolicy(world.deps, who)).toBeNull();

  await friendPays(world, code);
  expect(await nextFor(code, owner)).toBe(100);
  expect((await celebrate(code, owner, 100)).json).toEqual({ celebrated: [100] });
  // Whoever has seen the full grid is not told of the cell before it.
  expect(await nextFor(code, owner)).toBeNull();

  const full = await findFullPolicy(world.deps, who);
  expect(full).toMatchObject({
    unitsMax: 100,
    coverYuan: 100_000,
    names: ["大海"],
    nameless: 98,
    story: { days: 2, busiest: { cells: 97 } },
  });
  expect(full?.cells).toHaveLength(100);
  expect(full?.cells.some(({ isMatured }) => isMatured)).toBe(false);
  expect(JSON.stringify(full)).not.toContain("藏名");
  for (const other of [named, hidden]) {
    expect(await findFullPolicy(world.deps, { code, userId: other.userId })).toBeNull();
  }
  await world.sql(
    "UPDATE policies SET status = 'ended', ended_on = last_day_on + 1, end_reason = 'expired' WHERE code = $1",
    [code],
  );
  expect(await findFullPolicy(world.deps, who)).toMatchObject({ names: ["大海"] });
});

async function pay(code: string, friend: Person, body: object = {}): Promise<void> {
  const ordered = await call(world, "POST", `/api/policies/${code}/contributions`, {
    as: friend,
    body,
  });
  expect(ordered.status, ordered.text).toBe(201);
  await atCashier(world, friend, ordered.json.order);
  await settleDown(world);
}
