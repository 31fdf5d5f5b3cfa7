/**
 * A table from method and path to the very handlers that Next's routes export. The hot API paths
 * skip Next's router, which is what costs (design §6); everything else falls through to Next.
 */
import type { Handler } from "./handle";

export interface LaneRoute {
  method: "GET" | "POST";
  /** A path with `{name}` segments, e.g. `/api/orders/{outTradeNo}/sync`. */
  path: string;
  handler: Handler;
}

export type Lane = (
  method: string,
  path: string,
) => ((request: Request) => Promise<Response>) | null;

export function createLane(routes: readonly LaneRoute[]): Lane {
  const compiled = routes.map(({ method, path, handler }) => ({
    method,
    segments: path.split("/"),
    handler,
  }));
  return (method, path) => {
    const given = path.split("/");
    for (const route of compiled) {
      if (route.method !== method) continue;
      const params = match(route.segments, given);
      if (params) return (request) => route.handler(request, { params: Promise.resolve(params) });
    }
    return null;
  };
}

function match(wanted: readonly string[], given: readonly string[]): Record<string, string> | null {
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith("{")) {
      // Our ids need no escapes; anything that does goes the slow way and is not found there.
      if (!/^[0-9A-Za-z_-]+$/.test(value)) return null;
      params[segment.slice(1, -1)] = value;
    } else if (segment !== value) return null;
  }
  return params;
}
