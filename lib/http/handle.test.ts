/** The wrapper's own order of checks, with real deps and no database: nothing here reads a row. */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createDeps, type Deps, setDeps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { DomainError } from "@/lib/errors/errors";
import { createLogger } from "@/lib/log/logger";
import { handle } from "./handle";
import { sessionCookie } from "./session";

const URL_OF_OURS = "http://own.example/api/things/abc";
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const environment = parseEnvironment({
  PUBLIC_URL: "http://own.example",
  DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
  SESSION_SECRET: "a".repeat(64),
  IDENTITY_ENCRYPTION_KEY: "b".repeat(64),
  IDENTITY_INDEX_KEY: "c".repeat(64),
  WECHAT_APP_ID: "wx1",
  WECHAT_APP_SECRET: "secret",
  WECHAT_MCH_ID: "1900000000",
  WECHAT_MCH_SERIAL: "A1",
  WECHAT_MCH_PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  WECHAT_API_V3_KEY: "k".repeat(32),
});

let deps: Deps;
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  deps = createDeps(environment, { log: createLogger("info", (line) => lines.push(line)) });
  setDeps(deps);
});
afterAll(() => setDeps(undefined));

const order = handle({
  auth: "viewer",
  params: z.object({ code: z.string().length(3) }),
  query: z.object({ page: z.coerce.number().optional() }),
  body: z.strictObject({ name: z.string(), count: z.int() }),
  output: z.strictObject({ said: z.string() }),
  status: 201,
  idempotent: true,
  limits: [{ name: "test", by: "viewer", count: 3, perSeconds: 60 }],
  run: async ({ viewer, params, query, body, idempotencyKey }) => ({
    said: [viewer.userId, params.code, query.page, body.name, body.count, idempotencyKey].join(" "),
  }),
});

interface Sent {
  headers?: Record<string, string | undefined>;
  body?: string;
  url?: string;
  code?: string;
}

/** An honest request of a signed-in person, with something changed or, by undefined, left out. */
async function send({ headers = {}, body, url = URL_OF_OURS, code = "abc" }: Sent = {}) {
  const session = sessionCookie("usr_1", { ...deps.config, now: deps.now() }).split(";", 1)[0];
  const all: Record<string, string | undefined> = {
    cookie: session,
    origin: "http://own.example",
    "content-type": "application/json",
    "idempotency-key": "key-12345",
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => !!entry[1]);
  const request = new Request(url, {
    method: "POST",
    headers: sent,
    body: body ?? '{"name":"a","count":1}',
  });
  const response = await order(request, { params: Promise.resolve({ code }) });
  return { response, json: await response.json() };
}

test("an honest request reaches its verb with everything parsed", async () => {
  const { response, json } = await send({ url: `${URL_OF_OURS}?page=2` });
  expect(response.status).toBe(201);
  expect(json).toEqual({ said: "usr_1 abc 2 a 1 key-12345" });
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(lines).toEqual([]);
});

describe("refusals, one thing wrong at a time", () => {
  test.each<[label: string, sent: Sent, code: string]>([
    ["another site", { headers: { origin: "https://evil.example" } }, "forbidden_origin"],
    ["nobody", { headers: { cookie: undefined } }, "not_authenticated"],
    ["no key", { headers: { "idempotency-key": undefined } }, "invalid_input"],
    ["a key of seven", { headers: { "idempotency-key": "1234567" } }, "invalid_input"],
    ["an id that cannot be one", { code: "abcd" }, "not_found"],
    ["a query that is no number", { url: `${URL_OF_OURS}?page=x` }, "invalid_input"],
    ["a form", { headers: { "content-type": "text/plain" } }, "unsupported_media_type"],
    ["half a document", { body: "{" }, "malformed_body"],
    ["a field too many", { body: '{"name":"a","count":1,"x":1}' }, "invalid_input"],
  ])("%s", async (_label, sent, code) => {
    const { response, json } = await send(sent);
    expect(json).toMatchObject({ code, status: response.status, instance: "/api/things/abc" });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 40, code });
  });

  test("all wrong fields are named at once", async () => {
    const { json } = await send({ body: '{"name":1,"count":"x"}' });
    expect(json.invalid_params.map(({ name }: { name: string }) => name)).toEqual([
      "name",
      "count",
    ]);
  });

  test("everything wrong at once is said from the outside in", async () => {
    const wrong: Sent = {
      headers: {
        origin: "https://evil.example",
        cookie: undefined,
        "idempotency-key": undefined,
        "content-type": "text/plain",
      },
      code: "abcd",
      body: "{",
    };
    const codes: string[] = [];
    const mends: (() => void)[] = [
      () => delete wrong.headers?.origin,
      () => delete wrong.headers?.cookie,
      () => delete wrong.headers?.["idempotency-key"],
      () => delete wrong.code,
      () => delete wrong.headers?.["content-type"],
      () => delete wrong.body,
    ];
    for (const mend of mends) {
      codes.push((await send(wrong)).json.code);
      mend();
    }
    expect(codes).toEqual([
      "forbidden_origin",
      "not_authenticated",
      "invalid_input",
      "not_found",
      "unsupported_media_type",
      "rate_limited",
    ]);
  });
});

describe("what goes wrong inside", () => {
  const throwing = (error: unknown) =>
    handle({ auth: "none", run: () => Promise.reject(error) })(new Request(URL_OF_OURS));

  test("a bug is a plain 500: the person reads nothing of it, the log everything, once", async () => {
    const response = await throwing(new TypeError("x of undefined"));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/undefined|TypeError|at /);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      level: 50,
      code: "internal",
      error: expect.stringContaining("x of undefined"),
    });
  });

  test("an expected refusal keeps its code, and its private note goes to the log only", async () => {
    const error = new DomainError("cap_reached", { log: { unitsPaid: 100 } });
    const response = await throwing(error);
    expect(response.status).toBe(409);
    expect(await response.text()).not.toContain("unitsPaid");
    expect(lines[0]).toContain('"unitsPaid":100');
  });

  test("a database that is away is 503 with a time to come back", async () => {
    const response = await throwing(Object.assign(new Error("x"), { code: "ECONNREFUSED" }));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
  });

  test("a thrown text is a 500 and no crash", async () => {
    expect((await throwing("boom")).status).toBe(500);
  });

  test("an output that breaks its own contract is our bug, not the client's", async () => {
    const broken = handle({
      auth: "none",
      output: z.strictObject({ a: z.int() }),
      run: async () => ({ a: 1, secret: 2 }) as { a: number },
    });
    expect((await broken(new Request(URL_OF_OURS))).status).toBe(500);
  });
});

test("a ready Response goes out as it is, with a request id", async () => {
  const redirect = handle({
    auth: "none",
    run: async () => new Response(null, { status: 302, headers: { location: "/p/a" } }),
  });
  const request = new Request(URL_OF_OURS, { headers: { "x-request-id": "given-by-us" } });
  const response = await redirect(request);
  expect([response.status, response.headers.get("location")]).toEqual([302, "/p/a"]);
  expect(response.headers.get("x-request-id")).toBe("given-by-us");
});
