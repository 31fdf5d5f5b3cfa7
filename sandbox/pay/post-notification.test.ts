import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { postNotification } from "./post-notification";

async function postTo(listener: RequestListener, timeoutMs: number) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  try {
    return await postNotification({
      url: `http://127.0.0.1:${port}/notify`,
      headers: {},
      body: "{}",
      signal: new AbortController().signal,
      timeoutMs,
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("a delivery", () => {
  it("to a merchant who never answers ends without a status", async () => {
    const answer = await postTo(() => {}, 50);
    expect(answer).toMatchObject({ status: null, error: "no answer in time" });
  });

  it("whose answer stalls half way is no answer, whatever its status line said", async () => {
    const answer = await postTo((_request, response) => {
      response.writeHead(200, { "Content-Length": "10" }).write("half");
    }, 50);
    expect(answer).toMatchObject({ status: null, error: "no answer in time" });
  });

  it("carries WeChat's headers and no others", async () => {
    let names: string[] = [];
    await postTo((request, response) => {
      names = Object.keys(request.headers).sort();
      response.writeHead(204).end();
    }, 5_000);
    expect(names).toEqual([
      "accept",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
    ]);
  });
});
