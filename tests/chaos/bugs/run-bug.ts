/** Runs the suite on a copy of the sources with one bug in it; good when that run fails for it. */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { repositoryFolder } from "@/scripts/support/paths";
import { onStopRequest } from "@/scripts/support/signals";
import type { Options } from "../options";
import { print } from "../print";
import type { Report } from "../report";
import { BUGS, type Replacement } from "./bugs";

/** What a checkout needs to run, but for its packages, which are linked. */
const COPIED = [
  "app",
  "lib",
  "prisma",
  "sandbox",
  "scripts",
  "tests",
  "worker.ts",
  "package.json",
  "prisma.config.ts",
  "tsconfig.json",
];

/** @returns true when the suite saw the bug. @throws Error when the bug does not fit the sources. */
export async function runBug(name: string, options: Options): Promise<boolean> {
  const bug = BUGS[name];
  if (!bug) throw new Error(`There is no bug ${name}; there are ${Object.keys(BUGS).join(", ")}.`);
  const folder = await mkdtemp(path.join(os.tmpdir(), "weihuzhu-bug-"));
  try {
    for (const entry of COPIED) {
      await cp(path.join(repositoryFolder, entry), path.join(folder, entry), { recursive: true });
    }
    await symlink(path.join(repositoryFolder, "node_modules"), path.join(folder, "node_modules"));
    for (const replacement of bug.replacements) await apply(folder, replacement);
    print(`${name}: ${bug.what}. The suite must fail with "${bug.shows}".`);
    const report = await runSuite(folder, options);
    const seen = report.findings[bug.shows];
    print(seen > 0 ? `${name} was seen: ${seen} ${bug.shows}` : `${name} was NOT seen`);
    return seen > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function apply(folder: string, { file, find, replace }: Replacement): Promise<void> {
  const target = path.join(folder, file);
  const text = await readFile(target, "utf8");
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times, not once: ${find}`);
  await writeFile(
    target,
    text.replace(find, () => replace),
  );
}

/** The suite as a program of that copy, its output in view. */
async function runSuite(folder: string, options: Options): Promise<Report> {
  const reportFile = path.join(folder, "report.json");
  const figures = ["seeds", "from", "payments", "kills", "people"] as const;
  const words = figures.flatMap((figure) => [`--${figure}`, String(options[figure])]);
  const suite = ["--import", "tsx", "tests/chaos/main.ts", ...words, "--report", reportFile];
  const child = spawn(process.execPath, suite, { cwd: folder, stdio: "inherit" });
  onStopRequest((signal) => child.kill(signal));
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(await readFile(reportFile, "utf8")) as Report;
}
