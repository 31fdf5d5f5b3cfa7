/**
 * `npm run chaos`: people pay while the world breaks, and no yuan may be lost, doubled or left
 * unexplained. One world and a few lines of figures for each seed; exit code 1 when anything broke.
 */
import { writeFile } from "node:fs/promises";
import { ensureGenerated } from "@/scripts/support/generated";
import { stopAllChildren } from "@/scripts/support/processes";
import { onStopRequest } from "@/scripts/support/signals";
import { runBug } from "./bugs/run-bug";
import type { Verdict } from "./checks/verdict";
import { type Options, readOptions, USAGE } from "./options";
import { print, printSeed } from "./print";
import { summarise } from "./report";
import { runSeed } from "./run-seed";

async function runSeeds(options: Options): Promise<boolean> {
  onStopRequest(() => void stopAllChildren().finally(() => process.exit(130)));
  const verdicts: Verdict[] = [];
  for (let seed = options.from; seed < options.from + options.seeds; seed += 1) {
    const report = await runSeed(seed, options);
    printSeed(report, options);
    verdicts.push(...report.verdicts);
  }
  const summary = summarise(verdicts);
  print(`${summary.passed} passed, ${summary.failed} failed`);
  if (options.report) await writeFile(options.report, JSON.stringify(summary));
  return summary.failed === 0;
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 2;
  }
  await ensureGenerated();
  const isGood = options.bug ? await runBug(options.bug, options) : await runSeeds(options);
  return isGood ? 0 : 1;
}

main().then(
  (exitCode) => process.exit(exitCode),
  async (error: unknown) => {
    print(`${error instanceof Error ? error.stack : error}`);
    await stopAllChildren();
    process.exit(1);
  },
);
