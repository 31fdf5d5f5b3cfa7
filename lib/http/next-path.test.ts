import { expect, it } from "vitest";
import { safeNextPath } from "./next-path";

it.each([
  ["/p/abc?pay=1", "/p/abc?pay=1"],
  ["/me", "/me"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["\\\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/a\r\nSet-Cookie: x", "/"],
  ["/a%0d%0aSet-Cookie:x", "/a%0d%0aSet-Cookie:x"],
  ["/..//evil.example", "/"],
  ["/.//evil.example", "/"],
  ["", "/"],
  [null, "/"],
])("returning to %j leads to %j", (next, expected) => {
  expect(safeNextPath(next)).toBe(expected);
});
