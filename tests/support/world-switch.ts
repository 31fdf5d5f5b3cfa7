/**
 * A wire between the app and Postgres that can be cut, frozen, or lose one answer: what a network,
 * a failover or a dying server do. The database itself goes on working.
 */

import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface DatabaseSwitch {
  /** The database's URL through this wire. */
  url: string;
  /** Cuts every connection and refuses new ones. */
  cut(): void;
  /** New connections and old ones stay open, and nothing goes through any more. */
  freeze(): void;
  /** Lets new connections through again. Frozen ones are cut: their bytes are lost. */
  heal(): void;
  /**
   * Lets the next statement of this name reach Postgres and be committed, and cuts the connection
   * instead of bringing back the answer.
   */
  loseAnswerTo(statementName: string): void;
  close(): Promise<void>;
}

export async function startDatabaseSwitch(databaseUrl: string): Promise<DatabaseSwitch> {
  const target = new URL(databaseUrl);
  const wires = new Set<{ app: Socket; database: Socket }>();
  let state: "healthy" | "cut" | "frozen" = "healthy";
  let doomedStatement: string | null = null;

  const server = createServer((app) => {
    if (state === "cut") {
      app.destroy();
      return;
    }
    const database = connect(Number(target.port), target.hostname);
    const wire = { app, database };
    let isDoomed = false;
    wires.add(wire);
    app.on("data", (bytes) => {
      if (state === "frozen") return;
      if (doomedStatement && bytes.includes(doomedStatement)) {
        doomedStatement = null;
        isDoomed = true;
      }
      database.write(bytes);
    });
    database.on("data", (bytes) => {
      if (state === "frozen") return;
      if (isDoomed) app.destroy();
      else app.write(bytes);
    });
    for (const [socket, other] of [
      [app, database],
      [database, app],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        wires.delete(wire);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = `${(server.address() as AddressInfo).port}`;
  const cutAll = () => {
    for (const { app } of wires) app.destroy();
  };
  return {
    url: url.href,
    cut() {
      state = "cut";
      cutAll();
    },
    freeze() {
      state = "frozen";
    },
    heal() {
      if (state === "frozen") cutAll();
      state = "healthy";
    },
    loseAnswerTo(statementName) {
      doomedStatement = statementName;
    },
    async close() {
      cutAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
