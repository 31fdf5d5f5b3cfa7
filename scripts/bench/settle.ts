/**
 * Settled notifies per second for distinct policies, in one run on one database: (a) through
 * server.ts, (b) through plain `next start` on the same build, (c) the same SQL raw. Rounds of the
 * three are interleaved, so that a slow minute of the machine hits all of them, and the medians of
 * rates and of each round's ratios count. Every acknowledged notify is checked to be one unit in the end.
 */
import { step } from "../support/steps";
import { type Gift, prepareGifts } from "./gifts";
import { postAll } from "./load";
import { createNotifies } from "./notifies";
import { settleRaw } from "./raw";
import { median, printTable } from "./report";
import { findUnsettled, printBreaches } from "./verify";
import { type BenchWorld, startBenchWorld } from "./world";

type Way = "server.ts" | "next start" | "raw SQL";

const ROUNDS = 5;
/** Per round: enough for a round of about a second each; Next is an order of magnitude slower. */
const NOTIFIES: Record<Way, number> = { "server.ts": 2_000, "next start": 400, "raw SQL": 2_000 };
/** Before the first round each way runs this many: Next is still getting faster after a thousand. */
const WARM_UP = 2_000;
/** Requests on their way at a time: more than the pool has connections, so none of them idles. */
const CONCURRENCY = 32;
/** WeChat gives up on an answer after 5 s; a round that takes longer than this has broken down. */
const ROUND_TIMEOUT_MS = 60_000;
/** Must-show of the design: the fast lane is worth its code only if it is this much faster. */
const RATIO_MIN = 3;

interface Round {
  way: Way;
  gifts: Gift[];
}

export async function benchSettle(): Promise<boolean> {
  const world = await startBenchWorld();
  try {
    return await measure(world);
  } finally {
    await world.stop();
  }
}

async function measure(world: BenchWorld): Promise<boolean> {
  const rounds = await step("prepare policies with one unpaid gift each", () => planRounds(world));
  const rates: Record<Way, number[]> = { "server.ts": [], "next start": [], "raw SQL": [] };
  for (const [index, round] of rounds.entries()) {
    const perSecond = await runRound(world, round);
    const isWarmUp = index < 3;
    if (!isWarmUp) rates[round.way].push(perSecond);
    const name = isWarmUp ? "warm-up" : `round ${rates[round.way].length}`;
    console.log(
      `  ${name.padEnd(8)} ${round.way.padEnd(10)} ${perSecond.toFixed(0).padStart(6)}/s`,
    );
  }
  const isClean = await step("check every acknowledged notify and the audit", () =>
    isEveryNotifyOneUnit(world, rounds),
  );
  return report(rates) && isClean;
}

/** Warm-up first, then the rounds in turns; every round has orders of its own. */
async function planRounds(world: BenchWorld): Promise<Round[]> {
  const ways: Way[] = ["server.ts", "next start", "raw SQL"];
  const sizes = [
    ...ways.map((way) => ({ way, count: WARM_UP })),
    ...Array.from({ length: ROUNDS }, () =>
      ways.map((way) => ({ way, count: NOTIFIES[way] })),
    ).flat(),
  ];
  const total = sizes.reduce((sum, { count }) => sum + count, 0);
  const gifts = await prepareGifts(world.client, world.keys.appId, total);
  let used = 0;
  return sizes.map(({ way, count }) => {
    used += count;
    return { way, gifts: gifts.slice(used - count, used) };
  });
}

/** Settles per second. @throws Error when one notify is not acknowledged. */
async function runRound(world: BenchWorld, { way, gifts }: Round): Promise<number> {
  if (way === "raw SQL") {
    return perSecond(gifts.length, () => settleRaw(world.db, gifts, CONCURRENCY));
  }
  // Signed here and not earlier, because a notify is too old after five minutes; not measured.
  const notifies = createNotifies(world.keys, gifts);
  const url = way === "server.ts" ? world.serverUrl : world.nextUrl;
  const options = { concurrency: CONCURRENCY, timeoutMs: ROUND_TIMEOUT_MS };
  return perSecond(gifts.length, () => postAll(`${url}/api/wechat/pay/notify`, notifies, options));
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - startMs);
}

async function isEveryNotifyOneUnit(world: BenchWorld, rounds: Round[]): Promise<boolean> {
  const outTradeNos = rounds.flatMap(({ gifts }) => gifts.map((gift) => gift.outTradeNo));
  const unsettled = await findUnsettled(world.db, outTradeNos);
  for (const outTradeNo of unsettled.slice(0, 10)) {
    console.error(`  ${outTradeNo} was acknowledged and is not exactly one unit`);
  }
  return (await printBreaches(world.db)) === 0 && unsettled.length === 0;
}

/** Ratios are taken within a round, whose three parts ran side by side on the same busy machine. */
function report(rates: Record<Way, number[]>): boolean {
  printTable(rates);
  const server = rates["server.ts"];
  const ratioTo = (way: Way): number =>
    median(server.map((value, round) => value / (rates[way][round] ?? Number.NaN)));
  const ratio = ratioTo("next start");
  console.log(`\nserver.ts is ${ratio.toFixed(2)} × next start (at least ${RATIO_MIN} is wanted)`);
  console.log(`server.ts reaches ${(100 * ratioTo("raw SQL")).toFixed(0)} % of the raw SQL`);
  return ratio >= RATIO_MIN;
}
