/** Large print is a cookie of this browser, set by a plain form. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { applyAndPay, call, cookieOf } from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const FORM = { "content-type": "application/x-www-form-urlencoded" };

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(world.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { ...FORM, origin: world.url, ...headers },
    body,
  });
}

test.each([
  ["elder=1&next=%2Fp%2Fx", /^elder=1; Path=\/; Max-Age=31536000;/, "/p/x"],
  ["elder=0&next=%2Fme", /^elder=0; Path=\/; Max-Age=0;/, "/me"],
  ["elder=yes", /^elder=0; Path=\/; Max-Age=0;/, "/"],
  ["elder=1&next=https%3A%2F%2Fexample.com", /^elder=1;/, "/"],
])("the form %j", async (body, cookie, location) => {
  const answer = await post("/api/elder-mode", body);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("set-cookie")).toMatch(cookie);
  expect(answer.headers.get("location")).toBe(location);
});

test("a page of somebody else's cannot set it", async () => {
  const answer = await post("/api/elder-mode", "elder=1", { origin: "https://example.com" });
  expect(answer.status).toBe(403);
});

test("a switch turns without JavaScript too", async () => {
  const { owner } = await applyAndPay(world);
  const headers = { cookie: cookieOf(world, owner) };
  const answer = await post("/api/me/profile", "choice=isOnBoards&value=true", headers);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/me/settings"]);
  const profile = await call(world, "GET", "/api/me/profile", { as: owner });
  expect(profile.json).toMatchObject({ isOnBoards: true, isMasked: true });
  expect((await post("/api/me/profile", "choice=isRich&value=true", headers)).status).toBe(422);
  expect((await post("/api/me/profile", "choice=isMasked&value=false")).status).toBe(401);
});
