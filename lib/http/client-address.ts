/** Set by server.ts from the socket after dropping whatever the client sent under this name. */
export const CLIENT_ADDRESS_HEADER = "x-weihuzhu-client-address";

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
