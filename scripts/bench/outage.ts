/**
 * PostgreSQL away for thirty seconds under load, with the whole of server.ts: what people and WeChat
 * heard meanwhile, how soon all is as before, and whether the books agree (F25, design §6).
 */
import { type OutageFigures, runOutage } from "@/tests/integration/recovery/outage/run-outage";
import { ensureBuilt } from "../support/build";
import { stopAllChildren } from "../support/processes";
import { onStopRequest } from "../support/signals";
import { step } from "../support/steps";

const STEADY_MS = 10_000;
const OUTAGE_MS = 30_000;
const AFTER_MS = 20_000;
/** Longer than any single time-out of ours (three to five seconds), which may not add up. */
const SLOWEST_MS_MAX = 6_000;
const BACK_MS_MAX = 10_000;

export async function benchOutage(): Promise<boolean> {
  onStopRequest(() => void stopAllChildren().finally(() => process.exit(130)));
  await step("build the app", ensureBuilt);
  const figures = await step("kill PostgreSQL under load and start it 30 s later", () =>
    runOutage({
      appFile: "server.ts",
      steadyMs: STEADY_MS,
      outageMs: OUTAGE_MS,
      afterMs: AFTER_MS,
    }),
  );
  print(figures);
  const { breaches, acknowledged, books, ended, skipped } = figures;
  const failures = [...breaches, ...acknowledged.missing, ...books, ...(ended ? [ended] : [])];
  for (const failure of failures) console.log(`BAD  ${failure}`);
  return (
    failures.length === 0 &&
    skipped === 0 &&
    figures.slowestDuringMs < SLOWEST_MS_MAX &&
    isSoon(figures.throughputBackMs) &&
    isSoon(figures.workerBackMs)
  );
}

const isSoon = (ms: number | null) => ms !== null && ms < BACK_MS_MAX;

function print(figures: OutageFigures): void {
  const { countsDuring, acknowledged } = figures;
  const line = (name: string, value: string) => console.log(`${name.padEnd(46)}${value}`);
  const seconds = (ms: number | null) => (ms === null ? "never" : `${(ms / 1_000).toFixed(1)} s`);
  const counts = Object.entries(countsDuring).sort();
  line("answers while away", counts.map(([name, count]) => `${name} ×${count}`).join(", "));
  line("slowest of them", seconds(figures.slowestDuringMs));
  line("paid at WeChat meanwhile", String(figures.paidDuring));
  line("PostgreSQL answers again after its start", seconds(figures.databaseBackMs));
  line("orders as before after", seconds(figures.throughputBackMs));
  line("the worker has found what nobody told after", seconds(figures.workerBackMs));
  line(
    "orders a second before and after",
    `${figures.ordersPerSecondBefore.toFixed(1)}, ${figures.ordersPerSecondAfter.toFixed(1)}`,
  );
  line(
    "acknowledged orders and notifies, missing",
    `${acknowledged.orders}, ${acknowledged.notifies}, ${acknowledged.missing.length}`,
  );
  line("the app's process", figures.ended ?? "the same one");
  line("audit and WeChat's books", figures.books.length === 0 ? "agree" : "DIFFER");
}
