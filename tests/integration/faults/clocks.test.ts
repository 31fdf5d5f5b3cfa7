/** Clocks that are wrong: the server's by a day, the phone's by a day. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createDeps, type Deps, setDeps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { startWorker } from "@/lib/jobs/worker";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listTransactions } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  atCashier,
  call,
  control,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  orderGift,
} from "@/tests/support/world-story";
import { environmentOf } from "./trouble";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  ({ code } = await applyAndPay(world));
});
afterEach(async () => {
  setDeps(world.deps);
  await expectCleanBooks(world);
});
afterAll(() => world.close());

/** The same installation on a machine whose clock is wrong. */
function wrongBy(hours: number): Deps {
  const { db, log, clock } = world.deps;
  const now = () => new Date(clock.now().getTime() + hours * 3_600_000);
  const wrong = { now, refresh: () => clock.refresh() };
  return createDeps(parseEnvironment(environmentOf(world)), { db, log, clock: wrong });
}

test.each([24, -24])(
  "F47 the server's clock is off by %i hours: nothing is decided by it, and what was paid ends as it would have",
  async (hours) => {
    const paid = await openOrder(world, code);
    const unpaid = await openOrder(world, code);
    const deps = wrongBy(hours);
    setDeps(deps);
    await atCashier(world, paid.friend, paid.order, "pay_silently");
    await control(world, "POST", "/clock", { advanceSeconds: 0 });
    await startWorker(deps, { isAutomatic: false }).round();
    const late = await newPerson(world);
    const states = await world.sql<{ state: string }>(
      "SELECT state FROM orders WHERE out_trade_no = ANY ($1)",
      [[paid.order.outTradeNo, unpaid.order.outTradeNo]],
    );
    // WeChat's signatures and ours are good for five minutes, so neither believes the other.
    expect(states).toEqual([{ state: "pending" }, { state: "pending" }]);
    expect(
      (await listTransactions(world)).find(
        ({ outTradeNo }) => outTradeNo === unpaid.order.outTradeNo,
      )?.tradeState,
    ).toBe("NOTPAY");

    setDeps(world.deps);
    await advance(world, 16);
    const settled = await getOrder(world, paid.friend, paid.order.outTradeNo);
    expect(settled.outcome).toMatchObject({ kind: "unit", seq: 2 });
    const [unit] = await world.sql(
      `SELECT u.effective_on = (o.paid_at AT TIME ZONE 'Asia/Shanghai')::date + 1 AS "isRight"
       FROM units u JOIN orders o ON o.id = u.order_id WHERE o.out_trade_no = $1`,
      [paid.order.outTradeNo],
    );
    expect(unit).toEqual({ isRight: true });
    await atCashier(world, unpaid.friend, unpaid.order);
    expect((await orderGift(world, code, late)).status).toBe(201);
  },
);

test("F48 the phone's clock is a day behind: the window closes by the server's, and nobody may say the time", async () => {
  const closesAt = Date.parse((await getPolicy(world, code)).collectingUntil);
  const seconds = Math.ceil((closesAt - world.deps.now().getTime()) / 1000);
  await advance(world, seconds - 120);
  const date = new Date(closesAt - 24 * 3_600_000).toUTCString();
  const path = `/api/policies/${code}/contributions`;
  const friend = await newPerson(world);
  const told = await call(world, "POST", path, { as: friend, body: { now: date } });
  expect([told.status, told.json.code]).toEqual([422, "invalid_input"]);

  await advance(world, 121);
  const refused = await call(world, "POST", path, { as: friend, body: {}, headers: { date } });
  expect([refused.status, refused.json.code]).toEqual([409, "collecting_closed"]);
});
