/** One person, one policy, one first yuan (R7, R12), whatever is tapped, lost or raced. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { applyForPolicy } from "@/lib/policies/apply-for-policy";
import { createApplicationSchema } from "@/lib/policies/contract";
import { newApplication, newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  getOrder,
  getPolicy,
  newPerson,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("F21 20 identical applications at once are one policy and one order", async () => {
  const person = await newPerson(world);
  const input = createApplicationSchema.parse(await newApplication(world));

  // Past the route, whose limit of ten in five minutes would answer half of them.
  const applied = await Promise.all(
    Array.from({ length: 20 }, () =>
      applyForPolicy(world.deps, { userId: person.userId, input, idempotencyKey: "the-same-key" }),
    ),
  );

  expect(new Set(applied.map(({ policyCode }) => policyCode)).size).toBe(1);
  expect(new Set(applied.map(({ order }) => order.outTradeNo)).size).toBe(1);
  expect(await countOf(person)).toEqual({ policies: "1", orders: "1" });
  expect(await peopleWithoutPolicy()).toBe(0);
});

test("F21 10 applications with 10 keys at once are one policy and one order", async () => {
  const person = await newPerson(world);
  const idNumber = newIdNumber();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => applyFor(world, person, { idNumber })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
  expect(await countOf(person)).toEqual({ policies: "1", orders: "1" });
  const [keys] = await world.sql(
    "SELECT count(*)::int, count(DISTINCT order_id)::int AS orders FROM idempotency_keys WHERE payer_id = $1",
    [person.userId],
  );
  expect(keys).toEqual({ count: 10, orders: 1 });
});

test("cancelled and applied again: the same policy and the same order", async () => {
  const person = await newPerson(world);
  const idNumber = newIdNumber();
  const first = await applyFor(world, person, { idNumber });
  await atCashier(world, person, first.json.order, "cancel");
  const again = await applyFor(world, person, { idNumber });
  expect(again.json.policyCode).toBe(first.json.policyCode);
  expect(again.json.order.outTradeNo).toBe(first.json.order.outTradeNo);
});

test("applied again tomorrow: the same policy, a new order, and only the new one can be paid", async () => {
  const person = await newPerson(world);
  const idNumber = newIdNumber();
  const first = await applyFor(world, person, { idNumber });
  await advance(world, 24 * 3600);
  const again = await applyFor(world, person, { idNumber, name: "王小宇" });
  expect(again.json.policyCode).toBe(first.json.policyCode);
  expect(again.json.order.outTradeNo).not.toBe(first.json.order.outTradeNo);
  await expect(atCashier(world, person, first.json.order)).rejects.toThrow(/order_/);
  expect(await askerNameOf(first.json.policyCode)).toBe("小宇");
});

test("a name mended before paying is the name on the policy", async () => {
  const person = await newPerson(world);
  const idNumber = newIdNumber();
  const first = await applyFor(world, person, { idNumber, name: "王小宇" });
  const mended = await applyFor(world, person, { idNumber, name: "王小雨" });
  expect(mended.json.order.outTradeNo).toBe(first.json.order.outTradeNo);
  await atCashier(world, person, mended.json.order);
  await settleDown(world);
  expect(await askerNameOf(first.json.policyCode)).toBe("小雨");
  expect(await nameOnPolicy(first.json.policyCode)).toBe("王小雨");
});

test("a mended phone number keeps the order", async () => {
  const person = await newPerson(world);
  const idNumber = newIdNumber();
  const first = await applyFor(world, person, { idNumber });
  const mended = await applyFor(world, person, { idNumber, phone: "13900139000" });
  expect(mended.json.order.outTradeNo).toBe(first.json.order.outTradeNo);
});

describe("one account insures one person, its owner (R6)", () => {
  test("another ID number before payment moves the pending policy: the same policy, the same order", async () => {
    const person = await newPerson(world);
    const first = await applyFor(world, person, { name: "王小宇" });
    const idNumber = newIdNumber("1980-03-01");
    const moved = await applyFor(world, person, { idNumber, name: "李大海" });
    expect(moved.json.policyCode).toBe(first.json.policyCode);
    expect(moved.json.order.outTradeNo).toBe(first.json.order.outTradeNo);
    expect(await countOf(person)).toEqual({ policies: "1", orders: "1" });

    await atCashier(world, person, moved.json.order);
    await settleDown(world);
    expect(await nameOnPolicy(moved.json.policyCode)).toBe("李大海");
    expect(await getPolicy(world, moved.json.policyCode)).toMatchObject({
      status: "active",
      coverPerUnitYuan: 300,
    });
    // The number it was moved away from is free for whoever it belongs to; the new one is insured.
    const other = await newPerson(world);
    expect((await applyFor(world, other, { idNumber })).json.code).toBe("already_insured");
  });

  test("another ID number tomorrow: the same policy with a new order", async () => {
    const person = await newPerson(world);
    const first = await applyFor(world, person);
    await advance(world, 24 * 3600);
    const moved = await applyFor(world, person, { name: "李大海" });
    expect(moved.json.policyCode).toBe(first.json.policyCode);
    expect(moved.json.order.outTradeNo).not.toBe(first.json.order.outTradeNo);
    expect(await countOf(person)).toEqual({ policies: "1", orders: "2" });
    expect(await nameOnPolicy(moved.json.policyCode)).toBe("李大海");
  });

  test("10 people's numbers at once from one account: one pending policy, one order", async () => {
    const person = await newPerson(world);
    const answers = await Promise.all(Array.from({ length: 10 }, () => applyFor(world, person)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ json }) => json.order.outTradeNo)).size).toBe(1);
    expect(await countOf(person)).toEqual({ policies: "1", orders: "1" });
  });

  test("once the policy is in force, a second person on the same account is refused", async () => {
    const { owner } = await applyAndPay(world);
    const before = await countOf(owner);
    const answer = await applyFor(world, owner, { idNumber: newIdNumber() });
    expect(answer.status).toBe(409);
    expect(answer.json.code).toBe("already_insured");
    expect(await countOf(owner)).toEqual(before);
  });
});

describe("one live policy per person (R7)", () => {
  test("insured already, by this account or by another: already_insured and no order", async () => {
    const idNumber = newIdNumber();
    const { owner } = await applyAndPay(world, { idNumber });
    for (const person of [owner, await newPerson(world)]) {
      const before = await countOf(person);
      const answer = await applyFor(world, person, { idNumber });
      expect(answer.status).toBe(409);
      expect(answer.json.code).toBe("already_insured");
      expect(await countOf(person)).toEqual(before);
    }
  });

  test("a small x is the same person as a big X", async () => {
    let idNumber = newIdNumber();
    while (!idNumber.endsWith("X")) idNumber = newIdNumber();
    await applyAndPay(world, { idNumber });
    const answer = await applyFor(world, await newPerson(world), {
      idNumber: ` ${idNumber.toLowerCase()} `,
    });
    expect(answer.json.code).toBe("already_insured");
  });

  test("two accounts apply for the same person and pay at once: one policy, one refund", async () => {
    const idNumber = newIdNumber();
    const people = [await newPerson(world), await newPerson(world)];
    const applied = await Promise.all(people.map((one) => applyFor(world, one, { idNumber })));
    await Promise.all(
      people.map((one, index) => atCashier(world, one, applied[index]?.json.order)),
    );
    await settleDown(world);
    await comeToRest(world);

    const ends = await Promise.all(
      people.map((one, index) => getOrder(world, one, applied[index]?.json.order.outTradeNo)),
    );
    expect(ends.map(({ outcome }) => outcome?.kind).sort()).toEqual(["refund", "unit"]);
    expect(ends.map(({ outcome }) => outcome)).toContainEqual(
      expect.objectContaining({ kind: "refund", state: "succeeded", reason: "already_insured" }),
    );
    const policies = await Promise.all(
      applied.map(({ json }) => getPolicy(world, json.policyCode)),
    );
    expect(policies.map(({ status }) => status).sort()).toEqual(["active", "pending_payment"]);
  });
});

async function countOf(person: Person): Promise<unknown> {
  const [row] = await world.sql(
    `SELECT (SELECT count(*) FROM policies WHERE user_id = $1) AS policies,
       (SELECT count(*) FROM orders WHERE payer_id = $1) AS orders`,
    [person.userId],
  );
  return row;
}

/** Personal data that no policy needs would be kept without a reason (PIPL 6). */
async function peopleWithoutPolicy(): Promise<number> {
  const [row] = await world.sql<{ count: string }>(
    `SELECT count(*) FROM identities i
     WHERE NOT EXISTS (SELECT 1 FROM applications a WHERE a.identity_id = i.id)`,
  );
  return Number(row?.count);
}

async function askerNameOf(code: string): Promise<unknown> {
  const [row] = await world.sql("SELECT asker_name FROM policies WHERE code = $1", [code]);
  return row?.asker_name;
}

async function nameOnPolicy(code: string): Promise<string> {
  const [row] = await world.sql<{ id: string; name_cipher: string }>(
    "SELECT i.id, i.name_cipher FROM policies p JOIN identities i ON i.id = p.identity_id WHERE code = $1",
    [code],
  );
  return world.deps.vault.open(`${row?.name_cipher}`, `identities.name.${row?.id}`);
}
