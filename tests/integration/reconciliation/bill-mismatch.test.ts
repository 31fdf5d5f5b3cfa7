/** F23: a bill that says something else than our books. Each case has a day of its own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { explainDifference } from "@/lib/reconciliation/explain-difference";
import { startWorld, type World } from "@/tests/support/world";
import { applyAndPay, friendPays } from "@/tests/support/world-story";
import {
  advanceToBill,
  advanceToHour,
  checksums,
  found,
  onlyDifference,
  outcome,
  plant,
  reconcile,
} from "./days";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  // The insured's own payment is of a day that no test is about.
  await advanceToHour(world, 20);
  ({ code } = await applyAndPay(world));
});
afterAll(() => world.close());

/** Two gifts; the first is the one that a case bends. */
async function tradeOfADay(): Promise<{ billDate: CalendarDate; outTradeNo: string }> {
  const billDate = await advanceToHour(world, 12);
  const { order } = await friendPays(world, code);
  await friendPays(world, code);
  return { billDate, outTradeNo: order.outTradeNo };
}

test("a day on which both say the same balances, to the fen, fees included", async () => {
  const { billDate } = await tradeOfADay();
  await advanceToBill(world, billDate);
  const run = await reconcile(world, billDate);
  expect(run).toMatchObject({ state: "balanced", error: null });
  const sum = { count: 2, fen: 200 };
  expect(run.figures).toMatchObject({
    payments: { bill: sum, orders: sum, ledger: sum },
    fees: { billFen: 2, ledgerFen: 2 },
    account: { tradedFen: 198, movedFen: 198 },
    isEqual: true,
  });
});

test.each<[string, string, object]>([
  ["misses a payment", "payment_absent", { kind: "omit_row" }],
  ["has a payment twice", "payment_repeated", { kind: "duplicate_row" }],
  ["has one fen too much", "payment_amount_differs", { kind: "change_amount", amountFen: 101 }],
  ["has one fen too little", "payment_amount_differs", { kind: "change_amount", amountFen: 99 }],
  [
    "names another transaction",
    "payment_transaction_differs",
    { kind: "change_transaction", transactionId: "4200000000000000000000000001" },
  ],
  [
    "has a refund that we did not ask for",
    "refund_unknown",
    { kind: "add_refund", amountFen: 100 },
  ],
  ["charges another fee", "fee_differs", { kind: "change_fee", feeFen: 3 }],
  ["has another movement", "fund_differs", { kind: "change_fund_amount", amountFen: 90 }],
])(
  "F23 a bill that %s: exactly that is listed, and the day stays open until it is explained",
  async (_label, kind, fields) => {
    const { billDate, outTradeNo } = await tradeOfADay();
    await plant(world, { billDate, outTradeNo, ...fields });
    await advanceToBill(world, billDate);
    const before = await checksums(world);

    expect(await outcome(world, billDate)).toEqual({
      state: "differs",
      found: [`open ${kind} ${outTradeNo}`],
    });
    const after = await checksums(world);
    for (const table of ["orders", "units", "policies", "refunds", "payment_incidents"]) {
      expect(after[table], `${table} is not touched`).toBe(before[table]);
    }
    expect((await reconcile(world, billDate)).state).toBe("differs");
    expect(await checksums(world)).toEqual(after);

    const { id } = await onlyDifference(world, billDate);
    await explainDifference(world.deps, { id, note: "asked WeChat, case 4711" });
    await expect(explainDifference(world.deps, { id, note: "again" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await outcome(world, billDate)).toEqual({
      state: "balanced",
      found: [`explained ${kind} ${outTradeNo}`],
    });
  },
);

test("F23 a payment that is nobody's is listed with what the bill says of it", async () => {
  const { billDate } = await tradeOfADay();
  const outTradeNo = "OFFLINE20260101001";
  await plant(world, { billDate, kind: "add_payment", outTradeNo, amountFen: 8_800 });
  await advanceToBill(world, billDate);
  expect((await reconcile(world, billDate)).state).toBe("differs");
  expect(await onlyDifference(world, billDate)).toMatchObject({
    kind: "payment_unknown",
    outTradeNo,
    theirs: { amountFen: 8_800, attach: null },
    resolution: null,
  });
});

test("an empty explanation explains nothing", async () => {
  const { billDate, outTradeNo } = await tradeOfADay();
  await plant(world, { billDate, outTradeNo, kind: "omit_row" });
  await advanceToBill(world, billDate);
  await reconcile(world, billDate);
  const { id } = await onlyDifference(world, billDate);
  await expect(explainDifference(world.deps, { id, note: "  " })).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(await found(world, billDate)).toEqual([`open payment_absent ${outTradeNo}`]);
});
