import { rm } from "node:fs/promises";
import { ensureBuilt } from "./build";
import { findFreePort, isPortFree } from "./ports";
import { createTemporaryFolder } from "./postgres-host";
import { step } from "./steps";
import { startWorld } from "./world";

async function preferPort(port: number): Promise<number> {
  return (await isPortFree(port)) ? port : findFreePort();
}

/**
 * A built app with its demonstration for programs that look at pages; the helpers of the browser
 * tests find it in the environment. `APP_URL` and `SANDBOX_URL` name a world that runs instead.
 *
 * @returns what stops the world and leaves nothing behind.
 */
export async function openWorld(name: string): Promise<() => Promise<void>> {
  if (process.env.APP_URL && process.env.SANDBOX_URL) return async () => undefined;
  await step("build the app", ensureBuilt);
  const folder = await createTemporaryFolder(name);
  const world = await startWorld({
    folder,
    // The demo's own ports where they are free: an address and its code are on one of the screens.
    appPort: await preferPort(3000),
    sandboxPort: await preferPort(4010),
    database: { port: await findFreePort(), isDurable: false },
  });
  process.env.APP_URL = world.appUrl;
  process.env.SANDBOX_URL = world.sandboxUrl;
  process.env.APP_SESSION_SECRET = world.environment.SESSION_SECRET;
  return async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
