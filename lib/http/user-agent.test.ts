import { expect, test } from "vitest";
import { knowsOpenTags } from "./user-agent";

test.each([
  ["MicroMessenger/7.0.11.1600(0x27000B33)", false],
  ["MicroMessenger/7.0.12(0x17000c2a) NetType/WIFI", true],
  ["MicroMessenger/8.0.0", true],
  ["MicroMessenger/6.9.99", false],
  ["MicroMessenger/10.0.0", true],
  ["MicroMessenger/7.1.0", true],
  ["MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI WindowsWechat(0x63090551)", false],
  ["Mozilla/5.0 (iPhone) Safari/605.1.15", false],
  ["MicroMessenger", false],
  [null, false],
])("open tags in %s: %s", (userAgent, isKnown) => {
  expect(knowsOpenTags(userAgent)).toBe(isKnown);
});
