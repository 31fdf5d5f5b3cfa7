import { expect, test } from "vitest";
import { REFUND_REASONS } from "./contract";
import { reasonForPayer } from "./reason-for-payer";

test("R42: a friend never reads of the insured's health, age or wishes", () => {
  const told = new Set(REFUND_REASONS.map((reason) => reasonForPayer(reason, "gift")));
  expect(
    [...told].filter((reason) => /diagnos|age_mis|underwriting|surrender|cooling/.test(reason)),
  ).toEqual([]);
  expect(reasonForPayer("gift_withdrawn", "gift")).toBe("gift_withdrawn");
  expect(reasonForPayer("cap_reached", "gift")).toBe("cap_reached");
});

test("the insured reads his own reasons", () => {
  for (const reason of REFUND_REASONS) expect(reasonForPayer(reason, "first")).toBe(reason);
});
