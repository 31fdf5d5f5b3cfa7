import { describe, expect, test } from "vitest";
import type { OwnerUnit } from "@/lib/policies/views";
import { listNextMoments } from "./moments";

type Policy = Parameters<typeof listNextMoments>[0];

const UNIT: OwnerUnit = {
  seq: 1,
  isMatured: false,
  effectiveOn: "2026-11-02",
  maturesOn: "2027-01-31",
  endedOn: null,
};
const POLICY: Policy = {
  today: "2026-11-24",
  // Midnight of 4 December in Shanghai: the 3rd is the last day.
  collectingUntil: "2026-12-03T16:00:00.000Z",
  lastDayOn: "2027-11-01",
  units: [UNIT, { ...UNIT, seq: 2 }],
  totalYuan: 2000,
  nextChange: { on: "2027-01-31", payableYuan: 1000, unitsMatured: 1 },
  timeline: [
    { on: "2027-01-31", payableYuan: 1000 },
    { on: "2027-02-15", payableYuan: 2000 },
    { on: "2027-11-02", payableYuan: 0 },
  ],
};
const kinds = (change: Partial<Policy>) =>
  listNextMoments({ ...POLICY, ...change }).map(({ kind, on }) => `${kind} ${on}`);

describe("what is still ahead", () => {
  test("in the order of the days", () => {
    expect(kinds({})).toEqual([
      "window_closes 2026-12-03",
      "all_matured 2027-02-15",
      "last_day 2027-11-01",
    ]);
    expect(listNextMoments(POLICY)[1]).toMatchObject({ units: 2, payableYuan: 2000 });
  });
  test.each([
    ["the window's last day is still one", { today: "2026-12-03" }, "window_closes"],
    ["the policy's last day is still one", { today: "2027-11-01" }, "last_day"],
  ] as const)("%s", (_label, change, kind) => {
    expect(kinds(change).join()).toContain(kind);
  });
  test.each([
    ["a window that has closed", { today: "2026-12-04" }, "window_closes"],
    [
      "one maturity, told on top",
      { nextChange: { on: "2027-02-15", payableYuan: 2000, unitsMatured: 2 } },
      "all_matured",
    ],
    ["everything counts already", { today: "2027-02-15", nextChange: null }, "all_matured"],
    [
      "a policy before its first yuan",
      { collectingUntil: null, lastDayOn: null, timeline: [], totalYuan: 0 },
      "e",
    ],
  ] satisfies [string, Partial<Policy>, string][])("not told: %s", (_label, change, kind) => {
    expect(kinds(change).join()).not.toContain(kind);
  });
});
