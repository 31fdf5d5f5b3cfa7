import { describe, expect, test } from "vitest";
import { createLane } from "./fast-lane";
import type { Handler } from "./handle";

const says =
  (name: string): Handler =>
  async (_request, context) =>
    Response.json({ name, params: await context?.params });

const lane = createLane([
  { method: "GET", path: "/api/health", handler: says("health") },
  { method: "GET", path: "/api/policies/{code}", handler: says("policy") },
  { method: "POST", path: "/api/policies/{code}/contributions", handler: says("contribute") },
  { method: "POST", path: "/api/orders/{outTradeNo}/sync", handler: says("sync") },
]);

async function run(method: string, path: string): Promise<unknown> {
  const handler = lane(method, path);
  if (!handler) return "to Next";
  return (await handler(new Request(`http://own.example${path}`))).json();
}

describe("the fast lane", () => {
  test.each([
    ["GET", "/api/health", { name: "health", params: {} }],
    ["GET", "/api/policies/aB3_-", { name: "policy", params: { code: "aB3_-" } }],
    ["POST", "/api/policies/abc/contributions", { name: "contribute", params: { code: "abc" } }],
    ["POST", "/api/orders/W1/sync", { name: "sync", params: { outTradeNo: "W1" } }],
  ])("takes %s %s", async (method, path, expected) => {
    expect(await run(method, path)).toEqual(expected);
  });

  test.each([
    ["another method", "POST", "/api/health"],
    ["a method it does not know", "DELETE", "/api/policies/abc"],
    ["a longer path", "GET", "/api/policies/abc/supporters"],
    ["a slash at the end", "GET", "/api/health/"],
    ["an empty segment", "GET", "/api/policies/"],
    ["an escape", "GET", "/api/policies/a%2fb"],
    ["dots", "GET", "/api/policies/.."],
    ["other capitals", "GET", "/API/health"],
    ["the root", "GET", "/"],
    ["nothing", "GET", ""],
  ])("leaves to Next: %s", async (_label, method, path) => {
    expect(await run(method, path)).toBe("to Next");
  });
});
