import { ensureGenerated } from "../support/generated";
import { onStopRequest } from "../support/signals";
import { step } from "../support/steps";
import { type Counts, type Runner, stopRunning } from "./runner";
import { runners } from "./runners";

// `npm test` runs everything. `npm run test:unit -- lib/pricing` and the like name one runner and
// hand the rest of the words to it.

function readCommandLine(): { chosen: Runner[]; extraArguments: string[] } {
  const words = process.argv.slice(2);
  const isRunner = (word: string): boolean => runners.some(({ name }) => name === word);
  const firstOther = words.findIndex((word) => !isRunner(word));
  const names = firstOther < 0 ? words : words.slice(0, firstOther);
  const extraArguments = words.slice(names.length);
  if (names.length !== 1 && extraArguments.length > 0) {
    const known = runners.map(({ name }) => name).join(", ");
    throw new Error(`Name one of ${known} before: ${extraArguments.join(" ")}`);
  }
  const chosen = names.length === 0 ? runners : runners.filter(({ name }) => names.includes(name));
  return { chosen, extraArguments };
}

async function runSafely(runner: Runner, extraArguments: string[]): Promise<Counts> {
  console.log(`\n── ${runner.title}`);
  try {
    return await runner.run(extraArguments);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

async function runTests(): Promise<number> {
  const { chosen, extraArguments } = readCommandLine();
  await step("generate the Prisma client", ensureGenerated);
  let isStopping = false;
  onStopRequest((signal) => {
    isStopping = true;
    stopRunning(signal);
  });
  const results: { title: string; counts: Counts; seconds: number }[] = [];
  for (const runner of chosen) {
    if (isStopping) throw new Error("Stopped before the end.");
    const startMs = performance.now();
    const counts = await runSafely(runner, extraArguments);
    results.push({ title: runner.title, counts, seconds: (performance.now() - startMs) / 1000 });
  }
  console.log("");
  for (const { title, counts, seconds } of results) {
    const mark = counts.failed === 0 ? "✓" : "✗";
    console.log(
      `${mark} ${title}: ${counts.passed} ok, ${counts.failed} not (${seconds.toFixed(1)} s)`,
    );
  }
  const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
  const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exit(await runTests());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("0 passed, 1 failed");
  process.exit(1);
}
