import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { mountAuthorize } from "./account/authorize";
import { mountCgiBin } from "./account/cgi-bin";
import { mountSns } from "./account/sns";
import { mountCashier } from "./cashier";
import { createClock, type SandboxClock } from "./clock";
import { mountPages } from "./control/pages";
import { mountControl } from "./control/routes";
import type { SandboxKeys } from "./keys";
import { scheduleAttempt } from "./pay/notifications";
import { createRateMeter } from "./pay/rate-meter";
import { scheduleRefund } from "./pay/refunds/refund-life";
import { mountPay } from "./pay/routes";
import { scheduleTransfer } from "./pay/transfers/transfer-life";
import { createKeyRing, type Sandbox } from "./sandbox";
import { createState, type SandboxState } from "./state";
import { createStateSaver, findSavedState } from "./state-file";

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  keys: SandboxKeys;
  /** Base URL of the app: the allowed redirect domain and payment directory by default. */
  appUrl: string;
  /** The address browsers see, when a proxy stands between. */
  publicUrl?: string | null;
  /** Where the books are kept over a restart; null or absent keeps them in memory only. */
  stateFile?: string | null;
  log?: (message: string) => void;
}

export interface RunningSandbox {
  /** Base URL without a trailing slash. */
  url: string;
  port: number;
  state: SandboxState;
  clock: SandboxClock;
  /** Stops listening, cuts open connections, waits for deliveries and saves the books. */
  close(): Promise<void>;
}

function createApp(sandbox: Sandbox): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  mountPay(app, sandbox);
  mountAuthorize(app, sandbox);
  mountSns(app, sandbox);
  mountCgiBin(app, sandbox);
  mountControl(app, sandbox);
  mountCashier(app, sandbox);
  mountPages(app, sandbox);
  app.notFound((context) => context.json({ code: "not_found", message: "no such address" }, 404));
  app.onError((error, context) => {
    sandbox.log(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    return context.json({ code: "internal", message: error.message }, 500);
  });
  return app;
}

/** Goes on with what a stopped sandbox left unfinished. */
function resumePending(sandbox: Sandbox): void {
  for (const notification of sandbox.state.notifications.values()) {
    scheduleAttempt(sandbox, notification);
  }
  for (const refund of sandbox.state.refunds.values()) scheduleRefund(sandbox, refund);
  for (const transfer of sandbox.state.transfers.values()) scheduleTransfer(sandbox, transfer);
}

/** Rejects with the system's error, such as EADDRINUSE. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Starts a WeChat of one's own (design §7). Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const host = options.host ?? "127.0.0.1";
  const appUrl = options.appUrl.replace(/\/+$/, "");
  const stateFile = options.stateFile ?? null;
  const log = options.log ?? (() => {});
  const state = (stateFile && findSavedState(stateFile, appUrl)) || createState(appUrl);
  const saver = createStateSaver(stateFile, state);
  const closing = new AbortController();
  const clock = createClock({
    offsetMs: state.clockOffsetMs,
    onOffsetChanged(offsetMs) {
      state.clockOffsetMs = offsetMs;
      saver.touch();
    },
    onEventFailed: (error) => log(`event: ${error instanceof Error ? error.stack : error}`),
  });
  const sandbox: Sandbox = {
    keys: options.keys,
    keyRing: createKeyRing(options.keys),
    state,
    clock,
    publicUrl: options.publicUrl?.replace(/\/+$/, "") || null,
    touch: saver.touch,
    log,
    closing: closing.signal,
    heldNotificationIds: new Set(),
    refundRates: { served: createRateMeter(), failed: createRateMeter() },
  };
  // Node's own Request and Response stay as they are: a test may run the app in this process.
  const listener = getRequestListener(createApp(sandbox).fetch, { overrideGlobalObjects: false });
  const server = createServer(listener);
  const port = await listen(server, options.port, host);
  resumePending(sandbox);

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    closing.abort();
    server.closeAllConnections();
    await clock.close();
    await closed;
    saver.flush();
  }

  return { url: `http://${host}:${port}`, port, state, clock, close };
}
