/**
 * Makes a day's bill, orders and ledger agree, or says on what they do not (design §5.5). Every stage
 * may be repeated: what a killed run has done stays and is found done by the next.
 */
import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { bookFees } from "./book-fees";
import { findDayScope } from "./day-scope";
import { countDifferences, recordDifferences } from "./differences";
import { fetchBills } from "./fetch-bills";
import { calculateFigures, type Figures } from "./figures";
import { importLines } from "./import-lines";
import { matchDay } from "./match-day";
import { repairDifferences } from "./repair-differences";
import type { Difference } from "./rules";
import {
  billReadyAt,
  enterStage,
  finishRun,
  type ReconciliationRun,
  RunTakenOver,
  type Stage,
  startRun,
} from "./runs";

/**
 * @param options.isForced asks WeChat although the bill is not advised to be fetched yet.
 * @returns the run: `balanced` (nothing is open), `differs` (listed, for a person), `waiting` (see
 *   `retryAt`), `failed` (nothing was imported), or another process's that is `running`.
 * @throws what the database throws. A run that is lost so is taken over after ten minutes of silence.
 */
export async function reconcileDay(
  deps: Deps,
  { billDate, isForced = false }: { billDate: CalendarDate; isForced?: boolean },
): Promise<ReconciliationRun> {
  const { isOurs, run } = await startRun(deps, billDate);
  if (!isOurs) return run;
  if (!isForced && deps.now() < billReadyAt(billDate)) {
    return finishRun(deps, run, {
      state: "waiting",
      error: "the bill comes at 10:00 of the next day",
    });
  }
  try {
    const finished = await runStages(deps, run);
    const { state, error, figures } = finished;
    deps.log.info({ billDate, state, error, differences: figures?.differences }, "day reconciled");
    return finished;
  } catch (error) {
    if (!(error instanceof RunTakenOver)) throw error;
    // Somebody thought us dead. What we did is done; the day is theirs now.
    deps.log.warn({ billDate, run: run.id }, error.message);
    return { ...run, state: "failed", error: error.message };
  }
}

async function runStages(deps: Deps, run: ReconciliationRun): Promise<ReconciliationRun> {
  const { billDate } = run;
  const seconds: Record<string, number> = {};
  const during = async <T>(stage: Stage, work: (checkpoint: () => Promise<void>) => Promise<T>) => {
    const startedAt = performance.now();
    const checkpoint = () => enterStage(deps, run, stage);
    await checkpoint();
    const result = await work(checkpoint);
    const sinceSeconds = (performance.now() - startedAt) / 1000;
    seconds[stage] = Math.round(((seconds[stage] ?? 0) + sinceSeconds) * 100) / 100;
    return result;
  };

  const fetched = await during("fetch", () => fetchBills(deps, billDate));
  if (fetched.kind !== "stored") {
    return finishRun(deps, run, { state: fetched.kind, error: fetched.reason });
  }
  await during("import", (checkpoint) => importLines(deps, billDate, checkpoint));
  const scope = await findDayScope(deps, billDate);
  const match = () => during("match", (checkpoint) => matchDay(deps, scope, checkpoint));
  let found = await match();
  const repairs = await during("repair", (checkpoint) =>
    repairDifferences(deps, billDate, checkpoint),
  );
  // A repair may bring up what it hid: a second transaction, a ledger that is wrong.
  if (repairs.repaired > 0) found = await match();
  await during("fees", (checkpoint) => bookFees(deps, billDate, checkpoint));
  const figures = await during("close", async (checkpoint) => {
    const sums = await calculateFigures(deps, scope, seconds, checkpoint);
    if (sums.isEqual || found.length > 0) return sums;
    await recordDifferences(deps, billDate, [totalsDiffer(billDate, sums)]);
    return { ...sums, differences: await countDifferences(deps, billDate) };
  });
  if (repairs.unanswered > 0) {
    const error = `WeChat gave no answer about ${repairs.unanswered} differences`;
    return finishRun(deps, run, { state: "waiting", figures, error });
  }
  const state = figures.differences.open === 0 ? "balanced" : "differs";
  return finishRun(deps, run, { state, figures });
}

function totalsDiffer(billDate: CalendarDate, figures: Figures): Difference {
  const { payments, refunds, fees, account } = figures;
  return {
    kind: "totals_differ",
    subject: billDate,
    outTradeNo: null,
    transactionId: null,
    outRefundNo: null,
    ours: { orders: payments.orders, ledger: payments.ledger, refunds, fees },
    theirs: { payments: payments.bill, account },
  };
}
