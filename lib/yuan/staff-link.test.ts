import { expect, test } from "vitest";
import { signToken } from "@/lib/http/signed-token";
import { createStaffLink, isStaffLink } from "./staff-link";

const config = { publicUrl: "https://weihuzhu.example", sessionSecret: "ab".repeat(32) };
const NOW = new Date("2026-11-22T04:00:00Z");
const HOUR_MS = 3_600_000;
const outTradeNo = "W261122abc";
const link = new URL(createStaffLink(config, outTradeNo, NOW));
const token = link.searchParams.get("link") ?? "";

test("opens the page of its order for an hour", () => {
  expect(link.pathname).toBe("/admin/yuan/W261122abc");
  const opens = (afterMs: number) =>
    isStaffLink(config, { outTradeNo, token }, new Date(NOW.getTime() + afterMs));
  expect(opens(0)).toBe(true);
  expect(opens(HOUR_MS - 1)).toBe(true);
  expect(opens(HOUR_MS)).toBe(false);
});

test.each([
  ["missing", undefined],
  ["empty", ""],
  [
    "of another order",
    new URL(createStaffLink(config, "W261122abd", NOW)).searchParams.get("link") ?? "",
  ],
  ["changed", `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`],
  [
    "signed with another secret",
    new URL(
      createStaffLink({ ...config, sessionSecret: "cd".repeat(32) }, outTradeNo, NOW),
    ).searchParams.get("link") ?? "",
  ],
  [
    "a person's session for that name",
    signToken(config.sessionSecret, "session", outTradeNo, new Date(NOW.getTime() + HOUR_MS)),
  ],
])("a link that is %s opens nothing", (_label, wrong) => {
  expect(isStaffLink(config, { outTradeNo, token: wrong }, NOW)).toBe(false);
});
