/** Days of trade for reconciliation: moving to them, comparing them, looking at what was found. */
import {
  addDays,
  type CalendarDate,
  shanghaiDateOf,
  startOfShanghaiDay,
} from "@/lib/pricing/calendar";
import type { StoredDifference } from "@/lib/reconciliation/differences";
import { listDifferences } from "@/lib/reconciliation/differences";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import type { World } from "@/tests/support/world";
import { advance, atCashier, control, openOrder, spoil } from "@/tests/support/world-story";

/** Moves to that hour of the present Shanghai day, or of the next one when it is over. */
export async function advanceToHour(world: World, hour: number): Promise<CalendarDate> {
  await world.deps.clock.refresh();
  const now = world.deps.now();
  const today = shanghaiDateOf(now);
  const target = startOfShanghaiDay(today).getTime() + hour * 3_600_000;
  const atMs = target > now.getTime() ? target : target + 24 * 3_600_000;
  await advance(world, Math.ceil((atMs - now.getTime()) / 1000));
  return shanghaiDateOf(world.deps.now());
}

/** Moves to the moment when the bill of this day may be fetched. */
export async function advanceToBill(world: World, billDate: CalendarDate): Promise<void> {
  const readyAt = startOfShanghaiDay(addDays(billDate, 1)).getTime() + 10 * 3_600_000;
  const seconds = Math.ceil((readyAt - world.deps.now().getTime()) / 1000);
  await advance(world, Math.max(0, seconds) + 1);
}

export const reconcile = (world: World, billDate: CalendarDate) =>
  reconcileDay(world.deps, { billDate });

/** Tells the sandbox what the bills of a day shall say wrongly. */
export const plant = (world: World, plants: object | object[]) =>
  control(world, "POST", "/bills/plant", plants);

/** `kind subject` of what was found, in order; the state in front. */
export async function found(world: World, billDate: CalendarDate): Promise<string[]> {
  const all = await listDifferences(world.deps, { billDate });
  return all.map(({ state, kind, outTradeNo }) => `${state} ${kind} ${outTradeNo}`).sort();
}

export async function onlyDifference(
  world: World,
  billDate: CalendarDate,
): Promise<StoredDifference> {
  const all = await listDifferences(world.deps, { billDate });
  if (all.length !== 1) throw new Error(`${all.length} differences: ${JSON.stringify(all)}`);
  return all[0] as StoredDifference;
}

/** Everything that a comparison could write, but its own runs. */
const TABLES = [
  "bills",
  "bill_lines",
  "bill_differences",
  "orders",
  "order_events",
  "units",
  "policies",
  "refunds",
  "ledger_entries",
  "ledger_postings",
  "payment_incidents",
  "outbox_messages",
];

/** A checksum of every row of every table that a comparison could write. */
export async function checksums(world: World): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of TABLES) {
    const [row] = await world.sql<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS sum FROM ${table} t`,
    );
    sums[table] = row?.sum ?? "";
  }
  return sums;
}

/** A friend pays and WeChat cannot tell us: the order stays pending. */
export async function payUnheard(world: World, code: string): Promise<string> {
  const { friend, order } = await openOrder(world, code);
  await spoil(world, {
    endpoint: "notify",
    kind: "drop",
    count: 100,
    outTradeNo: order.outTradeNo,
  });
  await atCashier(world, friend, order);
  return order.outTradeNo;
}

/** The run's state, and what is listed of its day. */
export async function outcome(
  world: World,
  billDate: CalendarDate,
): Promise<{ state: string; found: string[] }> {
  const run = await reconcile(world, billDate);
  return { state: run.state, found: await found(world, billDate) };
}
