/**
 * The proxy in front of the app's processes, as small as one can be: each connection goes to the
 * next process that takes it. Killed processes cut their connections, as behind any proxy.
 */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Balancer {
  url: string;
  close(): Promise<void>;
}

export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    sockets.add(client);
    client.once("close", () => sockets.delete(client));
    client.on("error", () => client.destroy());
    const all = ports();
    turn += 1;
    tryNext(client, [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Before a byte has been sent it is safe to ask another process; after that it never is. */
function tryNext(client: Socket, ports: readonly number[]): void {
  const [port, ...others] = ports;
  if (port === undefined || client.destroyed) {
    client.destroy();
    return;
  }
  const app = connect(port, "127.0.0.1");
  app.once("connect", () => {
    client.pipe(app);
    app.pipe(client);
    client.once("close", () => app.destroy());
    app.once("close", () => client.destroy());
  });
  let isConnected = false;
  app.once("connect", () => {
    isConnected = true;
  });
  app.on("error", () => {
    app.destroy();
    if (isConnected) client.destroy();
    else tryNext(client, others);
  });
}
