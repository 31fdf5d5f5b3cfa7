/**
 * The process people run. It owns the socket: the API's hot paths go straight to their handlers
 * (fast lane), everything else to Next; the worker runs beside them. On SIGTERM it stops accepting,
 * finishes what is in flight, settles included, and leaves.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import { GET as getHealth } from "@/app/api/health/route";
import { GET as getBoard } from "@/app/api/leaderboards/[board]/route";
import { GET as getOrder } from "@/app/api/orders/[outTradeNo]/route";
import { POST as syncOrder } from "@/app/api/orders/[outTradeNo]/sync/route";
import { POST as createContribution } from "@/app/api/policies/[code]/contributions/route";
import { GET as getPolicy } from "@/app/api/policies/[code]/route";
import { GET as getJsConfig } from "@/app/api/wechat/js-config/route";
import { POST as receiveNotify } from "@/app/api/wechat/pay/notify/route";
import { getDeps } from "@/lib/deps";
import { environment } from "@/lib/env/env";
import { stampClientAddress } from "@/lib/http/client-address";
import { createLane } from "@/lib/http/fast-lane";
import { securityHeaders } from "@/lib/http/security-headers";
import { createPageServer } from "@/lib/http/serve-page";
import { startWorker } from "@/lib/jobs/worker";

/** Longer than WeChat waits for an answer (5 s), so a settle in flight always gets to finish. */
const DRAIN_MS = 10_000;

const env = environment();
const deps = getDeps();
const pages = next({ dev: env.NODE_ENV === "development", hostname: env.HOST, port: env.PORT });
await pages.prepare();
const handlePage = pages.getRequestHandler();

const lane = createLane([
  { method: "POST", path: "/api/wechat/pay/notify", handler: receiveNotify },
  { method: "GET", path: "/api/policies/{code}", handler: getPolicy },
  { method: "POST", path: "/api/policies/{code}/contributions", handler: createContribution },
  { method: "GET", path: "/api/orders/{outTradeNo}", handler: getOrder },
  { method: "POST", path: "/api/orders/{outTradeNo}/sync", handler: syncOrder },
  { method: "GET", path: "/api/leaderboards/{board}", handler: getBoard },
  { method: "GET", path: "/api/wechat/js-config", handler: getJsConfig },
  { method: "GET", path: "/api/health", handler: getHealth },
]);
const security = {
  jsSdkUrl: env.WECHAT_JS_SDK_URL,
  sandboxUrl: env.WECHAT_SANDBOX_URL ?? null,
  isSecure: deps.config.isSecure,
};
const laneHeaders = Object.entries(securityHeaders({ ...security, nonce: null }));
const sharedPages = createPageServer({
  ownUrl: () => ownUrl(server.address() as AddressInfo),
  now: deps.now,
  refreshClock: () => deps.clock.refresh(),
  security,
  onError: (error) => deps.log.error({ error: `${error}` }, "shared page failed"),
});
const runLane = getRequestListener(async (request) => {
  const handler = lane(request.method, new URL(request.url).pathname);
  return handler ? handler(request) : new Response(null, { status: 404 });
});

function listener(request: IncomingMessage, response: ServerResponse): void {
  stampClientAddress(request);
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (sharedPages.serve(request, response)) return;
  if (!lane(request.method ?? "", path)) {
    handlePage(request, response).catch((error) => refusePage(error, response));
    return;
  }
  for (const [name, value] of laneHeaders) response.setHeader(name, value);
  void runLane(request, response);
}

/** Where this process reaches itself: the loopback, unless it listens on one address only. */
function ownUrl({ address, family, port }: AddressInfo): string {
  const isAny = address === "0.0.0.0" || address === "::";
  const host = family === "IPv6" && !isAny ? `[${address}]` : address;
  return `http://${isAny ? "127.0.0.1" : host}:${port}`;
}

function refusePage(error: unknown, response: ServerResponse): void {
  deps.log.error({ error: `${error}` }, "page failed");
  if (!response.headersSent) response.writeHead(500, Object.fromEntries(laneHeaders));
  response.end();
}

const server = createServer(
  {
    maxHeaderSize: 16 * 1024,
    keepAliveTimeout: 65_000,
    requestTimeout: 15_000,
    headersTimeout: 10_000,
  },
  listener,
);
server.on("error", (error: NodeJS.ErrnoException) => {
  const hint =
    error.code === "EADDRINUSE" ? `port ${env.PORT} is taken; set PORT to another` : error.message;
  deps.log.error({ error: hint }, "server failed");
  process.exit(1);
});
server.listen(env.PORT, env.HOST, () => deps.log.info({ port: env.PORT }, "listening"));
const worker = startWorker(deps, { isAutomatic: true });

let isStopping = false;
async function stop(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  deps.log.info({ signal }, "stopping");
  const deadline = setTimeout(() => process.exit(1), DRAIN_MS);
  deadline.unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await Promise.all([closed, worker.stop()]);
  await deps.db.close();
  deps.log.info({}, "stopped");
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
