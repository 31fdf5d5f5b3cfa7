/** The language form works without JavaScript, and takes nothing but a small form. */
import { request as requestHttp } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";

const FORM = "application/x-www-form-urlencoded";
const MEGABYTE = 1024 * 1024;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expect(internalErrors(world)).toEqual([]));
afterAll(() => world.close());

function send(type: string, body: string): Promise<Response> {
  return fetch(`${world.url}/api/locale`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": type, origin: world.url },
    body,
  });
}

test.each([
  ["lang=en&next=%2Fme", "lang=en", "/me"],
  ["lang=zh-CN&next=%2Fp%2Fx%3Fpay%3D1", "lang=zh-CN", "/p/x?pay=1"],
  ["lang=klingon&next=%2F", "lang=zh-CN", "/"],
  ["lang=en", "lang=en", "/"],
  ["lang=en&next=https%3A%2F%2Fexample.com", "lang=en", "/"],
  ["", "lang=zh-CN", "/"],
])("the form %j: 303 with the cookie %s to %s", async (body, cookie, location) => {
  for (const type of [FORM, `${FORM}; charset=UTF-8`]) {
    const answer = await send(type, body);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(location);
    expect(answer.headers.get("set-cookie")).toContain(`${cookie};`);
  }
});

test.each(["application/json", "multipart/form-data; boundary=x", "text/plain", `${FORM}x`])(
  "%s: 415",
  async (type) => {
    const answer = await send(type, '{"lang":"en"}');
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ code: "unsupported_media_type" });
  },
);

describe("60 MB are refused at once, without reading them", () => {
  test.each([
    ["said beforehand", false],
    ["sent in chunks", true],
  ])("%s: 413", async (_label, isChunked) => {
    const { status, sentBytes } = await sendEndlessly(60 * MEGABYTE, isChunked);
    expect(status).toBe(413);
    expect(sentBytes).toBeLessThan(30 * MEGABYTE);
  });
});

/** Sends on until it is answered; `fetch` would not read an answer before it has sent everything. */
function sendEndlessly(
  bytes: number,
  isChunked: boolean,
): Promise<{ status: number; sentBytes: number }> {
  return new Promise((resolve, reject) => {
    let sentBytes = 0;
    let isAnswered = false;
    const request = requestHttp(new URL("/api/locale", world.url), {
      method: "POST",
      agent: false,
      headers: {
        "content-type": FORM,
        origin: world.url,
        ...(isChunked ? { "transfer-encoding": "chunked" } : { "content-length": bytes }),
      },
    });
    request.on("response", (response) => {
      isAnswered = true;
      resolve({ status: response.statusCode ?? 0, sentBytes });
      request.destroy();
    });
    request.on("error", (error) => {
      if (!isAnswered) reject(error);
    });
    const piece = Buffer.alloc(64 * 1024, "a");
    const sendPiece = () => {
      if (isAnswered) return;
      if (sentBytes >= bytes) {
        request.end();
        return;
      }
      sentBytes += piece.byteLength;
      request.write(piece, sendPiece);
    };
    sendPiece();
  });
}
