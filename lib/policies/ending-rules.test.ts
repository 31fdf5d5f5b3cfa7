import { describe, expect, test } from "vitest";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import {
  coverUntil,
  decideDiagnosisReport,
  decideSurrender,
  findPolicyEnding,
  policyEndsOn,
  toUnitEndings,
} from "./ending-rules";
import type { PolicyToEnd, UnitToEnd } from "./policy-to-end";

const ISSUED_AT = new Date("2026-11-22T12:00:00Z");
const at = (day: string) => new Date(`${day}T04:00:00Z`);

function unit(unitNumber: number, effectiveOn: string, change: Partial<UnitToEnd> = {}): UnitToEnd {
  const maturesOn = new Date(Date.parse(effectiveOn) + 90 * 86_400_000).toISOString().slice(0, 10);
  return {
    id: `unt_${unitNumber}`,
    orderId: `ord_${unitNumber}`,
    outTradeNo: `W${unitNumber}`,
    isOwn: unitNumber === 1,
    refundedFen: 0,
    unitNumber,
    premiumFen: 100,
    coverYuan: 1000,
    effectiveOn,
    maturesOn,
    lastDayOn: "2027-11-22",
    endedOn: null,
    ...change,
  };
}

function policy(change: Partial<PolicyToEnd> = {}): PolicyToEnd {
  return {
    id: "pol_1",
    userId: "usr_1",
    status: "active",
    planVersion: PLAN_2026_1.version,
    version: 2,
    issuedAt: ISSUED_AT,
    effectiveOn: "2026-11-23",
    endReason: null,
    endorsementNo: null,
    units: [unit(1, "2026-11-23"), unit(2, "2026-12-10")],
    report: null,
    ...change,
  };
}

describe("R26–R28: what a surrender returns", () => {
  test.each([
    ["the evening of issue", "2026-11-22", "cancelled_before_effective", null],
    ["the first day of cover", "2026-11-23", "cooling_off", null],
    ["the fifteenth day after issue", "2026-12-07", "cooling_off", null],
    ["the day after it", "2026-12-08", "surrender", "2026-12-08"],
    ["the last day", "2027-11-22", "surrender", "2027-11-22"],
  ])("%s", (_label, day, reason, lastDay) => {
    const decision = decideSurrender(policy(), PLAN_2026_1, at(day));
    expect(decision?.reason).toBe(reason);
    expect(decision && coverUntil(decision)).toBe(lastDay);
  });

  test("the policy is covered as long as its last unit, also when another has not begun", () => {
    const decision = decideSurrender(policy(), PLAN_2026_1, at("2026-12-08"));
    expect(decision?.units.map(({ endedOn }) => endedOn)).toEqual(["2026-12-09", "2026-12-08"]);
    expect(policyEndsOn(decision?.units ?? [])).toBe("2026-12-09");
  });

  test.each<[string, Partial<PolicyToEnd>, string]>([
    ["unpaid", { status: "pending_payment", issuedAt: null, units: [] }, "2026-11-22"],
    ["ended", { status: "ended", endReason: "expired" }, "2026-12-01"],
    ["past its last day and not yet marked so", {}, "2027-11-23"],
  ])("nothing to end: %s", (_label, change, day) => {
    expect(decideSurrender(policy(change), PLAN_2026_1, at(day))).toBeNull();
  });
});

describe("R31: what a diagnosis does", () => {
  const decide = (diagnosedOn: string, change: Partial<PolicyToEnd> = {}, today = "2027-11-01") =>
    decideDiagnosisReport(policy(change), { diagnosedOn, today });

  test.each([
    ["2026-11-22", { outcome: "refund_all", reason: "diagnosis_before_effective", totalFen: 200 }],
    ["2026-11-23", { outcome: "refund_all", reason: "diagnosis_in_waiting" }],
    ["2027-02-20", { outcome: "refund_all", reason: "diagnosis_in_waiting" }],
    ["2027-02-21", { outcome: "pay_matured", payableYuan: 1000, totalFen: 100 }],
    ["2027-03-10", { outcome: "pay_matured", payableYuan: 2000, totalFen: 0 }],
  ])("on %s", (day, expected) => {
    const decided = decide(day);
    expect(decided.ok && decided.decision).toMatchObject(expected);
  });

  test.each<[string, string, Partial<PolicyToEnd>, string]>([
    [
      "unpaid",
      "2026-11-22",
      { status: "pending_payment", issuedAt: null, units: [] },
      "2026-11-22",
    ],
    ["after the term", "2027-11-23", {}, "2027-11-30"],
    ["in the wait, of one that expired", "2026-12-01", { status: "ended" }, "2027-12-01"],
    ["never insured", "2027-05-01", { status: "ended", endReason: "age_misstated" }, "2027-06-01"],
  ])("nothing to report: %s", (_label, day, change, today) => {
    expect(decide(day, change, today)).toMatchObject({ ok: false, code: "policy_not_open" });
  });

  test("within the term of one that expired: a claim may still decide", () => {
    const decided = decide("2027-05-01", { status: "ended", endReason: "expired" }, "2027-12-01");
    expect(decided.ok && decided.decision).toMatchObject({ outcome: "pay_matured" });
  });

  test.each([
    ["2027-11-02", "in_future"],
    ["9999-12-31", "in_future"],
    ["2025-12-31", "before_policy"],
    ["0001-01-01", "before_policy"],
  ])("%s is no day to report", (day, code) => {
    expect(decide(day)).toMatchObject({ code: "invalid_input", fields: [{ code }] });
  });
});

describe("what has been done, read back", () => {
  test("units, sums and the payer's own", () => {
    const ended = { endedOn: "2027-01-02", refundedFen: 88 };
    const units = [unit(1, "2026-11-23", ended), unit(2, "2026-12-10", ended)];
    const done = policy({
      status: "ended",
      endReason: "surrender",
      endorsementNo: "WH2026-000001-003",
      units,
    });
    expect(findPolicyEnding(done)).toEqual({
      endorsementNo: "WH2026-000001-003",
      reason: "surrender",
      totalFen: 176,
      units: [
        { seq: 1, refundFen: 88, endedOn: "2027-01-02", isOwn: true },
        { seq: 2, refundFen: 88, endedOn: "2027-01-02", isOwn: false },
      ],
    });
    const refund = { reason: "surrender", refundFen: 88, endedOn: "2027-01-02" } as const;
    expect(
      toUnitEndings(
        units,
        [1, 2].map((unitNumber) => ({ unitNumber, ...refund })),
      ),
    ).toEqual(findPolicyEnding(done)?.units);
  });

  test("nothing of a policy that lives or has expired", () => {
    expect(findPolicyEnding(policy())).toBeNull();
    expect(findPolicyEnding(policy({ status: "ended", endReason: "expired" }))).toBeNull();
  });
});
