import { existsSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "../support/build";
import { repositoryFolder } from "../support/paths";
import { ensureChromium } from "./chromium";
import { type Counts, type Runner, runCheck, runReporting } from "./runner";

/** Where code lives; dependency-cruiser refuses a name that does not exist. */
const CODE = [
  "app",
  "components",
  "lib",
  "prisma",
  "sandbox",
  "scripts",
  "tests",
  "server.ts",
  "worker.ts",
  "proxy.ts",
];

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = report as VitestReport;
  const unloadable = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + unloadable.length };
}

function countPlaywright(report: unknown): Counts {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  // Retries are off, so a flaky test cannot be reported; if one ever is, it has failed.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

function vitest(project: string, title: string): Runner {
  return {
    name: project,
    title,
    run: (extraArguments) =>
      runReporting(
        project,
        (reportFile) => [
          "node_modules/vitest/vitest.mjs",
          "run",
          `--project=${project}`,
          "--reporter=default",
          "--reporter=json",
          `--outputFile.json=${reportFile}`,
          ...extraArguments,
        ],
        countVitest,
      ),
  };
}

/** The short run: one seed, three minutes on two busy cores. `npm run chaos` is the long one. */
const chaos: Runner = {
  name: "chaos",
  title: "chaos: kills and faults while people pay",
  run: (extraArguments) =>
    runReporting(
      "chaos",
      (reportFile) => [
        "--import",
        "tsx",
        "tests/chaos/main.ts",
        "--short",
        "--report",
        reportFile,
        ...extraArguments,
      ],
      (report) => report as Counts,
    ),
};

async function runTypes(): Promise<Counts> {
  // Writes the types of the routes and of imported style sheets, which tsc needs.
  const routes = await runCheck(["node_modules/next/dist/bin/next", "typegen"]);
  if (routes.failed > 0) return routes;
  return runCheck(["node_modules/@typescript/native/bin/tsc", "--noEmit"]);
}

async function runBrowser(extraArguments: string[]): Promise<Counts> {
  await ensureBuilt();
  const chromiumPath = await ensureChromium();
  return runReporting(
    "browser",
    () => ["node_modules/@playwright/test/cli.js", "test", ...extraArguments],
    countPlaywright,
    (reportFile) => ({ CHROMIUM_PATH: chromiumPath, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }),
  );
}

/** Every part of `npm test`, cheap ones first. Each starts what it needs by itself. */
export const runners: Runner[] = [
  {
    name: "lint",
    title: "lint (Biome)",
    run: () => runCheck(["node_modules/@biomejs/biome/bin/biome", "check", "."]),
  },
  {
    name: "imports",
    title: "import directions (dependency-cruiser)",
    run: () =>
      runCheck([
        "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
        "--config",
        ".dependency-cruiser.cjs",
        ...CODE.filter((entry) => existsSync(path.join(repositoryFolder, entry))),
      ]),
  },
  { name: "types", title: "types (TypeScript)", run: runTypes },
  vitest("unit", "unit tests"),
  vitest("integration", "integration tests, with PostgreSQL"),
  chaos,
  {
    name: "build",
    title: "production build",
    run: async () => {
      await ensureBuilt();
      return { passed: 1, failed: 0 };
    },
  },
  { name: "browser", title: "browser tests", run: runBrowser },
];
