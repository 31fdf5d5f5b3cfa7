/** Who may not add a unit is told why, in words, and nothing is ordered (R12, R14–R17). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  call,
  friendPays,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

const DAY_SECONDS = 24 * 3600;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("refused, in words, without an order", () => {
  test("a friend who has given already", async () => {
    const { code } = await applyAndPay(world);
    const { friend } = await friendPays(world, code);
    await expectRefusal(code, friend, "already_supported");
  });

  test("the insured himself", async () => {
    const { code, owner } = await applyAndPay(world);
    await expectRefusal(code, owner, "own_policy");
  });

  test("a policy whose first yuan is not paid yet", async () => {
    const { json } = await applyFor(world, await newPerson(world));
    await expectRefusal(json.policyCode, await newPerson(world), "policy_not_open");
  });

  test("a window that has closed", async () => {
    const { code } = await applyAndPay(world);
    await advance(world, 31 * DAY_SECONDS);
    await expectRefusal(code, await newPerson(world), "collecting_closed");
  });

  test("a policy that does not exist: 404, like a code that cannot exist", async () => {
    const friend = await newPerson(world);
    const unknown = await orderGift(world, "0".repeat(22), friend);
    const impossible = await orderGift(world, "short", friend);
    expect([unknown.json.code, impossible.json.code]).toEqual(["not_found", "not_found"]);
  });

  test("the 21st gift of a day (R16), and tomorrow he may again", async () => {
    const friend = await newPerson(world);
    const policies = await Promise.all(Array.from({ length: 21 }, () => applyAndPay(world)));
    await startOfTomorrow();
    for (const [index, { code }] of policies.slice(0, 20).entries()) {
      if (index % 10 === 0) await forgetMinuteLimits();
      await openOrder(world, code, friend);
    }
    await forgetMinuteLimits();
    const last = `${policies.at(-1)?.code}`;

    const refused = await orderGift(world, last, friend);
    expect(refused.status).toBe(429);
    expectSentence(refused, "daily_limit_reached");
    const waitSeconds = Number(refused.headers.get("retry-after"));
    expect(waitSeconds).toBeGreaterThan(20 * 3600);
    expect(waitSeconds).toBeLessThanOrEqual(DAY_SECONDS);

    await advance(world, waitSeconds);
    await openOrder(world, last, friend);
  });
});

describe("the window's last minutes (R17)", () => {
  test("ordered before midnight and paid ten minutes after: a unit", async () => {
    const { code } = await applyAndPay(world);
    await goTo(closingOf(code), -60);
    const { friend, order } = await openOrder(world, code);
    await advance(world, 10 * 60);
    await atCashier(world, friend, order);
    await settleDown(world);
    expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
    });
  });

  test("half a minute before midnight one may order, at midnight nobody may", async () => {
    const { code } = await applyAndPay(world);
    const friend = await newPerson(world);
    await goTo(closingOf(code), -30);
    const before = await getPolicy(world, code, friend);
    expect(before.viewer).toMatchObject({ canSupport: true, reason: null });
    await goTo(closingOf(code), 0);
    await expectRefusal(code, friend, "collecting_closed");
  });
});

/** The POST refuses, and the page had said so before: the same code from both. */
async function expectRefusal(code: string, person: Person, refusal: string): Promise<void> {
  const before = await ordersOf(person);
  const page = await call(world, "GET", `/api/policies/${code}`, { as: person });
  expect(page.json.viewer).toMatchObject({ canSupport: false, reason: refusal });

  const answer = await orderGift(world, code, person);

  expect(answer.status).toBe(409);
  expectSentence(answer, refusal);
  expect(await ordersOf(person)).toEqual(before);
}

function expectSentence(answer: Answer, code: string): void {
  expect(answer.json).toMatchObject({ code, status: answer.status, type: `/problems/${code}` });
  expect(answer.json.detail).toMatch(/[\u4e00-\u9fff].{4,}/);
  expect(answer.json.detail).not.toContain(code);
}

async function ordersOf(person: Person): Promise<unknown> {
  return world.sql("SELECT count(*) FROM orders WHERE payer_id = $1", [person.userId]);
}

/** Ten orders a minute are a person's other limit; a new process has forgotten them. */
async function forgetMinuteLimits(): Promise<void> {
  await world.crash();
  await world.restart();
}

/** An hour into the next Shanghai day. */
async function startOfTomorrow(): Promise<void> {
  const shanghaiSeconds = Math.floor(world.deps.now().getTime() / 1000) + 8 * 3600;
  await advance(world, DAY_SECONDS - (shanghaiSeconds % DAY_SECONDS) + 3600);
}

async function closingOf(code: string): Promise<Date> {
  return new Date((await getPolicy(world, code)).collectingUntil);
}

/** Moves the clock to so many seconds around an instant. */
async function goTo(instant: Promise<Date>, offsetSeconds: number): Promise<void> {
  const targetMs = (await instant).getTime() + offsetSeconds * 1000;
  await advance(world, Math.max(0, (targetMs - world.deps.now().getTime()) / 1000));
}
