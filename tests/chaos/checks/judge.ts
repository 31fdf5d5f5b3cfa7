/** All judges, over the evidence of one run. */
import type { Deps } from "@/lib/deps";
import type { Faults } from "../faults/faults";
import type { Killer } from "../faults/killer";
import type { CapWatch } from "../faults/watch-caps";
import type { Options } from "../options";
import type { Town } from "../people/town";
import { judgeAcknowledgedNotifies } from "./acknowledged-notifies";
import { judgeAcknowledged, judgeKeys, judgeSeen, judgeStatuses } from "./answers";
import { judgeAudit, judgeLedger } from "./books";
import { judgeDays } from "./days";
import { judgePayments, judgeRefunds } from "./each-yuan";
import { collectEvidence } from "./evidence";
import { judgeLogs, judgeProcesses } from "./processes";
import { judgeRealRun } from "./real-run";
import { type Finding, type Verdict, verdict } from "./verdict";

export interface Run {
  staff: Deps;
  faults: Faults;
  killer: Killer;
  capWatch: CapWatch;
  /** What never came to an end. */
  stuck: Finding[];
}

export async function judgeAll(town: Town, options: Options, run: Run): Promise<Verdict[]> {
  const { world } = town;
  const evidence = await collectEvidence(world, town.history);
  return [
    verdict("everything comes to an end", run.stuck),
    judgePayments(evidence),
    judgeRefunds(evidence),
    judgeAcknowledged(evidence),
    judgeKeys(evidence),
    judgeSeen(evidence),
    judgeStatuses(evidence),
    judgeAcknowledgedNotifies(evidence),
    verdict(
      "no policy is over its cap at any moment",
      [...run.capWatch.breaches].map((text): Finding => ({ kind: "over cap", text })),
    ),
    await judgeAudit(world),
    await judgeLedger(world, evidence),
    await judgeDays(run.staff),
    await judgeLogs(world),
    judgeProcesses(world),
    judgeRealRun(options, { payments: town.paid.size, ...run }),
  ];
}
