import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/errors/errors";
import { compareFingerprints, isKept } from "./rules";

describe("F22: compareFingerprints names what differs", () => {
  test.each<[label: string, stored: object, sent: object, expected: string | null]>([
    ["the same", { a: "1", b: "2" }, { a: "1", b: "2" }, null],
    ["the same in another order", { b: "2", a: "1" }, { a: "1", b: "2" }, null],
    ["one field", { a: "1", b: "2" }, { a: "1", b: "3" }, "b"],
    ["two fields: the first that was sent", { a: "1", b: "2" }, { b: "3", a: "4" }, "b"],
    ["a field that was not there before", { a: "1" }, { a: "1", b: "2" }, "b"],
    ["a field that is there no more", { a: "1", b: "2" }, { a: "1" }, "b"],
    ["a key of before fingerprints were kept", {}, { a: "1" }, null],
  ])("%s", (_label, stored, sent, expected) => {
    expect(compareFingerprints({ ...stored }, { ...sent })).toBe(expected);
  });

  test("null exactly when both say the same of every field", () => {
    const fingerprints = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2"), {
      minKeys: 1,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(fingerprints, fingerprints, (stored, sent) => {
        const differs = ["a", "b", "c"].filter((name) => stored[name] !== sent[name]);
        const named = compareFingerprints(stored, sent);
        if (named === null) expect(differs).toEqual([]);
        else expect(differs).toContain(named);
      }),
    );
  });
});

test("a key keeps what the product's rules refused, and nothing else", () => {
  expect(ERROR_CODES.filter(isKept)).toEqual([
    "documents_outdated",
    "age_out_of_range",
    "already_insured",
    "own_policy",
    "already_supported",
    "policy_not_open",
    "collecting_closed",
    "cap_reached",
  ]);
});
