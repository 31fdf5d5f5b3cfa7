import { expect, test } from "vitest";
import { REFUND_REASONS } from "./contract";
import { refundWords } from "./refund-words";

const KINDS = ["first", "gift"] as const;

test("R42: WeChat shows nobody an illness, and no friend what the insured wished", () => {
  for (const reason of REFUND_REASONS) {
    for (const kind of KINDS) expect(refundWords(reason, kind)).not.toMatch(/诊|病|等待期|年龄/);
    expect(refundWords(reason, "gift")).not.toMatch(/退保|犹豫期/);
  }
  for (const reason of ["surrender", "cooling_off", "diagnosis_in_waiting"] as const) {
    expect(refundWords(reason, "gift")).toBe("保单已终止，原路退回");
  }
});

test("the insured's illness reads like every other end that he did not ask for", () => {
  const ends = [
    "diagnosis_before_effective",
    "diagnosis_in_waiting",
    "underwriting_failed",
    "age_misstated",
    "policy_ended",
  ] as const;
  expect(new Set(ends.map((reason) => refundWords(reason, "first"))).size).toBe(1);
  expect(refundWords("surrender", "first")).toContain("退保");
});

test("always within WeChat's 80 characters", () => {
  for (const reason of REFUND_REASONS) {
    for (const kind of KINDS) expect(refundWords(reason, kind)).toMatch(/^.{1,80}$/);
  }
});
