import { describe, expect, test } from "vitest";
import { DomainError } from "@/lib/errors/errors";
import { BODY_BYTES_MAX, readBody, readForm, readJson } from "./read-body";

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "read",
    (error) => (error instanceof DomainError ? error.code : `${error}`),
  );

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("http://own.example/", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
    ...({ duplex: "half" } as object),
  });
}

/** A body of unknown length in pieces, and how many of them were taken. */
function pieces(count: number, bytes: number) {
  const taken = { count: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.count === count) return controller.close();
        taken.count += 1;
        controller.enqueue(new Uint8Array(bytes).fill(32));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

describe("a body's size", () => {
  test("exactly the largest is read, to the byte", async () => {
    const { stream } = pieces(64, 1024);
    expect((await readBody(post(stream))).byteLength).toBe(BODY_BYTES_MAX);
  });

  test("a declared length over it is refused without reading", async () => {
    const request = post("{}", { "content-length": String(BODY_BYTES_MAX + 1) });
    expect(await codeOf(readBody(request))).toBe("body_too_large");
    expect(request.bodyUsed).toBe(false);
  });

  test("an undeclared one is cut off as soon as it is over", async () => {
    const { stream, taken } = pieces(10_000, 1024);
    expect(await codeOf(readBody(post(stream)))).toBe("body_too_large");
    expect(taken.count).toBe(65);
  });

  test("none is empty", async () => {
    const request = new Request("http://own.example/", { method: "POST" });
    expect((await readBody(request)).byteLength).toBe(0);
  });
});

describe("a JSON body", () => {
  test.each([
    ["application/json", "read"],
    ["application/json; charset=utf-8", "read"],
    ["APPLICATION/JSON", "read"],
    ["application/json ;charset=utf-8", "read"],
    ["application/json-patch+json", "unsupported_media_type"],
    ["application/jsonp", "unsupported_media_type"],
    ["text/json", "unsupported_media_type"],
    ["text/plain;application/json", "unsupported_media_type"],
    ["multipart/form-data", "unsupported_media_type"],
    ["", "unsupported_media_type"],
  ])("of type %s: %s", async (type, expected) => {
    expect(await codeOf(readJson(post("{}", { "content-type": type })))).toBe(expected);
  });

  test.each([
    ["half", "{"],
    ["nothing", ""],
    ["single quotes", "{'a':1}"],
    ["a trailing comma", "[1,]"],
  ])("%s is malformed", async (_label, text) => {
    expect(await codeOf(readJson(post(text)))).toBe("malformed_body");
  });

  test("that is no UTF-8 is malformed, not mended", async () => {
    const bytes = new Uint8Array([0x22, 0xc3, 0x28, 0x22]);
    expect(await codeOf(readJson(post(bytes)))).toBe("malformed_body");
  });
});

describe("a form", () => {
  const FORM = "application/x-www-form-urlencoded";
  const form = (body: BodyInit, type = FORM) => readForm(post(body, { "content-type": type }));

  test.each([FORM, `${FORM};charset=UTF-8`, "Application/X-WWW-Form-Urlencoded"])(
    "of the type %s is read",
    async (type) => {
      const fields = await form("lang=en&next=%2Fme%3Fa%3D1&lang=zh-CN", type);
      expect([fields.get("lang"), fields.get("next"), fields.get("none")]).toEqual([
        "en",
        "/me?a=1",
        null,
      ]);
    },
  );

  test.each(["application/json", "multipart/form-data; boundary=x", `${FORM}x`, ""])(
    "of the type %j is refused",
    async (type) => {
      expect(await codeOf(form("lang=en", type))).toBe("unsupported_media_type");
    },
  );

  test("larger than any honest one is refused", async () => {
    expect(await codeOf(form("a".repeat(BODY_BYTES_MAX + 1)))).toBe("body_too_large");
  });
});
