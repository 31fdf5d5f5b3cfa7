/**
 * F31: the database came back from a backup and its last minutes are gone. What people paid in them is
 * in WeChat's bill, with the policy's code on it, and is made again from there.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { newOutTradeNo } from "@/lib/ids";
import { formatAttach } from "@/lib/payments/attach";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { startWorld, type World } from "@/tests/support/world";
import { advance, applyAndPay, control, friendPays, settleDown } from "@/tests/support/world-story";
import { advanceToBill, advanceToHour, onlyDifference, outcome, reconcile } from "./days";

let world: World;
let code: string;
let ownerOpenid: string;
beforeAll(async () => {
  world = await startWorld();
  // The insured's own payment is of a day that no test is about.
  await advanceToHour(world, 20);
  const policy = await applyAndPay(world);
  code = policy.code;
  ownerOpenid = policy.owner.openid;
});
afterAll(() => world.close());

interface Lost {
  outTradeNo: string;
  openid: string;
}

/** Ordered and paid at WeChat under our numbers, by somebody whose row is lost with the order. */
async function payLost(attach: string, openid?: string): Promise<Lost> {
  const payer =
    openid ??
    (await control<{ openid: string }>(world, "POST", "/personas", { nickname: "小红" })).openid;
  const now = world.deps.now();
  const outTradeNo = newOutTradeNo("2026-01-01");
  const { prepayId } = await world.deps.pay.prepayJsapi({
    outTradeNo,
    description: "微互助",
    amountFen: 100,
    openid: payer,
    expiresAt: new Date(now.getTime() + 900_000),
    notifyUrl: world.deps.config.payNotifyUrl,
    attach,
  });
  await control(world, "POST", "/cashier", { prepayId, openid: payer, action: "pay" });
  await settleDown(world);
  return { outTradeNo, openid: payer };
}

async function day(): Promise<CalendarDate> {
  const billDate = await advanceToHour(world, 12);
  await friendPays(world, code);
  return billDate;
}

const orderOf = async ({ outTradeNo }: Lost) =>
  (
    await world.sql(
      `SELECT o.state::text, o.kind::text, o.is_anonymous AS "isAnonymous", us.openid, u.seq, r.reason,
         (SELECT count(*)::int FROM payment_incidents i WHERE i.out_trade_no = o.out_trade_no AND i.resolved_at IS NULL)
           AS incidents
       FROM orders o JOIN users us ON us.id = o.payer_id LEFT JOIN units u ON u.order_id = o.id
         LEFT JOIN refunds r ON r.order_id = o.id
       WHERE o.out_trade_no = $1`,
      [outTradeNo],
    )
  )[0];

test("F31 a lost gift is made again and becomes the unit it was paid for", async () => {
  const billDate = await day();
  const attach = formatAttach({ kind: "gift", policyCode: code });
  const lost = await payLost(attach);
  await advanceToBill(world, billDate);

  expect(await outcome(world, billDate)).toEqual({
    state: "balanced",
    found: [`repaired payment_unknown ${lost.outTradeNo}`],
  });
  expect(await orderOf(lost)).toMatchObject({
    state: "settled",
    kind: "gift",
    isAnonymous: true,
    openid: lost.openid,
    reason: null,
    incidents: 0,
  });
  expect((await reconcile(world, billDate)).figures).toMatchObject({
    payments: { bill: { count: 2 }, orders: { count: 2 }, ledger: { fen: 200 } },
    isEqual: true,
  });
});

test("F31 the same person's second gift of the lost hour becomes a refund", async () => {
  const billDate = await day();
  const attach = formatAttach({ kind: "gift", policyCode: code });
  const one = await payLost(attach);
  const other = await payLost(attach, one.openid);
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
  const ends = [await orderOf(one), await orderOf(other)];
  expect(ends.map((end) => end?.state).sort()).toEqual(["refunding", "settled"]);
  expect(ends.map((end) => end?.reason)).toContain("already_supported");
});

test("F31 a first payment whose policy is insured by now becomes a refund", async () => {
  const billDate = await day();
  const lost = await payLost(formatAttach({ kind: "first", policyCode: code }), ownerOpenid);
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
  expect(await orderOf(lost)).toMatchObject({ kind: "first", reason: "already_insured" });
});

test("F31 the policy is lost too: listed with what to do, and mended once it is back", async () => {
  const billDate = await day();
  const lost = await payLost(formatAttach({ kind: "gift", policyCode: "0".repeat(22) }));
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("differs");
  const difference = await onlyDifference(world, billDate);
  expect(difference).toMatchObject({ kind: "payment_unknown", state: "open" });
  expect(difference.resolution).toMatch(/its policy 0{22} is lost too/);
  expect(await orderOf(lost)).toBeUndefined();

  await world.sql("UPDATE policies SET code = $1 WHERE code = $2", ["0".repeat(22), code]);
  const again = await reconcile(world, billDate);
  await world.sql("UPDATE policies SET code = $2 WHERE code = $1", ["0".repeat(22), code]);
  expect(again.state).toBe("balanced");
  expect(await orderOf(lost)).toMatchObject({ state: "settled" });
});

test("a mark that is not ours is not followed", async () => {
  const billDate = await day();
  const lost = await payLost("another shop's data");
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("differs");
  expect(await onlyDifference(world, billDate)).toMatchObject({ resolution: null });
  expect(await orderOf(lost)).toBeUndefined();
});

test("WeChat away while the lost order is looked for: the day waits and ends by itself", async () => {
  const billDate = await day();
  const lost = await payLost(formatAttach({ kind: "gift", policyCode: code }));
  await advanceToBill(world, billDate);
  const fault = { endpoint: "query", kind: "drop", count: 20, outTradeNo: lost.outTradeNo };
  await control(world, "POST", "/faults", fault);
  const run = await reconcile(world, billDate);
  expect(run).toMatchObject({
    state: "waiting",
    error: "WeChat gave no answer about 1 differences",
  });
  await control(world, "DELETE", "/faults");
  await advance(world, 1_800);
  expect((await reconcile(world, billDate)).state).toBe("balanced");
});
