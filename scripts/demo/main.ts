import { ensureBuilt } from "../support/build";
import { lockDataFolder } from "../support/demo-lock";
import { dataFolder } from "../support/paths";
import { assertPortFree, readPort } from "../support/ports";
import { stopAllChildren } from "../support/processes";
import { onStopRequest } from "../support/signals";
import { step } from "../support/steps";
import { startWorld, type World, type WorldOptions } from "../support/world";

/** npm and the terminal both deliver one Ctrl-C; only a later one means "now". */
const IMPATIENCE_MS = 1_000;

/** Resolves at the first request to stop; a second one, a second later, exits at once. */
function waitForStopRequest(): Promise<undefined> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined;
    onStopRequest(() => {
      firstAtMs ??= performance.now();
      if (performance.now() - firstAtMs > IMPATIENCE_MS) process.exit(130);
      resolve(undefined);
    });
  });
}

/** Columns that a text takes in a terminal, where a Chinese character is two wide. */
function measureColumns(text: string): number {
  return text.length + (text.match(/[\u3000-\u9fff\uff00-\uffe6]/g)?.length ?? 0);
}

async function chooseWorld(): Promise<WorldOptions> {
  const appPort = readPort("PORT", 3000);
  const sandboxPort = readPort("SANDBOX_PORT", 4010);
  const postgresPort = readPort("POSTGRES_PORT", 5433);
  const url = process.env.DATABASE_URL;
  await assertPortFree(appPort, "PORT");
  await assertPortFree(sandboxPort, "SANDBOX_PORT");
  const database = url ? { url } : { port: postgresPort, isDurable: true };
  return {
    folder: dataFolder,
    appPort,
    sandboxPort,
    publicUrl: process.env.PUBLIC_URL?.replace(/\/+$/, "") || undefined,
    database,
  };
}

function printWelcome(world: World, startMs: number): void {
  const pages = [
    { label: "The product", url: `${world.appUrl}/` },
    ...world.pages,
    { label: "The WeChat sandbox", url: `${world.sandboxUrl}/` },
  ];
  const width = Math.max(...pages.map((page) => measureColumns(page.label))) + 2;
  console.log(`\n微互助 is ready (${((performance.now() - startMs) / 1000).toFixed(1)} s).\n`);
  for (const { label, url } of pages) {
    console.log(`  ${label}${" ".repeat(width - measureColumns(label))}${url}`);
  }
  console.log("\nEverything it keeps is in .data/. Press Ctrl-C to stop.\n");
}

/** Starts everything; resolves only when a part of it dies by itself, with its last lines. */
async function startAndWatch(startMs: number): Promise<string> {
  const options = await chooseWorld();
  await step("build the app", ensureBuilt);
  const world = await startWorld(options);
  printWelcome(world, startMs);
  return world.broken;
}

/** Runs the demo until a signal or the death of one of its processes; returns the exit code. */
async function runDemo(): Promise<number> {
  const startMs = performance.now();
  const stopRequest = waitForStopRequest();
  const unlock = await lockDataFolder(dataFolder);
  try {
    const failure = await Promise.race([stopRequest, startAndWatch(startMs)]);
    console.log(failure ?? "\nStopping.");
    await step("stop", stopAllChildren);
    return failure === undefined ? 0 : 1;
  } finally {
    await unlock();
  }
}

runDemo().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
