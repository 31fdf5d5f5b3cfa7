import type { IncomingMessage } from "node:http";

const CLIENT_ADDRESS_HEADER = "x-weihuzhu-client-address";

/**
 * Writes the socket's address into the request and drops whatever the client sent under that name.
 * Both views of the headers are kept alike: Next reads the parsed ones, the fast lane the raw ones.
 */
export function stampClientAddress(request: IncomingMessage): void {
  const address = request.socket.remoteAddress ?? "";
  const { rawHeaders } = request;
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() === CLIENT_ADDRESS_HEADER) rawHeaders.splice(index, 2);
  }
  rawHeaders.push(CLIENT_ADDRESS_HEADER, address);
  request.headers[CLIENT_ADDRESS_HEADER] = address;
}

/**
 * The address a request came from, or null when this host cannot know it. Forwarding headers are
 * believed only behind a proxy of our own: anyone can write them.
 */
export function clientAddress(request: Request, trustsProxy: boolean): string | null {
  if (trustsProxy) {
    const forwarded = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (forwarded) return forwarded;
  }
  return request.headers.get(CLIENT_ADDRESS_HEADER);
}
