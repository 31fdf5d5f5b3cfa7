import { expect, test } from "vitest";
import { isElderRequest } from "./elder-mode";

test.each([
  ["elder=1", true],
  ["lang=en; elder=1; sid=x", true],
  ["elder=0", false],
  ["elder=true", false],
  ["notelder=1", false],
  [undefined, false],
])("the cookies %j ask for large print: %s", (header, expected) => {
  expect(isElderRequest(header)).toBe(expected);
});
