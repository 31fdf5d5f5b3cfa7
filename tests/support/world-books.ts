/**
 * After every test: let everything come to its end, then no invariant is broken, WeChat's books and
 * ours say the same of every yuan, and no request ended in a 500.
 */
import { expect } from "vitest";
import { auditDatabase } from "@/lib/ledger/audit";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import type { World } from "./world";
import { advance, control, runWorkerRound } from "./world-story";

export interface SandboxTransaction {
  outTradeNo: string;
  transactionId: string | null;
  tradeState: "NOTPAY" | "SUCCESS" | "REFUND" | "CLOSED";
  amountFen: number;
  refundedFen: number;
}

export interface SandboxRefund {
  outRefundNo: string;
  outTradeNo: string;
  amountFen: number;
  status: string;
}

export interface SandboxNotification {
  id: string;
  eventType: string;
  outTradeNo: string;
  state: "pending" | "acknowledged" | "given_up";
  attempts: { status: number | null; fault: string | null; isAcknowledged: boolean }[];
}

export const listTransactions = (world: World) =>
  control<SandboxTransaction[]>(world, "GET", "/transactions");
export const listRefunds = (world: World) => control<SandboxRefund[]>(world, "GET", "/refunds");
export const listNotifications = (world: World) =>
  control<SandboxNotification[]>(world, "GET", "/notifications");

/** Twenty orders a round and eleven minutes a step put away hundreds of open orders. */
const ROUNDS_MAX = 80;
const STEP_SECONDS = 11 * 60;

const UNFINISHED = `SELECT
  (SELECT count(*) FROM orders WHERE state = 'pending')
  + (SELECT count(*) FROM refunds WHERE state IN ('requested', 'processing'))
  + (SELECT count(*) FROM outbox_messages) AS count`;

/** Time passes and the worker works until no order is open and no refund under way. */
export async function comeToRest(world: World): Promise<void> {
  await control(world, "DELETE", "/faults");
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await runWorkerRound(world);
    const [row] = await world.sql<{ count: string }>(UNFINISHED);
    if (Number(row?.count) === 0) return;
    await advance(world, STEP_SECONDS);
  }
  throw new Error("something is still under way");
}

// Older ones have no bill any more, and younger ones may still wait for theirs.
const DAYS_NOT_COMPARED = `
  SELECT DISTINCT (paid_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day FROM orders
    WHERE paid_at BETWEEN $1::timestamptz - interval '86 days' AND $1::timestamptz - interval '2 days'
  EXCEPT SELECT bill_date::text FROM reconciliation_runs WHERE state IN ('balanced', 'differs') ORDER BY day`;

/** A test that jumps over weeks skips the mornings on which the days before are compared. */
async function compareSkippedDays(world: World): Promise<void> {
  const days = await world.sql<{ day: string }>(DAYS_NOT_COMPARED, [world.deps.now()]);
  for (const { day } of days) await reconcileDay(world.deps, { billDate: day });
}

/** @param explained orders whose difference from WeChat's books a person has looked into. */
export async function expectCleanBooks(
  world: World,
  explained: ReadonlySet<string> = new Set(),
): Promise<void> {
  await comeToRest(world);
  await compareSkippedDays(world);
  const lines = await auditDatabase(world.deps.db, world.deps.now());
  expect(lines.filter(({ count }) => count > 0)).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(11);
  await expectSameBooks(world, explained);
  expect(internalErrors(world)).toEqual([]);
}

/** The log lines of answers 500 and of jobs that failed, but for those that lost the database. */
export function internalErrors(world: World): string[] {
  return world.logs.filter(
    (line) =>
      /"code":"internal"|"msg":"job queue"/.test(line) &&
      !/Connection terminated|ECONNREFUSED|ECONNRESET|timeout/.test(line),
  );
}

interface OurOrder {
  outTradeNo: string;
  state: string;
  transactionId: string | null;
  paidFen: number | null;
  refundFen: number | null;
}

async function expectSameBooks(world: World, explained: ReadonlySet<string>): Promise<void> {
  const ours = await world.sql<OurOrder>(
    `SELECT o.out_trade_no AS "outTradeNo", o.state, o.transaction_id AS "transactionId",
       o.paid_fen AS "paidFen", r.amount_fen AS "refundFen"
     FROM orders o LEFT JOIN refunds r ON r.order_id = o.id AND r.superseded_by IS NULL`,
  );
  const theirs = new Map((await listTransactions(world)).map((one) => [one.outTradeNo, one]));
  const differences = ours.filter(
    (order) => !explained.has(order.outTradeNo) && !isSame(order, theirs.get(order.outTradeNo)),
  );
  expect(differences).toEqual([]);
  const paid = [...theirs.values()].filter(({ transactionId }) => transactionId !== null);
  const known = new Set(ours.map(({ outTradeNo }) => outTradeNo));
  expect(paid.filter(({ outTradeNo }) => !known.has(outTradeNo))).toEqual([]);
}

function isSame(order: OurOrder, theirs: SandboxTransaction | undefined): boolean {
  if (!theirs?.transactionId) return order.transactionId === null && order.state === "closed";
  if (theirs.transactionId !== order.transactionId || theirs.amountFen !== order.paidFen) {
    return false;
  }
  return theirs.tradeState === "REFUND"
    ? order.state === "refunded" && order.refundFen === theirs.refundedFen
    : order.state === "settled" && order.refundFen === null;
}
