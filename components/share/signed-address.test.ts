import { describe, expect, test } from "vitest";
import { addressesToSign } from "./signed-address";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) MicroMessenger/8.0.69";
const ANDROID = "Mozilla/5.0 (Linux; Android 15; wv) MicroMessenger/8.0.64";
const LANDED = "https://example.com/apply?from=chat#top";
const NOW = "https://example.com/apply?step=health#x";

describe("the address to sign, and the one after a refusal", () => {
  test("iOS: where the document was loaded, then where it is", () => {
    expect(addressesToSign({ userAgent: IPHONE, landedOn: LANDED, current: NOW })).toEqual([
      "https://example.com/apply?from=chat",
      "https://example.com/apply?step=health",
    ]);
  });
  test("Android: where it is, then where it was loaded", () => {
    expect(addressesToSign({ userAgent: ANDROID, landedOn: LANDED, current: NOW })).toEqual([
      "https://example.com/apply?step=health",
      "https://example.com/apply?from=chat",
    ]);
  });
  test("a fragment is never signed, on either", () => {
    for (const userAgent of [IPHONE, ANDROID]) {
      const url = "https://example.com/p/abc";
      const addresses = addressesToSign({ userAgent, landedOn: `${url}#a`, current: `${url}#b` });
      expect(addresses).toEqual([url, url]);
    }
  });
});
