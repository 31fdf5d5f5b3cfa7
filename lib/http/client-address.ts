import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

const CLIENT_ADDRESS_HEADER = "x-weihuzhu-client-address";

// Only this process can have written its own mark, whatever a client sends under the header's name.
// On the global object, because Next bundles this module apart from server.ts.
const holder = globalThis as { __weihuzhuAddressMark?: string };
holder.__weihuzhuAddressMark ??= randomBytes(16).toString("hex");
const MARK = `${holder.__weihuzhuAddressMark} `;

/**
 * Writes the socket's address into the request. Both views of the headers are kept alike: Next
 * reads the parsed ones, the fast lane the raw ones.
 */
export function stampClientAddress(request: IncomingMessage): void {
  const value = `${MARK}${request.socket.remoteAddress ?? ""}`;
  const { rawHeaders } = request;
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() === CLIENT_ADDRESS_HEADER) rawHeaders.splice(index, 2);
  }
  rawHeaders.push(CLIENT_ADDRESS_HEADER, value);
  request.headers[CLIENT_ADDRESS_HEADER] = value;
}

/**
 * The address a request came from, or null when this host cannot know it (plain `next start`
 * without a proxy of ours). Forwarding headers are believed only behind such a proxy: anyone can
 * write them.
 */
export function clientAddress(request: Request, trustsProxy: boolean): string | null {
  if (trustsProxy) {
    const forwarded = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (forwarded) return forwarded;
  }
  const stamped = request.headers.get(CLIENT_ADDRESS_HEADER);
  return stamped?.startsWith(MARK) ? stamped.slice(MARK.length) : null;
}
