/** What a client may send: size, type, shape. Each refusal is a problem document, none is a 500. */
import { request as requestHttp } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BODY_BYTES_MAX } from "@/lib/http/read-body";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import { applyAndPay, call, cookieOf, newPerson, type Person } from "@/tests/support/world-story";

let world: World;
let person: Person;
let path: string;
beforeAll(async () => {
  world = await startWorld();
  const { code } = await applyAndPay(world);
  path = `/api/policies/${code}/contributions`;
});
beforeAll(async () => {
  person = await newPerson(world);
});
afterEach(() => expect(internalErrors(world)).toEqual([]));
afterAll(() => world.close());

describe("refused with its status", () => {
  const json = "application/json";
  const cases: [
    label: string,
    type: string | undefined,
    body: string | Uint8Array,
    status: number,
    code: string,
  ][] = [
    ["a form", "application/x-www-form-urlencoded", "message=hello", 415, "unsupported_media_type"],
    ["plain text that is JSON", "text/plain", "{}", 415, "unsupported_media_type"],
    ["no type", undefined, "{}", 415, "unsupported_media_type"],
    ["another kind of JSON", "application/json-patch+json", "{}", 415, "unsupported_media_type"],
    ["half a document", json, '{"message":', 400, "malformed_body"],
    ["nothing", json, "", 400, "malformed_body"],
    ["two documents", json, "{}{}", 400, "malformed_body"],
    [
      "bytes that are no UTF-8",
      json,
      new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      400,
      "malformed_body",
    ],
    ["a list", json, "[]", 422, "invalid_input"],
    ["null", json, "null", 422, "invalid_input"],
    ["a number", json, "1e400", 422, "invalid_input"],
    ["a field we did not ask for", json, '{"amountFen":1}', 422, "invalid_input"],
    ["a prototype", json, '{"__proto__":{"anonymous":true}}', 422, "invalid_input"],
    ["a message that is a number", json, '{"message":7}', 422, "invalid_input"],
    ["an anonymous that is a text", json, '{"anonymous":"true"}', 422, "invalid_input"],
    [
      "too deep to be honest",
      json,
      `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
      422,
      "invalid_input",
    ],
    ["one byte too many", json, `"${"a".repeat(BODY_BYTES_MAX - 1)}"`, 413, "body_too_large"],
    ["a megabyte", json, `"${"a".repeat(1024 * 1024)}"`, 413, "body_too_large"],
  ];
  test.each(cases)("%s", async (_label, type, body, status, code) => {
    for (const isChunked of [false, true]) {
      const sender = await newPerson(world);
      const answer = await send({ as: sender, type, body, isChunked });
      expect(answer.status).toBe(status);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      expect(JSON.parse(answer.text)).toMatchObject({ code, status, instance: path });
    }
  });
});

test("exactly the largest body is read, and judged by what it says", async () => {
  const body = `{"message":"${"a".repeat(BODY_BYTES_MAX - 14)}"}`;
  expect(Buffer.byteLength(body)).toBe(BODY_BYTES_MAX);
  const answer = await send({ as: person, type: "application/json", body, isChunked: false });
  expect(JSON.parse(answer.text)).toMatchObject({ code: "invalid_input" });
});

test("a type with a charset, in capitals, is JSON too", async () => {
  const type = "Application/JSON; charset=UTF-8";
  const answer = await send({ as: person, type, body: "{}", isChunked: false });
  expect(answer.status).toBe(201);
});

test("a notify of a megabyte is 413, and one that is no JSON is 401", async () => {
  const post = (body: string) =>
    fetch(`${world.url}/api/wechat/pay/notify`, { method: "POST", body });
  expect((await post("a".repeat(1024 * 1024))).status).toBe(413);
  expect((await post("hello")).status).toBe(401);
});

describe("every answer", () => {
  test("carries a request id, ours or the caller's well-formed one, and is not cached", async () => {
    const given = await call(world, "GET", "/api/plans/current", {
      headers: { "x-request-id": "caller-chose-this" },
    });
    expect(given.headers.get("x-request-id")).toBe("caller-chose-this");
    const bad = await call(world, "GET", "/api/plans/current", {
      headers: { "x-request-id": "<script>" },
    });
    expect(bad.headers.get("x-request-id")).toMatch(/^[0-9A-Za-z_-]{12}$/);
    expect(given.headers.get("cache-control")).toBe("private, no-store");
  });

  test("that refuses speaks the reader's language and names the same code", async () => {
    const ask = (language: string) =>
      call(world, "GET", "/api/me", { headers: { "accept-language": language } });
    const [chinese, english] = [await ask("zh-CN,zh;q=0.9"), await ask("en-GB,en;q=0.9")];
    expect(chinese.json.detail).toMatch(/[\u4e00-\u9fff]/);
    expect(english.json.detail).toMatch(/^[A-Z][ -~’]+$/);
    expect([chinese.json.code, english.json.code]).toEqual(Array(2).fill("not_authenticated"));
  });

  test("that refuses is logged once, as a warning, with its request id", async () => {
    const answer = await call(world, "GET", "/api/me");
    const lines = world.logs.filter((line) => line.includes(answer.json.requestId));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, code: "not_authenticated", path: "/api/me", method: "GET" },
    ]);
  });
});

interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** `fetch` would set a type and a length of its own. */
function send(options: {
  as: Person;
  type: string | undefined;
  body: string | Uint8Array;
  isChunked: boolean;
}): Promise<RawAnswer> {
  const bytes = Buffer.from(options.body as string);
  return new Promise((resolve, reject) => {
    const request = requestHttp(
      new URL(path, world.url),
      {
        method: "POST",
        agent: false,
        headers: {
          cookie: cookieOf(world, options.as),
          origin: world.url,
          "idempotency-key": `key-${Math.random().toString(36).slice(2)}`,
          ...(options.type ? { "content-type": options.type } : {}),
          ...(options.isChunked
            ? { "transfer-encoding": "chunked" }
            : { "content-length": bytes.length }),
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            text,
          }),
        );
      },
    );
    request.on("error", reject);
    request.end(bytes);
  });
}
