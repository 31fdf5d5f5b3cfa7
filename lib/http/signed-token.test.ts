import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readToken, signToken } from "./signed-token";

const SECRET = "ab".repeat(32);
const NOW = new Date("2026-11-22T04:00:00Z");
const LATER = new Date(NOW.getTime() + 60_000);
const token = signToken(SECRET, "session", "usr_1", LATER);

describe("a token", () => {
  test("gives its payload back, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (payload) => {
        const signed = signToken(SECRET, "p", payload, LATER);
        expect(readToken(SECRET, "p", signed, NOW)).toBe(payload);
        expect(signed).toMatch(/^[0-9A-Za-z_.-]+$/);
      }),
    );
  });

  test("is good until its second, not in it", () => {
    expect(readToken(SECRET, "session", token, new Date(LATER.getTime() - 1))).toBe("usr_1");
    expect(readToken(SECRET, "session", token, LATER)).toBeNull();
  });

  test("with any one character changed is worth nothing", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...alphabet), (at, letter) => {
        fc.pre(token[at] !== letter);
        const forged = token.slice(0, at) + letter + token.slice(at + 1);
        expect(readToken(SECRET, "session", forged, NOW)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["made for another purpose", signToken(SECRET, "oauth:x", "usr_1", LATER)],
    ["made with another secret", signToken("cd".repeat(32), "session", "usr_1", LATER)],
    ["cut", token.slice(0, -1)],
    ["longer", `${token}A`],
    ["without its signature", token.slice(0, token.lastIndexOf("."))],
    ["empty", ""],
    ["dots", "..."],
    ["very long", `${"a".repeat(3_000)}.1.x`],
    ["with a purpose slipped into the payload", signToken(SECRET, "ses", "sion\nusr_1", LATER)],
  ])("%s is nobody's", (_label, forged) => {
    expect(readToken(SECRET, "session", forged, NOW)).toBeNull();
  });

  test("that never ends cannot be made by writing no number", () => {
    const never = signToken(SECRET, "session", "usr_1", new Date(Number.NaN));
    expect(readToken(SECRET, "session", never, NOW)).toBeNull();
  });
});
