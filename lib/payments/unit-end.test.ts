import { describe, expect, test } from "vitest";
import { findUnitEnd } from "./unit-end";

describe("R21, R28: the first day without cover", () => {
  const lastDayOn = "2027-11-22";
  test.each([
    ["a living unit has none", null, "2026-12-24", null],
    ["nor has one on its last day", null, lastDayOn, null],
    ["a term that ran out ended after its last day", null, "2027-11-23", "2027-11-23"],
    ["and still did a month later", null, "2027-12-23", "2027-11-23"],
    [
      "a surrender ends at the next midnight, which is already said today",
      "2027-11-21",
      "2027-11-20",
      "2027-11-21",
    ],
    ["an end before the term stays what it was", "2027-11-21", "2027-12-23", "2027-11-21"],
  ])("%s", (_label, endedOn, today, expected) => {
    expect(findUnitEnd({ endedOn, lastDayOn }, today)).toBe(expected);
  });
});
