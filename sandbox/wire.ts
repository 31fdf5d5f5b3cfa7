import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

export type SandboxContext = Context<{ Bindings: HttpBindings }>;

/** Path and query exactly as the client sent them; `Request.url` has been normalised. */
export function readWireUrl(context: SandboxContext): string {
  return context.env.incoming.url ?? "/";
}

/**
 * The sandbox's address as the browser knows it. The app's pages may name this machine
 * `localhost` while the server listens on 127.0.0.1; cookies and content policies care.
 */
export function readPublicUrl(context: SandboxContext, publicUrl: string | null): string {
  return publicUrl ?? new URL(context.req.url).origin;
}

/**
 * Tells the server that this request gets no answer from us. The adapter looks for this header and
 * leaves the socket alone.
 */
function createUnsentResponse(): Response {
  return new Response(null, { headers: { "x-hono-already-sent": "true" } });
}

/** Cuts the connection without a byte of answer. */
export function cutConnection(context: SandboxContext): Response {
  context.env.incoming.socket.destroy();
  return createUnsentResponse();
}

/** A silent connection is given up after this long, so that a forgotten client cannot pile up. */
const SILENCE_MS_MAX = 60_000;

/** Keeps the connection open and says nothing until the client gives up. */
export async function keepSilent(context: SandboxContext): Promise<Response> {
  const { socket } = context.env.incoming;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => resolve(), SILENCE_MS_MAX);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  socket.destroy();
  return createUnsentResponse();
}

/** Waits in real time, or less when the sandbox closes. */
export function waitMs(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener("abort", finish);
  });
}
