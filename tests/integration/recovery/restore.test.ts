/**
 * The database server is lost with its disk. What was archived comes back from the backup; what was
 * not comes back from WeChat's bill, as far as it can; and what cannot is listed. docs/operations.md
 * tells the same for people.
 */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { signIn } from "@/lib/identity/sign-in";
import { auditDatabase } from "@/lib/ledger/audit";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { listDifferences } from "@/lib/reconciliation/differences";
import { explainDifference } from "@/lib/reconciliation/explain-difference";
import { today } from "@/tests/integration/endings/story";
import {
  advanceToBill,
  checksums,
  found,
  reconcile,
} from "@/tests/integration/reconciliation/days";
import { listNotifications, listRefunds, listTransactions } from "@/tests/support/world-books";
import {
  advance,
  applyFor,
  atCashier,
  call,
  control,
  getOrder,
  getPolicy,
  openOrder,
  orderGift,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import {
  type ArchivedPart,
  type Drill,
  type LostHour,
  liveArchivedPart,
  liveLostHour,
  startDrill,
  takeBack,
} from "./lost-hour";

// A server is made, filled, copied and restored: seconds each on a free machine.
vi.setConfig({ testTimeout: 120_000 });

let drill: Drill;
let kept: ArchivedPart;
let lost: LostHour;
let billDate: CalendarDate;
let givenAgain: string;

beforeAll(async () => {
  drill = await startDrill();
  kept = await liveArchivedPart(drill);
  lost = await liveLostHour(drill.world, kept);
  billDate = today(drill.world);
}, 120_000);
afterAll(() => drill.close());

test("F31 F32 while there is no database nobody hears a success, WeChat included", async () => {
  const { world } = drill;
  await drill.loseServer();
  const [policy] = kept.policies;
  const answers = [
    await call(world, "GET", "/api/health"),
    await call(world, "GET", `/api/policies/${policy.code}`),
    await orderGift(world, policy.code, lost.gifts[2].friend),
  ];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);

  await atCashier(world, lost.open.friend, lost.open.order);
  await settleDown(world);
  expect((await attemptsOf(lost.open.order.outTradeNo))[0]).toBe(503);
});

test("F31 backup and archive bring back every commit that was archived, and the audit is clean at once", async () => {
  const { world } = drill;
  await drill.restore();
  expect(await brokenInvariants()).toEqual([]);
  for (const { friend, outTradeNo } of kept.gifts) {
    expect(await getOrder(world, friend, outTradeNo)).toMatchObject({ state: "settled" });
  }
  const units = kept.policies.map(async ({ code }) => (await getPolicy(world, code)).units);
  expect(await Promise.all(units)).toEqual(kept.units);
  expect((await call(world, "GET", `/api/policies/${lost.policy.code}`)).status).toBe(404);
});

test("F31 an order that was archived open and paid in the lost hour is asked for by the worker alone", async () => {
  const { world } = drill;
  const { friend, order } = kept.open;
  expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({ state: "pending" });
  await advance(world, 16);
  await runWorkerRound(world);
  const [found] = await ordersOf([order.outTradeNo]);
  expect(found).toMatchObject({ state: "settled", provenBy: "query" });
});

test("F31 WeChat comes again about an order that is gone: 204, and evidence for the bill", async () => {
  const { world } = drill;
  const { outTradeNo } = lost.open.order;
  const notification = await notificationOf(outTradeNo);
  await control(world, "POST", `/notifications/${notification?.id}/resend`, { copies: 3 });
  await settleDown(world);
  expect((await attemptsOf(outTradeNo)).slice(-3)).toEqual([204, 204, 204]);
  expect(await openIncidents()).toEqual([`unknown_order ${outTradeNo}`]);
});

test("people go on: who signed in during the lost hour is a guest again, and gives again unknowing", async () => {
  const { world } = drill;
  const [{ friend, code }] = lost.gifts;
  expect((await call(world, "GET", "/api/me", { as: friend })).status).toBe(401);
  expect((await orderGift(world, code, friend)).status).toBe(401);
  const { userId } = await signIn(world.deps, { openid: friend.openid, unionid: null });
  const again = await openOrder(world, code, { ...friend, userId });
  await atCashier(world, again.friend, again.order);
  await settleDown(world);
  givenAgain = again.order.outTradeNo;
  expect((await ordersOf([givenAgain]))[0]).toMatchObject({ state: "settled" });
});

test("whoever lost his policy applies again and gets another number", async () => {
  const { world } = drill;
  const { owner, number } = lost.policy;
  const { userId } = await signIn(world.deps, { openid: owner.openid, unionid: null });
  const answer = await applyFor(world, { ...owner, userId });
  expect(answer.status, answer.text).toBe(201);
  await atCashier(world, owner, answer.json.order);
  await settleDown(world);
  const rows = await world.sql<{ number: string }>("SELECT number FROM policies ORDER BY number");
  expect(rows).toHaveLength(3);
  expect(rows.map((row) => row.number)).not.toContain(number);
});

test("a refund of the lost hour that is asked for again is the same refund: nothing goes back twice", async () => {
  const { world } = drill;
  const [again] = lost.takenBack;
  expect(await getOrder(world, again.friend, again.outTradeNo)).toMatchObject({ state: "settled" });
  await takeBack(world, again);
  const refunds = (await listRefunds(world)).filter((one) => one.outTradeNo === again.outTradeNo);
  expect(refunds).toMatchObject([{ amountFen: 100, status: "SUCCESS" }]);
});

test("F31 F32 the day's bill brings the lost hour back, and lists what it cannot bring back", async () => {
  const { world } = drill;
  await advanceToBill(world, billDate);
  const run = await reconcile(world, billDate);
  const { policy, gifts, open, comeAndGone, takenBack } = lost;
  expect(await found(world, billDate)).toEqual(
    [
      ...gifts.map(({ outTradeNo }) => `repaired payment_unknown ${outTradeNo}`),
      `repaired payment_unknown ${open.order.outTradeNo}`,
      `open payment_unknown ${policy.outTradeNo}`,
      `open payment_unknown ${policy.gift.outTradeNo}`,
      `open payment_unknown ${comeAndGone.outTradeNo}`,
      `open refund_unknown ${comeAndGone.outTradeNo}`,
      `open refund_unknown ${takenBack[1].outTradeNo}`,
    ].sort(),
  );
  expect(run).toMatchObject({ state: "differs" });
  expect(await openIncidents()).toEqual([]);
});

test("what came back is a unit, or a refund where the giver had given again; names and wishes are lost", async () => {
  const { world } = drill;
  const [again, second, third] = lost.gifts.map(({ outTradeNo }) => outTradeNo) as [
    string,
    string,
    string,
  ];
  await runWorkerRound(world);
  await advance(world, 60);
  await runWorkerRound(world);
  const orders = await ordersOf([again, givenAgain, second, third, lost.open.order.outTradeNo]);
  expect(orders.map(({ state, reason }) => [state, reason])).toEqual([
    ["refunded", "already_supported"],
    ["settled", null],
    ["settled", null],
    ["settled", null],
    ["settled", null],
  ]);
  expect(orders[2]).toMatchObject({ isAnonymous: true, message: null });
});

test("nothing is doubled: every payment at WeChat is one unit, one refund, or on the list", async () => {
  const { world } = drill;
  const open = await listDifferences(world.deps, { billDate, state: "open" });
  const listed = new Set(open.map(({ outTradeNo }) => outTradeNo));
  const ours = new Map(
    (await ordersOf(null)).map((order) => [order.transactionId, order.state] as const),
  );
  const paid = (await listTransactions(world)).filter(({ transactionId }) => transactionId);
  const unexplained = paid.filter(({ transactionId, tradeState, outTradeNo }) => {
    const state = tradeState === "REFUND" ? "refunded" : "settled";
    return ours.get(transactionId) !== state && !listed.has(outTradeNo);
  });
  expect(paid.length).toBeGreaterThan(15);
  expect(unexplained).toEqual([]);
  expect(await brokenInvariants()).toEqual([]);
});

test("a second run changes nothing, and two days later the audit names what nobody has explained", async () => {
  const { world } = drill;
  const before = await checksums(world);
  expect((await reconcile(world, billDate)).state).toBe("differs");
  expect(await checksums(world)).toEqual(before);

  const later = new Date(world.deps.now().getTime() + 3 * 86_400_000);
  const broken = await brokenInvariants(later);
  expect(broken.map((line) => line.split(" ", 1)[0])).toEqual(Array(5).fill("audit_i05_provider"));
});

test("explained by a person, the day balances", async () => {
  const { world } = drill;
  for (const { id } of await listDifferences(world.deps, { billDate, state: "open" })) {
    await explainDifference(world.deps, { id, note: "lost with the database, refunded by hand" });
  }
  expect((await reconcile(world, billDate)).state).toBe("balanced");
  const later = new Date(world.deps.now().getTime() + 3 * 86_400_000);
  expect(await brokenInvariants(later)).toEqual([]);
});

async function notificationOf(outTradeNo: string) {
  const all = await listNotifications(drill.world);
  return all.find((one) => one.outTradeNo === outTradeNo);
}

async function attemptsOf(outTradeNo: string): Promise<(number | null)[]> {
  return (await notificationOf(outTradeNo))?.attempts.map(({ status }) => status) ?? [];
}

async function brokenInvariants(now = drill.world.deps.now()): Promise<string[]> {
  const lines = await auditDatabase(drill.world.deps.db, now);
  return lines.flatMap(({ name, breaches }) =>
    breaches.map(({ subject, about }) => `${name} ${about ?? subject}`),
  );
}

async function openIncidents(): Promise<string[]> {
  const rows = await drill.world.sql<{ kind: string; number: string }>(
    `SELECT kind, out_trade_no AS number FROM payment_incidents WHERE resolved_at IS NULL ORDER BY 1, 2`,
  );
  return rows.map(({ kind, number }) => `${kind} ${number}`);
}

interface OrderOnRecord {
  transactionId: string | null;
  state: string;
  provenBy: string | null;
  reason: string | null;
  message: string | null;
  isAnonymous: boolean;
}

/** In the order asked for; all of them without one. */
function ordersOf(outTradeNos: string[] | null): Promise<OrderOnRecord[]> {
  return drill.world.sql<OrderOnRecord>(
    `SELECT o.transaction_id AS "transactionId", o.state::text, o.proven_by AS "provenBy", r.reason, w.text AS message,
       o.is_anonymous AS "isAnonymous"
     FROM orders o LEFT JOIN refunds r ON r.order_id = o.id LEFT JOIN words w ON w.order_id = o.id
     WHERE $1::text[] IS NULL OR o.out_trade_no = ANY ($1) ORDER BY array_position($1, o.out_trade_no)`,
    [outTradeNos],
  );
}
