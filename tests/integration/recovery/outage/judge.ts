/** What the answers and the books of an outage say. */
import { auditDatabase } from "@/lib/ledger/audit";
import type { Answered } from "./load";
import type { OutageWorld } from "./outage-world";

/** On the clock of `performance.now()`. */
export interface Moments {
  loadedAtMs: number;
  /** The database's last process is gone. */
  deadAtMs: number;
  /** Somebody begins to start it again. */
  restartAtMs: number;
  /** It answers. */
  backAtMs: number;
  endedAtMs: number;
}

/** A second is back in order when it carries this share of the orders of a second before. */
const SHARE_MIN = 0.8;

/** Breaches while the database was surely away: each is a sentence. */
export function judgeAnswers(answers: readonly Answered[], moments: Moments): string[] {
  const during = answersDuring(answers, moments);
  const breaches = during.flatMap(({ operation, status, code, retryAfter }) => {
    if (status !== 503) return [`${operation} answered ${status} ${code}`];
    if (operation === "health") return [];
    if (code !== "unavailable" || !retryAfter) return [`${operation}: 503 ${code}, ${retryAfter}`];
    return [];
  });
  const strange = answers
    .filter(({ status }) => status !== 200 && status !== 201 && status !== 503)
    .map(({ operation, status, code }) => `${operation} answered ${status} ${code} at some time`);
  return [...breaches, ...strange];
}

export function answersDuring(answers: readonly Answered[], moments: Moments): Answered[] {
  return answers.filter(
    ({ startedAtMs, endedAtMs }) =>
      startedAtMs >= moments.deadAtMs && endedAtMs <= moments.restartAtMs,
  );
}

export function ordersPerSecond(
  answers: readonly Answered[],
  fromMs: number,
  untilMs: number,
): number {
  const taken = answers.filter(
    ({ status, endedAtMs }) => status === 201 && endedAtMs >= fromMs && endedAtMs < untilMs,
  );
  return (taken.length * 1_000) / (untilMs - fromMs);
}

/** Milliseconds from the database's return to the first second with its orders; null for never. */
export function throughputBackAfterMs(
  answers: readonly Answered[],
  { loadedAtMs, deadAtMs, backAtMs, endedAtMs }: Moments,
): number | null {
  const before = ordersPerSecond(answers, loadedAtMs, deadAtMs);
  for (let fromMs = backAtMs; fromMs + 1_000 <= endedAtMs; fromMs += 100) {
    const rate = ordersPerSecond(answers, fromMs, fromMs + 1_000);
    if (rate >= before * SHARE_MIN) return fromMs + 1_000 - backAtMs;
  }
  return null;
}

interface SandboxNotification {
  eventType: string;
  outTradeNo: string;
  attempts: { status: number | null; isAcknowledged: boolean }[];
}

export interface Acknowledged {
  orders: number;
  notifies: number;
  /** Told as done and not on record: must be empty (I9). */
  missing: string[];
}

/** Every order that was answered with 201 exists, and every payment that was acknowledged is booked. */
export async function checkAcknowledged(
  world: OutageWorld,
  answers: readonly Answered[],
): Promise<Acknowledged> {
  const orders = answers.flatMap(({ status, outTradeNo }) =>
    status === 201 && outTradeNo ? [outTradeNo] : [],
  );
  const all = await world.control<SandboxNotification[]>("GET", "/notifications");
  const notified = all
    .filter(({ eventType }) => eventType === "TRANSACTION.SUCCESS")
    .filter(({ attempts }) => attempts.some(({ isAcknowledged }) => isAcknowledged))
    .map(({ outTradeNo }) => outTradeNo);
  const rows = await world.deps.db.query<{ outTradeNo: string; isPaid: boolean }>(
    {
      name: "outage_orders",
      text: `SELECT out_trade_no AS "outTradeNo", transaction_id IS NOT NULL AS "isPaid" FROM orders`,
    },
    [],
  );
  const paid = new Map(rows.map(({ outTradeNo, isPaid }) => [outTradeNo, isPaid]));
  return {
    orders: orders.length,
    notifies: notified.length,
    missing: [
      ...orders.filter((number) => !paid.has(number)),
      ...notified.filter((number) => !paid.get(number)),
    ],
  };
}

interface SandboxTransaction {
  outTradeNo: string;
  transactionId: string | null;
  tradeState: string;
}

/** Invariants that are broken, and payments on which WeChat's books and ours disagree. */
export async function judgeBooks(world: OutageWorld): Promise<string[]> {
  const lines = await auditDatabase(world.deps.db, world.deps.now());
  const broken = lines
    .filter(({ count }) => count > 0)
    .map(({ name, breaches }) => `${name}: ${JSON.stringify(breaches)}`);
  const rows = await world.deps.db.query<{ transactionId: string; state: string }>(
    {
      name: "outage_paid",
      text: `SELECT transaction_id AS "transactionId", state FROM orders WHERE transaction_id IS NOT NULL`,
    },
    [],
  );
  const ours = new Map(rows.map(({ transactionId, state }) => [transactionId, state]));
  const theirs = (await world.control<SandboxTransaction[]>("GET", "/transactions")).filter(
    ({ transactionId }) => transactionId !== null,
  );
  const differing = theirs.filter(({ transactionId, tradeState }) => {
    const state = ours.get(transactionId ?? "");
    return state !== (tradeState === "REFUND" ? "refunded" : "settled");
  });
  const sums = theirs.length === ours.size ? [] : [`WeChat ${theirs.length}, we ${ours.size}`];
  return [...broken, ...sums, ...differing.map(({ outTradeNo }) => `books differ: ${outTradeNo}`)];
}
