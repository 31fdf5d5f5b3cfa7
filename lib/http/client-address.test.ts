import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { clientAddress, stampClientAddress } from "./client-address";

const OWN_HEADER = "x-weihuzhu-client-address";

/** What a handler sees of a connection from 1.2.3.4 whose client sent these headers. */
function stamped(sent: Record<string, string> = {}): Request {
  const message = new IncomingMessage(new Socket());
  Object.defineProperty(message.socket, "remoteAddress", { value: "1.2.3.4" });
  for (const [name, value] of Object.entries(sent)) message.rawHeaders.push(name, value);
  stampClientAddress(message);
  const pairs: [string, string][] = [];
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    pairs.push([`${message.rawHeaders[index]}`, `${message.rawHeaders[index + 1]}`]);
  }
  // Both views are the same: the lane reads these pairs, Next the parsed ones.
  expect(message.headers[OWN_HEADER]).toBe(new Headers(pairs).get(OWN_HEADER));
  return new Request("http://own.example/", { headers: pairs });
}

const unstamped = (headers: Record<string, string>) =>
  new Request("http://own.example/", { headers });

describe("the address of a request", () => {
  test.each<[label: string, request: Request, trustsProxy: boolean, expected: string | null]>([
    ["is the socket's", stamped(), false, "1.2.3.4"],
    ["is not what a client claims", stamped({ [OWN_HEADER]: "6.6.6.6" }), false, "1.2.3.4"],
    ["nor in capitals", stamped({ "X-Weihuzhu-Client-Address": "6.6.6.6" }), false, "1.2.3.4"],
    ["nor past our server", unstamped({ [OWN_HEADER]: "6.6.6.6" }), false, null],
    ["nor what it says was forwarded", stamped({ "x-forwarded-for": "6.6.6.6" }), false, "1.2.3.4"],
    [
      "behind our proxy is the last hop: what our proxy saw",
      stamped({ "x-forwarded-for": "6.6.6.6, 7.7.7.7" }),
      true,
      "7.7.7.7",
    ],
    ["behind our proxy without its header is the socket's", stamped(), true, "1.2.3.4"],
    ["is unknown where nobody says", unstamped({}), false, null],
  ])("%s", (_label, request, trustsProxy, expected) => {
    expect(clientAddress(request, trustsProxy)).toBe(expected);
  });
});
