import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { clientAddress, stampClientAddress } from "./client-address";

const OWN_HEADER = "x-weihuzhu-client-address";

describe("the address of a request", () => {
  const request = (headers: Record<string, string>) =>
    new Request("http://own.example/", { headers });
  test.each([
    ["what our server stamped", { [OWN_HEADER]: "1.2.3.4" }, false, "1.2.3.4"],
    ["a forwarded one is not believed", { "x-forwarded-for": "6.6.6.6" }, false, null],
    [
      "nor beside the stamp",
      { [OWN_HEADER]: "1.2.3.4", "x-forwarded-for": "6.6.6.6" },
      false,
      "1.2.3.4",
    ],
    [
      "behind our proxy, the last hop: the one our proxy saw",
      { "x-forwarded-for": "6.6.6.6, 7.7.7.7" },
      true,
      "7.7.7.7",
    ],
    ["behind our proxy without its header", { [OWN_HEADER]: "1.2.3.4" }, true, "1.2.3.4"],
    ["nothing at all", {}, false, null],
  ])("%s", (_label, headers, trustsProxy, expected) => {
    expect(clientAddress(request(headers as Record<string, string>), trustsProxy)).toBe(expected);
  });
});

test("stamping drops what the client wrote under our name, however it spelled it", () => {
  const message = new IncomingMessage(new Socket());
  Object.defineProperty(message.socket, "remoteAddress", { value: "1.2.3.4" });
  message.rawHeaders.push(
    "Host",
    "own.example",
    "X-WEIHUZHU-Client-Address",
    "6.6.6.6",
    OWN_HEADER,
    "7.7.7.7",
  );
  stampClientAddress(message);
  expect(message.rawHeaders).toEqual(["Host", "own.example", OWN_HEADER, "1.2.3.4"]);
  expect(message.headers[OWN_HEADER]).toBe("1.2.3.4");
});
