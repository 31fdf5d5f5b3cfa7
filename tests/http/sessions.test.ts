/** Who sent this request (sessions), and did one of our own pages send it (origin). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sessionCookie } from "@/lib/http/session";
import { signToken } from "@/lib/http/signed-token";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import { advance, call, cookieOf, newPerson, type Person } from "@/tests/support/world-story";

const DAY_SECONDS = 24 * 3600;

let world: World;
let person: Person;
beforeAll(async () => {
  world = await startWorld();
  person = await newPerson(world);
});
afterEach(() => expect(internalErrors(world)).toEqual([]));
afterAll(() => world.close());

test("an honest session is its person, for thirty days and not longer", async () => {
  const cookie = cookieOf(world, person);
  expect((await me(cookie)).json).toMatchObject({ id: person.userId, policies: [] });
  await advance(world, 30 * DAY_SECONDS - 60);
  expect((await me(cookie)).status).toBe(200);
  await advance(world, 61);
  expect((await me(cookie)).status).toBe(401);
});

describe("nobody", () => {
  const inAYear = () => new Date(world.deps.now().getTime() + 365 * DAY_SECONDS * 1000);
  const sign = (secret: string, purpose: string) =>
    `sid=${signToken(secret, purpose, person.userId, inAYear())}`;
  const own = () => world.deps.config.sessionSecret;
  const cases: [label: string, cookie: () => string][] = [
    ["no cookie", () => ""],
    ["an empty one", () => "sid="],
    ["plain text", () => `sid=${person.userId}`],
    ["another secret", () => sign("dd".repeat(32), "session")],
    ["our secret for another purpose", () => sign(own(), "oauth:abc")],
    ["a session with another person in it", () => swapPayload(cookieOf(world, person))],
    ["a session with a later end", () => stretch(cookieOf(world, person))],
    ["a session with a bit of its signature turned", () => flipEnd(cookieOf(world, person))],
    ["a session without its signature", () => cookieOf(world, person).replace(/\.[^.]*$/, "")],
    ["ten thousand characters", () => `sid=${"a".repeat(10_000)}`],
    [
      "the cookie of the https site on an http one",
      () => cookieOf(world, person).replace("sid", "__Host-sid"),
    ],
    [
      "a person who does not exist",
      () =>
        `${sessionCookie("usr_nobody", { ...world.deps.config, now: world.deps.now() }).split(";", 1)}`,
    ],
  ];
  test.each(cases)("%s", async (_label, cookie) => {
    const answer = await me(cookie());
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ code: "not_authenticated" });
  });
});

test("signing out ends the session in this browser", async () => {
  const answer = await call(world, "POST", "/api/auth/logout", { as: person });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("set-cookie")).toMatch(/^sid=; .*Max-Age=0/);
});

describe("a POST from where", () => {
  const cases: [label: string, headers: () => Record<string, string>, status: number][] = [
    ["our own page", () => ({ origin: world.url, "sec-fetch-site": "same-origin" }), 204],
    ["a program without a browser", () => ({}), 204],
    [
      "another site",
      () => ({ origin: "https://evil.example", "sec-fetch-site": "cross-site" }),
      403,
    ],
    ["another site, old browser", () => ({ origin: "https://evil.example" }), 403],
    ["another site that hides its name", () => ({ origin: "null" }), 403],
    ["another site without an origin", () => ({ "sec-fetch-site": "cross-site" }), 403],
    ["our host on another port", () => ({ origin: "http://127.0.0.1:1" }), 403],
    ["our host with https", () => ({ origin: world.url.replace("http:", "https:") }), 403],
    ["a name that begins with ours", () => ({ origin: `${world.url}.evil.example` }), 403],
    [
      "a page of a sister domain",
      () => ({ origin: "http://www.127.0.0.1", "sec-fetch-site": "same-site" }),
      403,
    ],
    ["a sister domain without an origin", () => ({ "sec-fetch-site": "same-site" }), 403],
  ];
  test.each(cases)("%s", async (_label, headers, status) => {
    const response = await fetch(`${world.url}/api/auth/logout`, {
      method: "POST",
      headers: { cookie: cookieOf(world, person), ...headers() },
    });
    expect(response.status).toBe(status);
    if (status === 403) {
      expect(await response.json()).toMatchObject({ code: "forbidden_origin" });
      expect(response.headers.get("set-cookie")).toBeNull();
    }
  });

  test.each([
    "/api/applications",
    "/api/policies/x/contributions",
    "/api/orders/x/sync",
    "/api/orders/x/cashier",
  ])("%s refuses another site before anything else", async (path) => {
    const answer = await call(world, "POST", path, {
      as: person,
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    });
    expect(answer.json.code).toBe("forbidden_origin");
  });
});

function me(cookie: string) {
  return call(world, "GET", "/api/me", { headers: cookie ? { cookie } : {} });
}

function swapPayload(cookie: string): string {
  const [, ...rest] = cookie.replace("sid=", "").split(".");
  return `sid=${[Buffer.from("usr_other").toString("base64url"), ...rest].join(".")}`;
}

function stretch(cookie: string): string {
  const [payload, expiry, signature] = cookie.replace("sid=", "").split(".");
  return `sid=${payload}.${Number(expiry) + 1}.${signature}`;
}

function flipEnd(cookie: string): string {
  // Not the last character: its low bits are padding in base64url.
  const at = cookie.length - 5;
  return cookie.slice(0, at) + (cookie[at] === "A" ? "B" : "A") + cookie.slice(at + 1);
}
