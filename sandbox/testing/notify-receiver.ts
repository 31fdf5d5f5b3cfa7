import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedNotify {
  headers: Record<string, string>;
  /** Exactly what came, and the same read as UTF-8. */
  bytes: Buffer;
  body: string;
}

/** A merchant's server: it writes down what arrives and answers what it is told to. */
export interface NotifyReceiver {
  url: string;
  received: ReceivedNotify[];
  /** Statuses for the coming notifies, in order; afterwards 204. */
  answers: number[];
  close(): Promise<void>;
}

export async function startNotifyReceiver(): Promise<NotifyReceiver> {
  const received: ReceivedNotify[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const headers = request.headers as Record<string, string>;
      received.push({ headers, bytes, body: bytes.toString("utf8") });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answers,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
