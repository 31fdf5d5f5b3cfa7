/**
 * `npm run reconcile -- --date 2026-11-21`: makes WeChat's bill, our orders and our ledger of a day agree.
 * `--from <date> --to <date>` does several days, `--missing` every closed day that does not balance yet;
 * `--list` shows what is open; `--explain <id> "<note>"` closes one difference; `--force` asks WeChat
 * before 10:00. Exit 0: all balanced. 1: something differs. 2: a bill is not ready, or failed.
 */
import { parseArgs } from "node:util";
import type { Deps } from "@/lib/deps";
import { addDays, type CalendarDate, daysBetween, isCalendarDate } from "@/lib/pricing/calendar";
import { listDifferences } from "@/lib/reconciliation/differences";
import { explainDifference } from "@/lib/reconciliation/explain-difference";
import { listUnbalancedDays } from "@/lib/reconciliation/list-days-to-reconcile";
import { printDifference, printRun } from "@/lib/reconciliation/print-run";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import { runOpsCommand } from "./support/ops-deps";

const USAGE = `Usage: npm run reconcile -- --date <YYYY-MM-DD> | --from <date> --to <date> | --missing [--force]
       npm run reconcile -- --list | --explain <id> "<note>"`;

/** WeChat keeps bills for three months; a longer span is a typing mistake. */
const DAYS_MAX = 93;

await runOpsCommand(async (deps) => {
  try {
    const { values, positionals } = readArguments();
    if (values.list) return await list(deps);
    if (values.explain) return await explain(deps, values.explain, positionals.join(" "));
    const days = values.missing ? await listUnbalancedDays(deps) : readDays(values);
    return await reconcile(deps, days, values.force ?? false);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
});

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      date: { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
      missing: { type: "boolean" },
      force: { type: "boolean" },
      list: { type: "boolean" },
      explain: { type: "string" },
    },
  });
}

async function reconcile(deps: Deps, days: CalendarDate[], isForced: boolean): Promise<number> {
  if (days.length === 0) console.log("Every closed day is balanced.");
  let exitCode = 0;
  for (const billDate of days) {
    const run = await reconcileDay(deps, { billDate, isForced });
    const differences = run.figures ? await listDifferences(deps, { billDate }) : [];
    console.log(printRun(run, differences));
    if (run.state !== "balanced") exitCode = Math.max(exitCode, run.state === "differs" ? 1 : 2);
  }
  return exitCode;
}

async function list(deps: Deps): Promise<number> {
  const open = await listDifferences(deps, { state: "open" });
  for (const difference of open) {
    console.log(`${difference.billDate}\n${printDifference(difference)}`);
  }
  if (open.length === 0) console.log("No difference is open.");
  return open.length === 0 ? 0 : 1;
}

async function explain(deps: Deps, id: string, note: string): Promise<number> {
  await explainDifference(deps, { id, note });
  console.log("Explained. Run the day again to close it.");
  return 0;
}

/** @throws Error with the usage when the days do not read. */
function readDays(span: { date?: string; from?: string; to?: string }): CalendarDate[] {
  const from = span.date ?? span.from ?? "";
  const to = span.date ?? span.to ?? from;
  if (!isCalendarDate(from) || !isCalendarDate(to)) throw new Error(USAGE);
  const count = daysBetween(from, to) + 1;
  if (count < 1 || count > DAYS_MAX) throw new Error(USAGE);
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}
