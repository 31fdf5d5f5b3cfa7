/** Liveness (I18): once healed, time passes in the world until nothing is under way any more. */
import { setTimeout as delay } from "node:timers/promises";
import type { Deps } from "@/lib/deps";
import type { Finding } from "./checks/verdict";
import { mendRefunds } from "./staff";
import type { ChaosWorld } from "./world/world";

/**
 * Eleven minutes, longer than the longest wait between two questions to WeChat (10 min), for as long
 * as orders and refunds may take; then by the hour up to two days, because WeChat's own retries of a
 * notify end after 24 h 4 min.
 */
const STEPS_SECONDS = [
  ...Array.from({ length: 30 }, () => 11 * 60),
  ...Array.from({ length: 42 }, () => 60 * 60),
];
/** What is due is done within seconds, but a job whose worker was killed is freed after twenty. */
const DUE_MS_MAX = 30_000;
const LOOK_MS = 50;
/** What has not moved for so many of these waits will not move in the hundreds that two days have. */
const IDLE_WAITS_MAX = 3;

const UNFINISHED = {
  name: "chaos_unfinished",
  text: `SELECT 'order ' || out_trade_no || ' ' || state AS what, next_check_at <= $1 AS "isDue"
      FROM orders WHERE state = 'pending'
    UNION ALL
    SELECT 'refund ' || out_refund_no || ' ' || state, coalesce(next_attempt_at <= $1, false)
      FROM refunds WHERE state <> 'succeeded' AND superseded_by IS NULL
    UNION ALL
    SELECT 'message ' || topic || ' ' || id, true FROM outbox_messages
    UNION ALL
    SELECT 'job ' || task_identifier || ' ' || id, run_at <= now() FROM graphile_worker.jobs
      WHERE attempts < max_attempts`,
};

interface Unfinished {
  what: string;
  isDue: boolean;
}

/** What never came to an end, one finding each. */
export async function settleDown(world: ChaosWorld, staff: Deps): Promise<Finding[]> {
  let left: Unfinished[] = [];
  let idleWaits = 0;
  for (const stepSeconds of STEPS_SECONDS) {
    await mendRefunds(staff);
    left = await untilNothingIsDue(world);
    if (left.some(({ isDue }) => isDue)) idleWaits += 1;
    if (idleWaits === IDLE_WAITS_MAX) break;
    const { pendingNotifications } = await world.sandbox.call<{ pendingNotifications: number }>(
      "GET",
      "/state",
    );
    if (left.length === 0 && pendingNotifications === 0) return [];
    await world.sandbox.advance(stepSeconds);
  }
  return left.map(({ what }) => ({ kind: "lost", text: `never came to an end: ${what}` }));
}

/** What is not due yet, when all that was due is done; or everything, when that takes too long. */
async function untilNothingIsDue(world: ChaosWorld): Promise<Unfinished[]> {
  const deadline = performance.now() + DUE_MS_MAX;
  for (;;) {
    const rows = await world.db.query<Unfinished>(UNFINISHED, [world.sandbox.now()]);
    if (!rows.some(({ isDue }) => isDue) || performance.now() > deadline) return rows;
    await delay(LOOK_MS);
  }
}
