/** Situations that several of these tests start from. */
import { expect } from "vitest";
import type { PayableOrder } from "@/lib/payments/contract";
import { appEnvironment } from "@/sandbox/keys";
import type { World } from "@/tests/support/world";
import {
  atCashier,
  getOrder,
  openOrder,
  type Person,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

/** The variables of another process of the same installation. */
export function environmentOf(world: World): Record<string, string> {
  return {
    ...appEnvironment(world.keys, world.sandbox.url),
    NODE_ENV: "test",
    PUBLIC_URL: world.url,
    DATABASE_URL: world.databaseUrl,
    SESSION_SECRET: "aa".repeat(32),
    IDENTITY_ENCRYPTION_KEY: "bb".repeat(32),
    IDENTITY_INDEX_KEY: "cc".repeat(32),
  };
}

/** A payment that cannot be a unit, decided and not yet asked back. */
export async function payUnusably(
  world: World,
  code: string,
): Promise<{ friend: Person; outTradeNo: string; outRefundNo: string }> {
  const { friend, order } = await openOrder(world, code);
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
  expect((await getOrder(world, friend, outTradeNo)).state).toBe("refunding");
  return { friend, outTradeNo, outRefundNo: `R${outTradeNo.slice(1)}` };
}

/** Pays so that nobody tells us: only a question finds out. */
export async function payUnheard(world: World, friend: Person, order: PayableOrder): Promise<void> {
  const { outTradeNo } = order;
  await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo });
  await atCashier(world, friend, order, "pay_silently");
  await settleDown(world);
}

/** A policy with room for so many: filling a hundred places proves no more. */
export async function limitPlaces(world: World, code: string, unitsMax: number): Promise<void> {
  await world.sql("UPDATE policies SET units_max = $2 WHERE code = $1", [code, unitsMax]);
}

/** As if a close at WeChat had been lost: our side forgets the order, WeChat's cashier does not. */
export async function loseHold(world: World, { outTradeNo }: PayableOrder): Promise<void> {
  await world.sql(
    `WITH gone AS (UPDATE orders SET state = 'closed', next_check_at = NULL WHERE out_trade_no = $1
       RETURNING policy_id)
     UPDATE policies SET units_held = units_held - 1 WHERE id IN (SELECT policy_id FROM gone)`,
    [outTradeNo],
  );
}

/** What was put on record about an order, in the order of time. */
export async function incidentsOf(world: World, outTradeNo: string): Promise<string[]> {
  const rows = await world.sql<{ kind: string }>(
    "SELECT kind FROM payment_incidents WHERE out_trade_no = $1 ORDER BY created_at",
    [outTradeNo],
  );
  return rows.map(({ kind }) => kind);
}
