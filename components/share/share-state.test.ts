import { describe, expect, test } from "vitest";
import type { PublicPolicy } from "@/lib/policies/contract";
import type { SharePage } from "@/lib/policies/views";
import { decideShareState, decideViewerState, findRefusalState } from "./share-state";

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

describe("decideViewerState", () => {
  const policy = (units: number, viewer: Partial<PublicPolicy["viewer"]>): PublicPolicy => ({
    ...OPEN,
    units,
    viewer: { isInsured: false, hasSupported: false, canSupport: false, reason: null, ...viewer },
  });
  test.each([
    ["can give", policy(37, { canSupport: true }), "open"],
    ["full, and closed since", policy(100, { reason: "collecting_closed" }), "cap_reached"],
    ["gave to a full one", policy(100, { reason: "already_supported" }), "already_supported"],
    ["the insured", policy(37, { reason: "own_policy" }), "own_policy"],
  ] as const)("%s", (_label, answer, expected) => {
    expect(decideViewerState(answer)).toBe(expected);
  });
});

test("only refusals that last change the page", () => {
  expect(findRefusalState("cap_reached")).toBe("cap_reached");
  expect(findRefusalState("rate_limited")).toBeNull();
  expect(findRefusalState("internal")).toBeNull();
});
