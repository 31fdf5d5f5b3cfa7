/**
 * What must happen without anybody asking: pending orders are asked after, expired places given
 * back, refunds followed to their end, the outbox drained, policies ended. Postgres is the queue;
 * every claim is leased, so a worker that dies holds nothing for long and several share the work.
 */
import type { Deps } from "@/lib/deps";
import { askOrder } from "@/lib/payments/ask-order";
import { claimDueOrders, planNextCheck } from "@/lib/payments/claim-due-orders";
import { claimDueRefunds, followRefund } from "@/lib/payments/follow-refund";
import { endExpiredPolicies } from "@/lib/policies/end-expired-policies";
import { drainOutbox } from "./outbox";

/** Fast enough that a refund is on its way within five seconds of the decision. */
const IDLE_MS = 1_000;
/** After a failed round (database away) there is nothing to gain from asking faster. */
const FAILED_MS = 3_000;
/** One claim of calls to WeChat; well inside the lease at one second a call. */
const CALLS_BATCH = 20;
/** One claim of messages, which only touch the database. */
const MESSAGES_BATCH = 500;
/** A round works off at most this many full batches before it looks at the other queues again. */
const BATCHES_MAX = 20;

export interface Worker {
  /** Runs one full round now; for tests. */
  round(): Promise<void>;
  /** Finishes the round under way and starts no other. */
  stop(): Promise<void>;
}

export function startWorker(deps: Deps, options: { isAutomatic: boolean }): Worker {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function loop(): Promise<void> {
    let delayMs = IDLE_MS;
    try {
      await runRound(deps, () => isStopped);
    } catch (error) {
      delayMs = FAILED_MS;
      deps.log.error({ error: `${error}` }, "worker round failed");
    }
    if (!isStopped) timer = setTimeout(next, delayMs);
  }
  function next(): void {
    running = loop();
  }
  if (options.isAutomatic) next();

  return {
    round: () => runRound(deps, () => isStopped),
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** The queues run side by side: a WeChat that is slow to answer one of them delays none of the others. */
async function runRound(deps: Deps, isStopped: () => boolean): Promise<void> {
  await deps.clock.refresh();
  await Promise.all([
    inBatches(isStopped, CALLS_BATCH, () => askDueOrders(deps)),
    inBatches(isStopped, CALLS_BATCH, () => followDueRefunds(deps)),
    inBatches(isStopped, MESSAGES_BATCH, () => drainOutbox(deps, MESSAGES_BATCH)),
    endExpiredPolicies(deps),
  ]);
}

async function askDueOrders(deps: Deps): Promise<number> {
  const orders = await claimDueOrders(deps, CALLS_BATCH);
  await Promise.all(
    orders.map(async (order) => {
      await attempt(deps, "ask order", order.outTradeNo, () =>
        askOrder(deps, order, { canClose: "when_expired" }),
      );
      // Also after a failure: the schedule is the back-off.
      await attempt(deps, "plan next check", order.outTradeNo, () => planNextCheck(deps, order));
    }),
  );
  return orders.length;
}

async function followDueRefunds(deps: Deps): Promise<number> {
  const refunds = await claimDueRefunds(deps, CALLS_BATCH);
  await Promise.all(
    refunds.map((refund) =>
      attempt(deps, "follow refund", refund.outRefundNo, () => followRefund(deps, refund)),
    ),
  );
  return refunds.length;
}

/** Repeats a step while it finds full batches, so that a backlog drains without waiting. */
async function inBatches(
  isStopped: () => boolean,
  size: number,
  step: () => Promise<number>,
): Promise<void> {
  for (let batch = 0; batch < BATCHES_MAX && !isStopped(); batch += 1) {
    if ((await step()) < size) return;
  }
}

/** One item's failure is that item's: it is logged, and its lease brings it back. */
async function attempt(
  deps: Deps,
  job: string,
  subject: string,
  run: () => Promise<unknown>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    deps.log.warn({ job, subject, error: `${error}` }, "job will be retried");
  }
}
