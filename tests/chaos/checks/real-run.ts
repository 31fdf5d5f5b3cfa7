/** A run that did not hurt proves nothing: so many payments, so many kills, every kind of fault. */
import { FAULT_KINDS_MEANT } from "../faults/catalogue";
import { countByKind, type Faults } from "../faults/faults";
import type { Killer } from "../faults/killer";
import type { CapWatch } from "../faults/watch-caps";
import type { Options } from "../options";
import { type Finding, type Verdict, verdict } from "./verdict";

/** Met only while a bill is fetched; in a short run the one spoiled day may be compared before. */
const BILL_FAULTS: ReadonlySet<string> = new Set(["wrong_hash", "corrupt_file"]);
const LONG_PAYMENTS_MIN = 1_000;

export function countKills(killer: Killer): number {
  return [...killer.counts()]
    .filter(([blow]) => blow.startsWith("kill"))
    .reduce((sum, [, times]) => sum + times, 0);
}

export function judgeRealRun(
  options: Options,
  run: { payments: number; killer: Killer; faults: Faults; capWatch: CapWatch },
): Verdict {
  const findings: Finding[] = [];
  const require = (isSo: boolean, text: string) => {
    if (!isSo) findings.push({ kind: "not a real run", text });
  };
  const kills = countKills(run.killer);
  require(run.payments >= options.payments, `${run.payments} payments of ${options.payments}`);
  require(kills >= options.kills, `${kills} kills of ${options.kills}`);
  const met = countByKind(run.faults.met);
  const isShort = options.payments < LONG_PAYMENTS_MIN;
  const missing = FAULT_KINDS_MEANT.filter(
    (kind) => !met.has(kind) && !(isShort && BILL_FAULTS.has(kind)),
  );
  require(missing.length === 0, `no call met ${missing.join(", ")}`);
  require(run.capWatch.fullest() > 0, "no policy was seen full");
  return verdict("the run was a real one", findings);
}
