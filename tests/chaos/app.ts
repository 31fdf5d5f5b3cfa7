/**
 * The product's own handlers on a socket, without Next, so that a killed process is back within a
 * second. Like `server.ts` it may have the worker inside (CHAOS_WITH_WORKER=1), and on SIGTERM it
 * finishes what is in flight.
 */
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { getDeps } from "@/lib/deps";
import { environment } from "@/lib/env/env";
import { stampClientAddress } from "@/lib/http/client-address";
import { startWorker } from "@/lib/jobs/worker";
import { lane } from "@/tests/support/world-server";

/** As in `server.ts`: longer than WeChat waits for an answer. */
const DRAIN_MS = 10_000;

const env = environment();
const deps = getDeps();
const run = getRequestListener(async (request) => {
  const handler = lane(request.method, new URL(request.url).pathname);
  return handler ? handler(request) : new Response(null, { status: 404 });
});
let isStopping = false;
const server = createServer((request, response) => {
  stampClientAddress(request);
  // Or a connection that is kept alive would hold the process for the whole of the drain.
  if (isStopping) response.setHeader("connection", "close");
  void run(request, response);
});
server.listen(env.PORT, "127.0.0.1", () => deps.log.info({ port: env.PORT }, "listening"));
const worker =
  process.env.CHAOS_WITH_WORKER === "1" ? startWorker(deps, { isAutomatic: true }) : undefined;

async function stop(): Promise<void> {
  isStopping = true;
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await Promise.all([closed, worker?.stop()]);
  await deps.db.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop());
