/** Many refunds fall due at the same moment: WeChat takes so many a second and no more. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { askOrder } from "@/lib/payments/ask-order";
import { findOrder } from "@/lib/payments/orders";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  control,
  newPerson,
  type Person,
  runWorkerRound,
} from "@/tests/support/world-story";

/** More than WeChat takes in a second. */
const REFUNDS = 200;
/** For which the account is too empty: more failures than WeChat allows in a second. */
const FAILURES = 9;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test("F16 a storm of refunds, some of which fail, stays inside WeChat's limits, and all arrive", async () => {
  const { code } = await applyAndPay(world);
  const numbers = await payOften(code, await newPerson(world));
  // The limits as WeChat has them: whoever goes beyond them is refused, which is a failure more.
  await control(world, "POST", "/settings", {
    refundRatePerSecond: 150,
    refundErrorRatePerSecond: 6,
  });
  const { availableFen } = await control<{ availableFen: number }>(world, "GET", "/funds");
  const withdrawFen = availableFen - (REFUNDS - FAILURES) * 100;
  await control(world, "POST", "/funds", { withdrawFen });
  const storm = runWorkerRound(world);
  const poor = () => world.logs.filter((line) => line.includes("NOT_ENOUGH")).length;
  await expect.poll(poor, { timeout: 20_000 }).toBeGreaterThanOrEqual(FAILURES);
  await control(world, "POST", "/funds", { depositFen: withdrawFen });
  await storm;
  await advance(world, 3);
  await runWorkerRound(world);

  const peaks = await control(world, "GET", "/state");
  expect(peaks.refundRequestsPerSecondPeak).toBeLessThanOrEqual(150);
  expect(peaks.refundRequestsPerSecondPeak).toBeGreaterThan(20);
  expect(peaks.refundErrorsPerSecondPeak).toBeGreaterThan(0);
  expect(peaks.refundErrorsPerSecondPeak).toBeLessThanOrEqual(6);
  expect(world.logs.filter((line) => line.includes("FREQUENCY_LIMITED"))).toEqual([]);
  await expectCleanBooks(world);
  const refunds = await listRefunds(world);
  expect(refunds.filter(({ status }) => status === "SUCCESS")).toHaveLength(numbers.length);
  expect(new Set(refunds.map(({ outTradeNo }) => outTradeNo)).size).toBe(numbers.length);
}, 90_000);

/** One friend's payments for the same place, so that each of them can only go back. */
async function payOften(code: string, friend: Person): Promise<string[]> {
  const numbers = Array.from(
    { length: REFUNDS },
    (_, index) => `W261122storm${String(index).padStart(10, "0")}`,
  );
  const paidAt = new Date(world.deps.now().getTime() - 1_000).toISOString();
  await world.sql(
    `INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description, state,
       expires_at, created_at)
     SELECT 'ord_' || no, no, 'gift', p.id, $2, $3, 100, '微互助', 'closed', $4, $4::timestamptz - interval '1 minute'
     FROM policies p, unnest($5::text[]) no WHERE p.code = $1`,
    [code, friend.userId, friend.openid, paidAt, numbers],
  );
  await world.sql("UPDATE policies SET units_max = 1 WHERE code = $1", [code]);
  const transactions = numbers.map((outTradeNo, index) => ({
    outTradeNo,
    transactionId: `4200${String(index).padStart(24, "0")}`,
    openid: friend.openid,
    amountFen: 100,
    successTime: paidAt,
    description: "微互助",
  }));
  await control(world, "POST", "/import", { transactions });
  for (let at = 0; at < numbers.length; at += 8) {
    await Promise.all(
      numbers.slice(at, at + 8).map(async (outTradeNo) => {
        const order = await findOrder(world.deps.db, outTradeNo);
        if (!order) throw new Error(`no order ${outTradeNo}`);
        expect(await askOrder(world.deps, order, { canClose: "never" })).toEqual({
          kind: "refund",
          reason: "cap_reached",
        });
      }),
    );
  }
  return numbers;
}
