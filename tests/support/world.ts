import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensureBuilt } from "../../scripts/support/build";
import { findFreePort } from "../../scripts/support/ports";
import { startWorld } from "../../scripts/support/world";

// Global set-up of the browser tests: the demo's world with its demo data, on free ports, in a
// folder that is gone afterwards. Tests find it by APP_URL, SANDBOX_URL and DATABASE_URL.

/** Starts the world and returns what stops it. The app must not be told to talk to anyone else. */
export default async function setUp(): Promise<() => Promise<void>> {
  await ensureBuilt();
  const folder = await mkdtemp(path.join(os.tmpdir(), "weihuzhu-browser-"));
  const world = await startWorld({
    folder,
    appPort: await findFreePort(),
    sandboxPort: await findFreePort(),
    database: { port: await findFreePort(), isDurable: false },
  });
  process.env.APP_URL = world.appUrl;
  process.env.SANDBOX_URL = world.sandboxUrl;
  process.env.DATABASE_URL = world.databaseUrl;
  process.env.SEEDED_PAGES = JSON.stringify(world.pages);
  return async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
