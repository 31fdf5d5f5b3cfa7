import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { dataFolder, repositoryFolder } from "../support/paths";

export type Counts = { passed: number; failed: number };

/** One part of `npm test`. `run` says how much of it passed; throwing counts as one failure. */
export type Runner = {
  name: string;
  title: string;
  run(extraArguments: string[]): Promise<Counts>;
};

const running = new Set<ReturnType<typeof spawn>>();

/** Passes a signal on to whatever runs now, by its pid. */
export function stopRunning(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

/** Runs a Node program with its output in view; resolves with its exit code. */
function runInView(commandArguments: string[], environment: Record<string, string>) {
  return new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, commandArguments, {
      cwd: repositoryFolder,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...environment },
    });
    running.add(child);
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** A program that is one check: it passes when it ends with exit code 0. */
export async function runCheck(commandArguments: string[]): Promise<Counts> {
  const exitCode = await runInView(commandArguments, { NEXT_TELEMETRY_DISABLED: "1" });
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * A test program that writes a JSON report. What the report does not count (a crash, a file that
 * does not load) shows in the exit code and is then one failure.
 */
export async function runReporting(
  name: string,
  createArguments: (reportFile: string) => string[],
  readCounts: (report: unknown) => Counts,
  createEnvironment = (_reportFile: string): Record<string, string> => ({}),
): Promise<Counts> {
  const reportFile = path.join(dataFolder, "reports", `${name}.json`);
  await mkdir(path.dirname(reportFile), { recursive: true });
  await rm(reportFile, { force: true });
  const exitCode = await runInView(createArguments(reportFile), createEnvironment(reportFile));
  const text = await readFile(reportFile, "utf8").catch(() => undefined);
  const counts = text === undefined ? { passed: 0, failed: 0 } : readCounts(JSON.parse(text));
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
