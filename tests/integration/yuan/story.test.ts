/** The story of one yuan as the API tells it, from rows that the product itself has written. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Story, storySchema } from "@/lib/yuan/contract";
import { findOutTradeNo, findStaffYuan } from "@/lib/yuan/queries";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  call,
  friendPays,
  type InsuredPolicy,
  newPerson,
  openOrder,
  type Person,
} from "@/tests/support/world-story";

let world: World;
let policy: InsuredPolicy;
beforeAll(async () => {
  world = await startWorld();
  policy = await applyAndPay(world);
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

/** A hold lasts 15 minutes (R19); one more and the worker asks and closes. */
const HOLD_SECONDS = 16 * 60;

async function readStory(person: Person, outTradeNo: string): Promise<Story> {
  const answer = await call(world, "GET", `/api/orders/${outTradeNo}/story`, { as: person });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  return storySchema.parse(answer.json);
}

const pastKinds = ({ events }: Story) =>
  events.filter(({ isAhead }) => !isAhead).map(({ kind }) => kind);

describe("the story of a yuan", () => {
  test("that became a unit", async () => {
    const { friend, order } = await friendPays(world, policy.code);
    const story = await readStory(friend, order.outTradeNo);
    expect(pastKinds(story)).toEqual(["order_created", "prepaid", "paid", "proven", "unit_added"]);
    expect(story.ending).toMatchObject({ kind: "unit", phase: "waiting", seq: 2, coverYuan: 1000 });
    const numbers = story.events.flatMap((event) => event.numbers);
    expect(Object.fromEntries(numbers.map(({ name, value }) => [name, value]))).toEqual({
      orderNo: order.outTradeNo,
      transactionNo: expect.stringMatching(/^\d{20,}$/),
      endorsementNo: expect.stringMatching(/^WH\d{4}-\d{6}-002$/),
    });
  });

  test("that nobody paid", async () => {
    const { friend, order } = await openOrder(world, policy.code);
    expect((await readStory(friend, order.outTradeNo)).ending).toMatchObject({ kind: "waiting" });
    await advance(world, HOLD_SECONDS);
    await comeToRest(world);
    const story = await readStory(friend, order.outTradeNo);
    expect(pastKinds(story)).toEqual(["order_created", "prepaid", "closed_unpaid"]);
    expect(story.ending).toEqual({ kind: "closed_unpaid" });
  });

  test("that came too late and went back", async () => {
    const { friend, order } = await openOrder(world, policy.code);
    // The insured's policy is over before the friend's payment is proven.
    const late = await closedWhilePaying(friend, order.outTradeNo);
    expect(pastKinds(late)).toEqual(
      expect.arrayContaining(["refund_requested", "refund_accepted", "refund_succeeded"]),
    );
    expect(late.ending).toMatchObject({ kind: "refunded", amountFen: 100 });
  });
});

/** The window closes while the payment is on its way to us. */
async function closedWhilePaying(friend: Person, outTradeNo: string): Promise<Story> {
  const [row] = await world.sql<{ until: Date }>(
    "SELECT collecting_until AS until FROM policies WHERE code = $1",
    [policy.code],
  );
  await world.sql("UPDATE policies SET collecting_until = $2 WHERE code = $1", [
    policy.code,
    new Date(world.deps.now().getTime() - 3_600_000),
  ]);
  try {
    const [order] = await world.sql<{ prepay: string }>(
      "SELECT prepay_id AS prepay FROM orders WHERE out_trade_no = $1",
      [outTradeNo],
    );
    const response = await fetch(`${world.sandbox.url}/__sandbox/cashier`, {
      method: "POST",
      body: JSON.stringify({ prepayId: order?.prepay, openid: friend.openid, action: "pay" }),
    });
    expect(response.ok).toBe(true);
    await advance(world, 0);
    await comeToRest(world);
  } finally {
    await world.sql("UPDATE policies SET collecting_until = $2 WHERE code = $1", [
      policy.code,
      row?.until,
    ]);
  }
  return readStory(friend, outTradeNo);
}

describe("the story is its payer's alone", () => {
  test("somebody else's reads like one that does not exist", async () => {
    const { order } = await friendPays(world, policy.code);
    const stranger = await newPerson(world);
    const path = (number: string) => `/api/orders/${number}/story`;
    const unknown = await call(world, "GET", path("W261122unknown"), { as: stranger });
    expect(unknown.status).toBe(404);
    // The insured, too: whose yuan it is he learns from the giver or not at all.
    for (const other of [stranger, policy.owner]) {
      const answer = await call(world, "GET", path(order.outTradeNo), { as: other });
      expect(answer.status).toBe(404);
      expect({ ...answer.json, instance: "", requestId: "" }).toEqual({
        ...unknown.json,
        instance: "",
        requestId: "",
      });
    }
    expect((await call(world, "GET", path(order.outTradeNo))).status).toBe(401);
    expect((await call(world, "GET", path("not-a-number!"), { as: stranger })).status).toBe(404);
  });
});

describe("staff", () => {
  test("find a yuan by any number that a person may have", async () => {
    const { friend, order } = await openOrder(world, policy.code);
    await closedWhilePaying(friend, order.outTradeNo);
    const yuan = await findStaffYuan(world.deps, order.outTradeNo);
    const { transactionId } = yuan?.facts.order ?? {};
    const { outRefundNo } = yuan?.facts.refunds[0] ?? {};
    for (const number of [order.outTradeNo, transactionId, outRefundNo]) {
      expect(await findOutTradeNo(world.deps, `${number}`)).toBe(order.outTradeNo);
    }
    for (const number of ["", "W261122unknown", policy.code, friend.userId]) {
      expect(await findOutTradeNo(world.deps, number)).toBeNull();
    }
  });

  test("read the ledger line by line, and what it adds up to is where the yuan is", async () => {
    const { order } = await friendPays(world, policy.code);
    const yuan = await findStaffYuan(world.deps, order.outTradeNo);
    expect(yuan?.facts.entries).toMatchObject([
      {
        kind: "payment_settled",
        postings: [
          { account: "wechat_clearing", amountFen: 100 },
          { account: "premium", amountFen: -100 },
        ],
      },
    ]);
    expect(yuan?.events.find(({ kind }) => kind === "booked")?.postings).toHaveLength(2);
    const whole = JSON.stringify(yuan);
    const [row] = await world.sql<{ prepay: string; asker: string }>(
      `SELECT o.prepay_id AS prepay, p.asker_name AS asker FROM orders o
       JOIN policies p ON p.id = o.policy_id WHERE o.out_trade_no = $1`,
      [order.outTradeNo],
    );
    expect(whole).not.toContain(row?.prepay);
    expect(whole).not.toContain(row?.asker);
    expect(await findStaffYuan(world.deps, "W261122unknown")).toBeNull();
  });

  test("see the newest 500 of a row that was asked for ever, and how many are older", async () => {
    const { order } = await friendPays(world, policy.code);
    await world.sql(
      `INSERT INTO order_events (order_id, kind, at, details)
       SELECT o.id, 'asked', o.created_at + n * interval '1 second', '{"tradeState":"NOTPAY"}'
       FROM orders o, generate_series(1, 512) n WHERE o.out_trade_no = $1`,
      [order.outTradeNo],
    );
    const yuan = await findStaffYuan(world.deps, order.outTradeNo);
    expect(yuan?.facts.events).toHaveLength(500);
    expect(yuan?.facts.eventsLeftOut).toBeGreaterThanOrEqual(12);
    const asked = yuan?.events.filter(({ kind }) => kind === "asked") ?? [];
    expect(asked.at(-1)?.values).toEqual({ tradeState: "NOTPAY" });
  });
});
