import { setTimeout as pause } from "node:timers/promises";

/**
 * WeChat takes 150 refund calls a second from a merchant, and only 6 that fail (wechat.md §1.12). The
 * job queue runs refunds in four lanes, over all processes together, so each lane keeps a quarter.
 */
const LANES = 4;
const CALLS_PER_SECOND = 130;
const FAILURES_PER_SECOND = 5.5;

/** Runs one refund call and holds its lane for as long as the limits ask. */
export async function atRefundPace(call: () => Promise<{ hasFailed: boolean }>): Promise<void> {
  const startedAtMs = performance.now();
  let hasFailed = true;
  try {
    ({ hasFailed } = await call());
  } finally {
    const perSecond = hasFailed ? FAILURES_PER_SECOND : CALLS_PER_SECOND;
    const leftMs = (1_000 * LANES) / perSecond - (performance.now() - startedAtMs);
    if (leftMs > 0) await pause(leftMs);
  }
}
