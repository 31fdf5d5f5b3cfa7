import fc from "fast-check";
import { expect, test } from "vitest";
import { newPolicyCode } from "@/lib/ids";
import { formatAttach, parseAttach } from "./attach";

test("what was written comes back, within the 128 characters that WeChat allows", () => {
  for (const kind of ["first", "gift"] as const) {
    const origin = { kind, policyCode: newPolicyCode() };
    const attach = formatAttach(origin);
    expect(attach.length).toBeLessThanOrEqual(128);
    expect(parseAttach(attach)).toEqual(origin);
  }
});

test.each([
  ["nothing", null],
  ["an empty value", ""],
  ["another product's", "cipher code"],
  ["an unknown kind", "WHZ1.x.aaaaaaaaaaaaaaaaaaaaaa"],
  ["a later format", "WHZ2.g.aaaaaaaaaaaaaaaaaaaaaa"],
  ["a short code", "WHZ1.g.aaaaaaaaaaaaaaaaaaaaa"],
  ["something behind it", "WHZ1.g.aaaaaaaaaaaaaaaaaaaaaa "],
])("%s names no order of ours", (_label, attach) => {
  expect(parseAttach(attach)).toBeNull();
});

test("no text is read in two ways: whatever is understood is written the same", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const origin = parseAttach(text);
      return origin === null || formatAttach(origin) === text;
    }),
  );
});
