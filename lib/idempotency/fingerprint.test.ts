import { describe, expect, test } from "vitest";
import { createVault } from "@/lib/identity/vault";
import { fingerprintOf } from "./fingerprint";
import { compareFingerprints } from "./rules";

const vault = createVault({ encryptionKeyHex: "bb".repeat(32), indexKeyHex: "cc".repeat(32) });
const OWNER = { payerId: "usr_1", key: "the-key-1" };
const CONTENT = {
  name: "Li Lei",
  phone: null,
  healthAnswers: { cancer: false, hepatitis: true },
  documents: { terms: "ab" },
};
const print = (content: object, owner = OWNER) => fingerprintOf(vault, owner, { ...content });

describe("fingerprintOf", () => {
  test("names fields as the client would, nested ones with a dot", () => {
    expect(Object.keys(print(CONTENT))).toEqual([
      "name",
      "phone",
      "healthAnswers.cancer",
      "healthAnswers.hepatitis",
      "documents.terms",
    ]);
  });

  test.each<[label: string, changed: object, field: string]>([
    ["letter case", { name: "li lei" }, "name"],
    ["a space", { name: "Li Lei " }, "name"],
    ["something where nothing was", { phone: "" }, "phone"],
    ["one answer", { healthAnswers: { cancer: true, hepatitis: true } }, "healthAnswers.cancer"],
    ["one text", { documents: { terms: "ac" } }, "documents.terms"],
  ])("%s makes another one", (_label, changed, field) => {
    expect(compareFingerprints(print(CONTENT), print({ ...CONTENT, ...changed }))).toBe(field);
  });

  test("an absent field and null are the same", () => {
    expect(print({ message: undefined })).toEqual(print({ message: null }));
  });

  test("nothing in it can be read, or compared between fields, keys or people", () => {
    const same = { one: "王小雨", two: "王小雨" };
    const digests = [
      print(same),
      print(same, { ...OWNER, key: "the-key-2" }),
      print(same, { ...OWNER, payerId: "usr_2" }),
    ].flatMap((fingerprint) => Object.values(fingerprint));
    expect(new Set(digests).size).toBe(6);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{32}$/);
  });
});
