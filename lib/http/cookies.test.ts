import { describe, expect, test } from "vitest";
import { cookieLine, readCookie } from "./cookies";

const withCookie = (cookie?: string) =>
  new Request("http://own.example/", { headers: cookie ? { cookie } : {} });

describe("reading one cookie", () => {
  test.each([
    ["alone", "sid=abc", "abc"],
    ["among others", "a=1; sid=abc; b=2", "abc"],
    ["without spaces", "a=1;sid=abc;b=2", "abc"],
    ["with = in its value", "sid=abc==", "abc=="],
    ["empty", "sid=", ""],
    ["twice: the first, as servers do", "sid=one; sid=two", "one"],
    ["a name that only begins alike", "sidx=abc", null],
    ["a name that only ends alike", "xsid=abc", null],
    ["no value at all", "sid", null],
    ["another's value that looks like it", "a=sid=abc", null],
    ["no cookies", undefined, null],
  ])("%s", (_label, header, expected) => {
    expect(readCookie(withCookie(header), "sid")).toBe(expected);
  });
});

test("a cookie is out of reach of scripts, and of plain http where there is https", () => {
  expect(cookieLine("sid", "abc", { maxAgeSeconds: 60, isSecure: true })).toBe(
    "sid=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
  );
  expect(cookieLine("sid", "", { maxAgeSeconds: 0, isSecure: false })).toBe(
    "sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
  );
});
