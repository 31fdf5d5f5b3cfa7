/**
 * One HTTP exchange: the bytes that are sent are exactly the bytes given, the bytes that come back
 * are untouched. `node:http` instead of `fetch`, because a signature covers the path as sent and the
 * body as received: nothing here normalises a URL, follows a redirect or decompresses.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export interface ExchangeRequest {
  method: "GET" | "POST";
  /** Path and query, starting with a slash; sent as it is. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  /** Ends the whole exchange, waiting for a free connection and reading the body included. */
  signal: AbortSignal;
  /** Longest body that is read, in bytes; 256 kB unless told. */
  answerBytesMax?: number;
}

export interface ExchangeAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type ExchangeFailure = "time_out" | "network" | "too_large" | "stale_connection";

/** No complete answer was read. The request may or may not have had its effect. */
export class ExchangeFailed extends Error {
  override readonly name = "ExchangeFailed";

  constructor(
    readonly reason: ExchangeFailure,
    options?: { cause?: unknown },
  ) {
    super(`No answer from WeChat: ${reason}`, options);
  }
}

export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

/** WeChat's answers are a few kilobytes (the certificate list stays under 16 kB); files are not. */
const ANSWER_BYTES_MAX = 256 * 1024;

/** A TCP and TLS handshake across China takes a few hundred milliseconds; 3 s means "not there". */
const CONNECT_TIMEOUT_MS = 3_000;

/** Enough for a burst of prepay calls (WeChat allows about 500 a second), few enough to stay polite. */
const SOCKETS_MAX = 128;

/**
 * Builds the exchange for one origin, with its own keep-alive connections.
 *
 * @param baseUrl scheme, host and port. A path is refused: the signed path would differ from the sent one.
 * @param options.keepAlive false for a new connection each time, which nobody can have closed before us.
 */
export function createExchange(baseUrl: string, { keepAlive = true } = {}): Exchange {
  const base = new URL(baseUrl);
  if (base.pathname !== "/" || base.search !== "") {
    throw new Error("A WeChat base URL is an origin, without path or query");
  }
  const isTls = base.protocol === "https:";
  const agentOptions = { keepAlive, maxSockets: SOCKETS_MAX, scheduling: "lifo" } as const;
  const agent = isTls ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const send = isTls ? httpsRequest : httpRequest;

  return (request) =>
    new Promise((resolve, reject) => {
      const outgoing = send({
        agent,
        protocol: base.protocol,
        hostname: base.hostname.replace(/^\[|\]$/g, ""),
        port: base.port || undefined,
        method: request.method,
        path: request.path,
        headers: {
          ...request.headers,
          ...(request.body ? { "Content-Length": String(request.body.byteLength) } : {}),
        },
        signal: request.signal,
      });
      const fail = (error: unknown) => {
        const failure = failureOf(error, request.signal, outgoing.reusedSocket);
        // Its idle neighbours are as old as it was: whoever repeats gets a connection that is new.
        if (failure.reason === "stale_connection") closeIdle(agent);
        reject(failure);
      };
      outgoing.on("error", fail);
      outgoing.on("socket", (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(
          () => outgoing.destroy(new ExchangeFailed("time_out")),
          CONNECT_TIMEOUT_MS,
        );
        socket.once(isTls ? "secureConnect" : "connect", () => clearTimeout(timer));
        outgoing.once("close", () => clearTimeout(timer));
      });
      outgoing.on("response", (incoming) => {
        readBounded(incoming, request.answerBytesMax ?? ANSWER_BYTES_MAX).then(
          (body) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
          fail,
        );
      });
      outgoing.end(request.body ?? undefined);
    });
}

function closeIdle(agent: HttpAgent | HttpsAgent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

async function readBounded(stream: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    // Throwing ends the iteration, and that destroys the stream and its connection.
    if (bytes > bytesMax) throw new ExchangeFailed("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

function failureOf(error: unknown, signal: AbortSignal, reusedSocket: boolean): ExchangeFailed {
  if (error instanceof ExchangeFailed) return error;
  if (signal.aborted) return new ExchangeFailed("time_out", { cause: error });
  const code = (error as NodeJS.ErrnoException).code;
  // The peer closed an idle connection in the instant we chose it: sending again is the remedy.
  if (reusedSocket && (code === "ECONNRESET" || code === "EPIPE")) {
    return new ExchangeFailed("stale_connection", { cause: error });
  }
  return new ExchangeFailed("network", { cause: error });
}
