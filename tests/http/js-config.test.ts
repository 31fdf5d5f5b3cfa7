/** The signature for WeChat's script: only for our own pages, and an outage of WeChat's is said as one. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import { call, control, spoil } from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await control(world, "DELETE", "/faults");
  expect(internalErrors(world)).toEqual([]);
});
afterAll(() => world.close());

const ask = (url: string) =>
  call(world, "GET", `/api/wechat/js-config?url=${encodeURIComponent(url)}`);

test.each([
  ["gives no token", { endpoint: "stable_token", kind: "error", count: 9 }],
  ["cuts the line when asked for a token", { endpoint: "stable_token", kind: "drop", count: 9 }],
  ["gives no ticket", { endpoint: "ticket", kind: "error", count: 9 }],
  ["cuts the line when asked for a ticket", { endpoint: "ticket", kind: "drop", count: 9 }],
])("WeChat %s: 502 that says when to ask again, and then it is signed", async (_label, fault) => {
  // A new process has no token and no ticket yet.
  await world.crash();
  await world.restart();
  await spoil(world, fault);
  const failed = await ask(`${world.url}/p/x`);
  expect(failed.status, failed.text).toBe(502);
  expect(failed.json).toMatchObject({ code: "provider_unavailable" });
  expect(failed.headers.get("retry-after")).toBe("3");

  await control(world, "DELETE", "/faults");
  const url = `${world.url}/p/x`;
  const signed = await ask(url);
  expect(signed.status, signed.text).toBe(200);
  expect(await control(world, "POST", "/js-config/check", { ...signed.json, url })).toEqual({
    ok: true,
  });
});

test("another site's page is not signed", async () => {
  const answer = await ask("https://example.com/p/x");
  expect(answer.json).toMatchObject({ code: "invalid_input", invalid_params: [{ name: "url" }] });
});
