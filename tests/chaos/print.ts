/** What a run says of each seed: one line of figures, and what broke. */
import { countKind, type Kind } from "./checks/verdict";
import type { Options } from "./options";
import type { SeedReport } from "./run-seed";

const SHOWN_FINDINGS = 8;

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const table = (counts: Map<string, number>) =>
  [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, times]) => `${name} ${times}`)
    .join(", ");

export function printSeed(report: SeedReport, options: Options): void {
  const { seed, payments, units, refunds, kills, unknown, fullPolicies, seconds, verdicts } =
    report;
  const count = (kind: Kind) => countKind(verdicts, kind);
  print(
    `seed ${seed}: ${payments} payments, ${units} units, ${refunds} refunds, ${fullPolicies} policies full, ` +
      `${kills} kills, ${unknown} unknown answers, ${seconds.toFixed(0)} s: ${count("lost")} lost, ` +
      `${count("doubled")} doubled, ${count("unexplained")} unexplained, ${count("over cap")} over cap`,
  );
  print(`  blows: ${table(report.blows)}`);
  print(`  faults met: ${table(report.faults)}`);
  const broken = verdicts.filter(({ findings }) => findings.length > 0);
  for (const { promise, findings } of broken) {
    print(`  BROKEN: ${promise}: ${findings.length}`);
    for (const { kind, text } of findings.slice(0, SHOWN_FINDINGS)) print(`    ${kind}: ${text}`);
  }
  if (broken.length === 0) return;
  print(`  the logs are in ${report.logFolder}`);
  print(
    "  again, with the same people, faults and blows (not the same instants, which are the machine's):",
  );
  print(
    `  npm run chaos -- --seeds 1 --from ${seed} --payments ${options.payments} --kills ${options.kills}`,
  );
}
