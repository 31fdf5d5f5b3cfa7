import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { FaultEndpoint } from "../fault-kinds";
import { takeFault } from "../faults";
import { randomDigits, randomHex } from "../random";
import type { Sandbox } from "../sandbox";
import { cutConnection, keepSilent, type SandboxContext, waitMs } from "../wire";

/** An error of the official-account API: HTTP 200 with a number in it (wechat.md §3.1). */
export class AccountError extends Error {
  constructor(
    readonly errcode: number,
    errmsg: string,
  ) {
    super(errmsg);
  }
}

const createRid = () => `${randomHex(8)}-${randomHex(8)}-${randomDigits(8)}`;

export type AccountHandler = (context: SandboxContext) => unknown | Promise<unknown>;

export interface AccountRoute {
  method: "GET" | "POST";
  path: string;
  endpoint: FaultEndpoint | null;
  /** The sns calls really do answer JSON as text/plain; the cgi-bin calls as JSON. */
  contentType: "text/plain" | "application/json; encoding=utf-8";
  run: AccountHandler;
}

async function answerCall(
  sandbox: Sandbox,
  route: AccountRoute,
  context: SandboxContext,
): Promise<Response> {
  const fault = route.endpoint ? takeFault(sandbox, route.endpoint, null) : null;
  const send = (content: unknown) =>
    new Response(JSON.stringify(content), { headers: { "Content-Type": route.contentType } });
  if (fault?.kind === "drop") return cutConnection(context);
  if (fault?.kind === "error") return new Response("", { status: fault.status ?? 500 });
  if (fault?.kind === "rate_limited") {
    return send({ errcode: 45009, errmsg: `reach max api daily quota limit rid: ${createRid()}` });
  }
  try {
    if (fault?.kind === "late_effect") await waitMs(fault.delayMs, sandbox.closing);
    const content = await route.run(context);
    if (fault?.kind === "error_after_effect") return new Response("", { status: 500 });
    if (fault?.kind === "timeout") return await keepSilent(context);
    if (fault?.kind === "delay") await waitMs(fault.delayMs, sandbox.closing);
    return send(content);
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    return send({ errcode: error.errcode, errmsg: `${error.message}, rid: ${createRid()}` });
  }
}

export function mountAccountRoutes(
  app: Hono<{ Bindings: HttpBindings }>,
  sandbox: Sandbox,
  routes: readonly AccountRoute[],
): void {
  for (const route of routes) {
    app.on(route.method, route.path, (context) => answerCall(sandbox, route, context));
  }
}
