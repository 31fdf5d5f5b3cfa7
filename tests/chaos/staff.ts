/**
 * The few things that are left to a person, done as the runbook says: refunds that WeChat could not
 * deliver are sent another way, and incidents are explained, but only those that a planted lie explains.
 */
import { createDeps, type Deps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { explainIncident, listOpenIncidents } from "@/lib/payments/explain-incident";
import {
  listUnfinishedRefunds,
  reissueRefund,
  sendAbnormalRefund,
} from "@/lib/payments/mend-refund";
import { listUnbalancedDays } from "@/lib/reconciliation/list-days-to-reconcile";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import { kindOf } from "./faults/catalogue";
import type { ChaosWorld } from "./world/world";

/** A member of staff's tools: the product's own verbs on the same world, in a process nobody kills. */
export function createStaff(world: ChaosWorld): Deps {
  const log = { LOG_LEVEL: "silent" };
  return createDeps(parseEnvironment({ ...world.environment, ...log }), { db: world.db });
}

/** Every refund that waits for a person. */
export async function mendRefunds(staff: Deps): Promise<void> {
  await staff.clock.refresh();
  for (const { outRefundNo, state } of await listUnfinishedRefunds(staff)) {
    if (state === "abnormal") {
      await sendAbnormalRefund(staff, { outRefundNo, account: { kind: "merchant_card" } });
    } else if (state === "closed") await reissueRefund(staff, outRefundNo);
  }
}

/**
 * Compares once more the days that did not balance: the daily job leaves those to a person, and what
 * was under way at the first look, such as a refund being sent another way, has come to its end.
 */
export async function compareAgain(staff: Deps): Promise<void> {
  await staff.clock.refresh();
  for (const billDate of await listUnbalancedDays(staff)) await reconcileDay(staff, { billDate });
}

/** Which lie, rightly signed, leaves which incident. */
const CAUSES: Record<string, readonly string[]> = {
  foreign_app: ["wrong_appid"],
  foreign_merchant: ["wrong_mchid"],
  unknown_order: ["wrong_number"],
  unknown_refund: ["wrong_amount", "wrong_number"],
};

/** Explains as many incidents of a kind as lies of its causes were told; the rest stays open. */
export async function explainIncidents(
  staff: Deps,
  met: ReadonlyMap<string, number>,
): Promise<void> {
  const lies = new Map<string, number>();
  for (const [name, times] of met) {
    lies.set(kindOf(name), (lies.get(kindOf(name)) ?? 0) + times);
  }
  // The list shows only as many as a person reads at once.
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const { id, kind } of await listOpenIncidents(staff)) {
      const cause = CAUSES[kind]?.find((lie) => (lies.get(lie) ?? 0) > 0);
      if (!cause) continue;
      lies.set(cause, (lies.get(cause) ?? 0) - 1);
      await explainIncident(staff, { id, note: `the run planted ${cause}` });
      isNew = true;
    }
  }
}
