import { describe, expect, test } from "vitest";
import { securityHeaders } from "./security-headers";

const production = {
  nonce: null,
  jsSdkUrl: "https://res.wx.qq.com/open/js/jweixin-1.6.0.js",
  sandboxUrl: null,
  isSecure: true,
};

function policyOf(options: Parameters<typeof securityHeaders>[0]): Map<string, string[]> {
  const text = securityHeaders(options)["content-security-policy"] ?? "";
  return new Map(
    text.split("; ").map((part) => {
      const [name = "", ...sources] = part.split(" ");
      return [name, sources];
    }),
  );
}

describe("in production", () => {
  const policy = policyOf({ ...production, nonce: "abc" });
  test("scripts run from us, from WeChat's JS-SDK and by nonce, never inline or evaluated", () => {
    expect(policy.get("script-src")).toEqual(
      expect.arrayContaining([
        "'self'",
        "'nonce-abc'",
        "https://res.wx.qq.com",
        "https://res2.wx.qq.com",
      ]),
    );
    expect(policy.get("script-src")?.join(" ")).not.toMatch(/unsafe|\*|http:/);
  });

  test("nothing is framed, based elsewhere or embedded, and nothing foreign is called", () => {
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy.get("frame-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("connect-src")).toEqual(["'self'"]);
    expect(policy.get("default-src")).toEqual(["'self'"]);
  });

  test("browsers are told to stay on https, not to guess types and not to tell addresses", () => {
    expect(securityHeaders(production)).toMatchObject({
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
  });
});

test("without https there is no promise of it, and without a nonce no script by nonce", () => {
  const headers = securityHeaders({ ...production, isSecure: false });
  expect(headers).not.toHaveProperty("strict-transport-security");
  expect(headers["content-security-policy"]).not.toContain("nonce");
});

test("the demo may talk to the sandbox and show its cashier, production may not", () => {
  const sandboxUrl = "http://127.0.0.1:4010";
  const demo = policyOf({ ...production, sandboxUrl, jsSdkUrl: `${sandboxUrl}/open/js/j.js` });
  for (const directive of ["script-src", "connect-src", "frame-src", "img-src", "form-action"]) {
    expect(demo.get(directive)).toContain(sandboxUrl);
  }
  expect(securityHeaders(production)["content-security-policy"]).not.toContain("127.0.0.1");
});
