/**
 * What must happen without anybody asking: pending orders are asked after, expired places given
 * back, refunds followed to their end, the outbox drained. Postgres is the queue; every claim is
 * leased, so a worker that dies holds nothing for long and several workers share the work.
 */
import type { Deps } from "@/lib/deps";
import { askOrder } from "@/lib/payments/ask-order";
import { claimDueOrders } from "@/lib/payments/claim-due-orders";
import { claimDueRefunds, followRefund } from "@/lib/payments/follow-refund";
import { drainOutbox } from "./outbox";

/** Fast enough that a refund is on its way within five seconds of the decision. */
const IDLE_MS = 1_000;
/** After a failed round (database away) there is nothing to gain from asking faster. */
const FAILED_MS = 3_000;
/** One round's claims; well inside the lease at one second a call. */
const BATCH = 20;

export interface Worker {
  /** Runs one full round now; for tests and for `stop`. */
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
      await runRound(deps);
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
    round: () => runRound(deps),
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function runRound(deps: Deps): Promise<void> {
  await deps.clock.refresh();
  const orders = await claimDueOrders(deps, BATCH);
  await Promise.all(
    orders.map((order) =>
      attempt(deps, "ask order", order.outTradeNo, () =>
        askOrder(deps, order, { canClose: "when_expired" }),
      ),
    ),
  );
  const refunds = await claimDueRefunds(deps, BATCH);
  await Promise.all(
    refunds.map((refund) =>
      attempt(deps, "follow refund", refund.outRefundNo, () => followRefund(deps, refund)),
    ),
  );
  await drainOutbox(deps, BATCH);
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
