import { describe, expect, test } from "vitest";
import { tell } from "./tell";

const words = {
  events: { held: "{amountFen} until {untilAt}, {coverYuan}, on {billOn}, because {reason}" },
  names: { reason: { full: "it was full" } },
};
const held = (values: Record<string, string | number>) =>
  tell({ kind: "held", at: "2026-11-22T03:42:05.000Z", values }, words, "en");

describe("a sentence", () => {
  test("writes every value by the unit in its name", () => {
    expect(
      held({
        amountFen: 83,
        untilAt: "2026-11-22T03:57:05.000Z",
        coverYuan: 1000,
        billOn: "2026-11-21",
        reason: "full",
      }),
    ).toBe("¥0.83 until 11:57, ¥1,000, on 21 Nov 2026, because it was full");
  });

  test("names the day of a time that is on another one", () => {
    expect(held({ untilAt: "2026-11-22T16:05:00.000Z" })).toContain("until 23 Nov 2026 00:05,");
  });

  test("shows a code without a name as it is, and a gap where a row says nothing", () => {
    expect(held({ reason: "new_reason" })).toBe("– until –, –, on –, because new_reason");
  });

  test("does not take a text for a date because of its name", () => {
    expect(held({ billOn: "soon", untilAt: "later" })).toContain("until later, –, on soon");
  });

  test("of an unknown kind is its kind", () => {
    expect(tell({ kind: "new", at: "2026-11-22T00:00:00Z", values: {} }, words, "en")).toBe("new");
  });
});
