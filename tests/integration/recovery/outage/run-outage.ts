/**
 * PostgreSQL dies under load and comes back on the same data (F25, F30): the whole story in one run,
 * told as figures. Nobody touches the app meanwhile.
 */
import { setTimeout as delay } from "node:timers/promises";
import {
  type Acknowledged,
  answersDuring,
  checkAcknowledged,
  judgeAnswers,
  judgeBooks,
  type Moments,
  ordersPerSecond,
  throughputBackAfterMs,
} from "./judge";
import { Load, type OpenOrder, RATES } from "./load";
import { type OutageWorld, startOutageWorld } from "./outage-world";
import { buildTown, payAtCashier } from "./town";

export interface OutageOptions {
  /** See `startOutageWorld`. */
  appFile: string;
  steadyMs: number;
  outageMs: number;
  afterMs: number;
}

export interface OutageFigures {
  /** Breaches of "a clear 503, and nothing else", as sentences. */
  breaches: string[];
  answersDuring: number;
  /** `operation status` → how many, while the database was away. */
  countsDuring: Record<string, number>;
  slowestDuringMs: number;
  slowestEverMs: number;
  skipped: number;
  ordersPerSecondBefore: number;
  ordersPerSecondAfter: number;
  /** From beginning to start the database until it answered. */
  databaseBackMs: number;
  /** From there on; null for never. */
  throughputBackMs: number | null;
  /** Until the worker had found every payment that nobody told of; null for never. */
  workerBackMs: number | null;
  paidDuring: number;
  acknowledged: Acknowledged;
  /** The app's process ended, and how; null when it is the one that was started. */
  ended: string | null;
  books: string[];
}

/** Paid in the outage with every notify lost: only the worker's own questions can find them. */
const UNHEARD = 10;

export async function runOutage(options: OutageOptions): Promise<OutageFigures> {
  const world = await startOutageWorld(options.appFile);
  try {
    return await run(world, options);
  } finally {
    await world.close();
  }
}

async function run(
  world: OutageWorld,
  { steadyMs, outageMs, afterMs }: OutageOptions,
): Promise<OutageFigures> {
  const reserve = Math.ceil((RATES.pay * outageMs) / 1_000);
  const seconds = (steadyMs + outageMs + afterMs) / 1_000 + SLACK_SECONDS;
  const town = await buildTown(world, reserve + UNHEARD + RATES.order * seconds);
  const load = new Load(world, town);
  for (let order = 0; order < reserve; order += 1) await load.order();

  const loadedAtMs = performance.now();
  load.start();
  await delay(steadyMs);
  const unheard = await openUnheard(load);
  const paidBefore = await countPaid(world);
  await occupyWorker(world);
  await world.killDatabase();
  const deadAtMs = performance.now();
  await world.control("DELETE", "/faults");
  await payUnheard(world, unheard);
  await delay(outageMs - (performance.now() - deadAtMs));
  const paidDuring = (await countPaid(world)) - paidBefore;

  const restartAtMs = performance.now();
  await world.startDatabase();
  const backAtMs = performance.now();
  const workerBack = untilSettled(world, unheard, afterMs);
  await delay(afterMs);
  await load.stop();
  const moments = { loadedAtMs, deadAtMs, restartAtMs, backAtMs, endedAtMs: performance.now() };
  const workerBackMs = await workerBack;
  await comeToRest(world);
  return {
    ...figuresOf(load, moments),
    paidDuring,
    workerBackMs,
    acknowledged: await checkAcknowledged(world, load.answers),
    ended: world.app.hasEnded() ? await world.app.ended : null,
    books: await judgeBooks(world),
  };
}

/** PostgreSQL's own start, which the load goes on through, and a slow machine. */
const SLACK_SECONDS = 30;

async function openUnheard(load: Load): Promise<OpenOrder[]> {
  const opened: OpenOrder[] = [];
  while (opened.length < UNHEARD) {
    const one = await load.order();
    if (!one) throw new Error("an order was refused before the outage");
    load.open.splice(load.open.indexOf(one), 1);
    opened.push(one);
  }
  return opened;
}

async function payUnheard(world: OutageWorld, orders: readonly OpenOrder[]): Promise<void> {
  for (const { person, order } of orders) {
    const { outTradeNo } = order;
    await world.control("POST", "/faults", { ...LOST_NOTIFY, outTradeNo });
    await payAtCashier(world, person, order);
  }
}

const LOST_NOTIFY = { endpoint: "notify", kind: "drop", count: 99 };

/** More questions than the worker asks at a time, each answered when the database is gone. */
const SLOW_QUERY = { endpoint: "query", kind: "delay", count: 60, delayMs: 3_000 };
/** Two ticks of the worker: by then all of its hands are full. */
const OCCUPY_MS = 2_000;

/** The worst moment to lose a database: every job of the worker is under way (F27). */
async function occupyWorker(world: OutageWorld): Promise<void> {
  await world.control("POST", "/faults", SLOW_QUERY);
  await delay(OCCUPY_MS);
}

async function countPaid(world: OutageWorld): Promise<number> {
  const all = await world.control<{ transactionId: string | null }[]>("GET", "/transactions");
  return all.filter(({ transactionId }) => transactionId !== null).length;
}

const UNSETTLED = {
  name: "outage_unsettled",
  text: `SELECT count(*)::int AS count FROM orders WHERE out_trade_no = ANY ($1) AND state = 'pending'`,
};

async function untilSettled(
  world: OutageWorld,
  orders: readonly OpenOrder[],
  timeoutMs: number,
): Promise<number | null> {
  const numbers = orders.map(({ order }) => order.outTradeNo);
  const startedAtMs = performance.now();
  while (performance.now() - startedAtMs < timeoutMs) {
    const [row] = await world.deps.db.query<{ count: number }>(UNSETTLED, [numbers]);
    if (row?.count === 0) return performance.now() - startedAtMs;
    await delay(100);
  }
  return null;
}

const UNFINISHED = {
  name: "outage_unfinished",
  text: `SELECT (SELECT count(*) FROM orders WHERE state = 'pending')::int
    + (SELECT count(*) FROM refunds WHERE state IN ('requested', 'processing'))::int
    + (SELECT count(*) FROM outbox_messages)::int
    + (SELECT count(*) FROM graphile_worker.jobs)::int AS count`,
};
const UNFINISHED_JOBS = {
  name: "outage_unfinished_jobs",
  text: `SELECT task_identifier, attempts, locked_by, locked_at, last_error FROM graphile_worker.jobs LIMIT 10`,
};
const STEP_SECONDS = 11 * 60;
const STEPS_MAX = 6;
const STEP_TIMEOUT_MS = 15_000;

/** Time passes at WeChat and in the app, whose own worker does what falls due. */
async function comeToRest(world: OutageWorld): Promise<void> {
  let count = 0;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await world.control("POST", "/clock", { advanceSeconds: STEP_SECONDS });
    await world.deps.clock.refresh();
    const deadlineMs = performance.now() + STEP_TIMEOUT_MS;
    do {
      await delay(200);
      const [row] = await world.deps.db.query<{ count: number }>(UNFINISHED, []);
      count = row?.count ?? 0;
    } while (count > 0 && performance.now() < deadlineMs);
    if (count === 0) return;
  }
  const jobs = await world.deps.db.query<object>(UNFINISHED_JOBS, []);
  throw new Error(
    `${count} orders, refunds, messages or jobs have no end: ${JSON.stringify(jobs)}`,
  );
}

function figuresOf({ answers, skipped }: Load, moments: Moments) {
  const during = answersDuring(answers, moments);
  const countsDuring: Record<string, number> = {};
  for (const { operation, status } of during) {
    const name = `${operation} ${status}`;
    countsDuring[name] = (countsDuring[name] ?? 0) + 1;
  }
  const throughputBackMs = throughputBackAfterMs(answers, moments);
  const backAgainAtMs = moments.backAtMs + (throughputBackMs ?? 0);
  return {
    breaches: [...new Set(judgeAnswers(answers, moments))],
    answersDuring: during.length,
    countsDuring,
    slowestDuringMs: slowest(during),
    slowestEverMs: slowest(answers),
    skipped,
    ordersPerSecondBefore: ordersPerSecond(answers, moments.loadedAtMs, moments.deadAtMs),
    ordersPerSecondAfter: ordersPerSecond(answers, backAgainAtMs, moments.endedAtMs),
    databaseBackMs: moments.backAtMs - moments.restartAtMs,
    throughputBackMs,
  };
}

function slowest(answers: readonly { startedAtMs: number; endedAtMs: number }[]): number {
  return Math.max(0, ...answers.map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs));
}
