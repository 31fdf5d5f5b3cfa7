import { ensureBuilt } from "../support/build";
import { lockDataFolder } from "../support/demo-lock";
import { dataFolder } from "../support/paths";
import { assertPortFree, readPort } from "../support/ports";
import { step } from "../support/steps";
import { startWorld, type World, type WorldOptions } from "../support/world";

/** npm and the terminal both deliver one Ctrl-C; only a later one means "now". */
const IMPATIENCE_MS = 1_000;

/** Resolves at the first SIGINT or SIGTERM; a second one, a second later, exits at once. */
function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined;
    const onSignal = (signal: string): void => {
      firstAtMs ??= performance.now();
      if (performance.now() - firstAtMs > IMPATIENCE_MS) process.exit(130);
      resolve(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, onSignal);
  });
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
  const width = Math.max(...pages.map((page) => page.label.length)) + 2;
  console.log(`\n微互助 is ready (${((performance.now() - startMs) / 1000).toFixed(1)} s).\n`);
  for (const { label, url } of pages) console.log(`  ${label.padEnd(width)}${url}`);
  console.log("\nEverything it keeps is in .data/. Press Ctrl-C to stop.\n");
}

/** Runs the demo until a signal or the death of one of its processes; returns the exit code. */
async function runDemo(): Promise<number> {
  const startMs = performance.now();
  const signal = waitForSignal();
  const unlock = await lockDataFolder(dataFolder);
  try {
    const options = await chooseWorld();
    await step("build the app", ensureBuilt);
    const world = await startWorld(options);
    printWelcome(world, startMs);
    const end = await Promise.race([
      signal.then(() => ({ exitCode: 0, message: "Stopping." })),
      world.broken.then((message) => ({ exitCode: 1, message })),
    ]);
    console.log(end.message);
    await step("stop", () => world.stop());
    return end.exitCode;
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
