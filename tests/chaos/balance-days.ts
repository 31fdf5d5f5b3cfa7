/** The mornings after: WeChat's bills come, some of them spoiled first, and every day has to balance. */
import { setTimeout as delay } from "node:timers/promises";
import type { Deps } from "@/lib/deps";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import {
  listDaysToReconcile,
  listUnbalancedDays,
} from "@/lib/reconciliation/list-days-to-reconcile";
import { billReadyAt } from "@/lib/reconciliation/runs";
import { FAULTS, isOfBill } from "./faults/catalogue";
import type { Faults } from "./faults/faults";
import { apply } from "./people/apply";
import type { Town } from "./people/town";
import type { Random } from "./random";
import { compareAgain } from "./staff";
import type { Sandbox } from "./world/sandbox";

/** A bill that was not to be had is asked for again after half an hour. */
const RETRY_SECONDS = 31 * 60;
/** Seven days are taken up in a minute; a month and its spoiled bills are done well within these. */
const STEPS_MAX = 24;
/** The worker looks at the clock once a second, and a few days take it no longer than that. */
const HOUSEKEEPING_MS = 2_500;
/** A killed worker's day is taken over after ten of them. */
const MINUTES_MAX = 20;
const LOOK_MS = 50;
/** These are met nowhere else; a few more are drawn. */
const OWN_FAULTS = ["trade_bill.wrong_hash", "bill_download.corrupt_file"];
const MORE_FAULTS = 2;

const RUNNING = {
  name: "chaos_running_comparison",
  text: "SELECT 1 FROM reconciliation_runs WHERE state = 'running' LIMIT 1",
};

/** Leaves the world on a morning when every day up to yesterday has been compared. */
export async function balanceDays(
  town: Town,
  staff: Deps,
  faults: Faults,
  random: Random,
): Promise<void> {
  const { sandbox } = town.world;
  await goToBillsOf(sandbox);
  await untilBalanced(sandbox, staff);
  // One more day with a payment, whose bill alone is due, so that it is the one that is spoiled.
  await apply(town, random.fork("last policy"));
  const drawn = random.shuffle(FAULTS.filter(isOfBill)).slice(0, MORE_FAULTS);
  for (const [index, name] of [...OWN_FAULTS, ...drawn].entries()) {
    // Before the bill is asked for, or a quick worker would be done without it.
    await faults.spoilNext(name);
    if (index === 0) await goToBillsOf(sandbox);
    else await sandbox.advance(RETRY_SECONDS);
    await untilNoDayIsDue(sandbox, staff);
    await faults.takeBack();
  }
  await sandbox.advance(RETRY_SECONDS);
  await untilBalanced(sandbox, staff);
}

/** To the moment when the bill of today, and of all days before, can be asked for. */
async function goToBillsOf(sandbox: Sandbox): Promise<void> {
  const now = sandbox.now();
  const readyAt = billReadyAt(shanghaiDateOf(now));
  await sandbox.advance((readyAt.getTime() - now.getTime()) / 1_000 + 1);
}

async function untilBalanced(sandbox: Sandbox, staff: Deps): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    // A worker that leaves a day lying for so long leaves it lying for good.
    if (!(await untilNoDayIsDue(sandbox, staff))) return;
    await compareAgain(staff);
    if ((await listUnbalancedDays(staff)).length === 0) return;
    await sandbox.advance(RETRY_SECONDS);
  }
}

/** A day that is being compared is not due, and its bill may not have been asked for yet. */
async function isComparing(staff: Deps): Promise<boolean> {
  return (await staff.db.query(RUNNING, [])).length > 0;
}

/**
 * True when the worker has compared every day it has to. A jump of the clock under a call would make
 * WeChat refuse its signature, so the clock only moves by the minute here: the worker keeps house once
 * a minute and takes up a few days each time.
 */
async function untilNoDayIsDue(sandbox: Sandbox, staff: Deps): Promise<boolean> {
  for (let minute = 0; minute < MINUTES_MAX; minute += 1) {
    const deadline = performance.now() + HOUSEKEEPING_MS;
    do {
      await staff.clock.refresh();
      const due = await listDaysToReconcile(staff);
      if (due.length === 0 && !(await isComparing(staff))) return true;
      await delay(LOOK_MS);
    } while (performance.now() < deadline);
    await sandbox.advance(60);
  }
  return false;
}
