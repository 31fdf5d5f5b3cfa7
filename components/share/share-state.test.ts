import { describe, expect, test } from "vitest";
import type { SharePage } from "@/lib/policies/views";
import { decideShareState, findRefusalState } from "./share-state";

const OPEN: SharePage = {
  code: "A".repeat(22),
  askerName: "小雨",
  status: "active",
  units: 37,
  unitsMax: 100,
  maturedUnits: 12,
  coverPerUnitYuan: 1000,
  coverYuan: 37_000,
  payableNowYuan: 12_000,
  collectingUntil: "2026-12-04T16:00:00Z",
  collectingDaysLeft: 12,
  nextUnit: {
    coverYuan: 1000,
    effectiveOn: "2026-11-23",
    maturesOn: "2027-02-21",
    lastDayOn: "2027-11-03",
    coverDays: 256,
  },
};

describe("decideShareState", () => {
  test.each([
    ["collecting", {}, "open"],
    ["over", { status: "ended" }, "ended"],
    ["unit 1 unpaid", { status: "pending_payment", collectingDaysLeft: null }, "policy_not_open"],
    ["full wins over closed", { units: 100, collectingDaysLeft: null }, "cap_reached"],
    ["window over", { collectingDaysLeft: null, nextUnit: null }, "collecting_closed"],
    ["the insured's band has no room for a unit", { nextUnit: null }, "policy_not_open"],
  ] as const)("%s", (_label, change, expected) => {
    expect(decideShareState({ ...OPEN, ...change })).toBe(expected);
  });
});

test("only refusals that last change the page", () => {
  expect(findRefusalState("cap_reached")).toBe("cap_reached");
  expect(findRefusalState("rate_limited")).toBeNull();
  expect(findRefusalState("internal")).toBeNull();
});
