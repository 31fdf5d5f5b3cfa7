import { describe, expect, test } from "vitest";
import { newShortCode } from "@/lib/ids";
import { formatShortCode, normaliseShortCode, SHORT_CODE, shortCodeSchema } from "./contract";

describe("a short code as people type it", () => {
  test.each([
    ["as it is", "7KQM2XPA"],
    ["small letters", "7kqm2xpa"],
    ["in groups", "7KQM 2XPA"],
    ["with a dash", "7kqm-2xpa"],
    ["with a long dash and a space", " 7KQM — 2XPA "],
    ["on a keyboard with wide letters", "７ＫＱＭ　２ＸＰＡ"],
    ["with dots", "7KQM·2XPA"],
  ])("%s", (_label, typed) => {
    expect(shortCodeSchema.parse(typed)).toBe("7KQM2XPA");
  });

  test.each([
    ["too short", "7KQM2XP"],
    ["too long", "7KQM2XPAA"],
    ["a letter there is not", "7KQM2XP0"],
    ["nothing", ""],
    ["an injection", "' OR 1=1"],
    ["a book", "A".repeat(100_000)],
  ])("%s is nobody's", (_label, typed) => {
    expect(shortCodeSchema.safeParse(typed).success).toBe(false);
  });

  test("what is shown can be typed again", () => {
    const shortCode = newShortCode();
    expect(shortCode).toMatch(SHORT_CODE);
    expect(normaliseShortCode(formatShortCode(shortCode))).toBe(shortCode);
  });
});

test("drawn codes use every letter about as often", () => {
  const counts = new Map<string, number>();
  for (let draw = 0; draw < 4_000; draw += 1) {
    for (const letter of newShortCode()) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(32);
  // 1,000 expected of each; seven standard deviations to either side.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(220);
});
