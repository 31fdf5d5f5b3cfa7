import { expect, test } from "vitest";
import { WECHAT_IPHONE_USER_AGENT, WECHAT_USER_AGENT } from "@/tests/support/e2e-user-agent";
import { isOutsideWechat } from "./outside-bar";

test.each([
  ["WeChat on Android", WECHAT_USER_AGENT, false],
  ["WeChat on an iPhone", WECHAT_IPHONE_USER_AGENT, false],
  [
    "Safari",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Version/18.0 Safari/604.1",
    true,
  ],
  ["Chrome", "Mozilla/5.0 (Linux; Android 15) Chrome/138.0.0.0 Mobile Safari/537.36", true],
  ["no name", "", true],
] as const)("%s", (_label, userAgent, expected) => {
  expect(isOutsideWechat(userAgent)).toBe(expected);
});
