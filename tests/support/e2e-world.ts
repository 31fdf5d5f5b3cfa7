/**
 * Playwright's global set-up: one world (database, sandbox, app) on free ports for all browser
 * tests, and a small door through which a test can kill and restart the app.
 */
import { cp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { repositoryFolder } from "../../scripts/support/paths";
import { findFreePort } from "../../scripts/support/ports";
import { createTemporaryFolder } from "../../scripts/support/postgres-host";
import { type AppProcess, startWorld } from "../../scripts/support/world";

/** Starts the world unless `APP_URL` names one that runs; returns what stops it again. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env.APP_URL && process.env.SANDBOX_URL) return async () => undefined;
  const folder = await createTemporaryFolder("e2e");
  const world = await startWorld({
    folder,
    appPort: await findFreePort(),
    sandboxPort: await findFreePort(),
    database: { port: await findFreePort(), isDurable: false },
  });
  const door = await openDoor(world.app);
  // The test process is started after this and inherits the environment.
  process.env.APP_URL = world.appUrl;
  process.env.SANDBOX_URL = world.sandboxUrl;
  process.env.APP_DOOR_URL = door.url;
  process.env.APP_SESSION_SECRET = world.environment.SESSION_SECRET;
  return async () => {
    door.close();
    await world.stop();
    const kept = path.join(repositoryFolder, "test-results/logs");
    await cp(path.join(folder, "logs"), kept, { recursive: true });
    await rm(folder, { recursive: true, force: true });
  };
}

/** `POST /kill`, `/stop` and `/start`: the processes belong to this one, not to the tests'. */
async function openDoor(app: AppProcess): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const act = { "/kill": app.kill, "/stop": app.stop, "/start": app.start }[request.url ?? ""];
    Promise.resolve(act?.()).then(
      (answer) => response.end(answer ?? ""),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
