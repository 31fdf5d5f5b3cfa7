import { describe, expect, test } from "vitest";
import { DomainError, ERROR_CODES } from "@/lib/errors/errors";
import { problemResponse, statusOf } from "./problem";

const at = { requestId: "req-1", instance: "/api/me", detail: "请先登录。" };

test("every code is a refusal or a failure, and only three are ours", () => {
  const failures = ERROR_CODES.filter((code) => statusOf(code) >= 500);
  for (const code of ERROR_CODES) expect(statusOf(code)).toBeGreaterThanOrEqual(400);
  expect(failures).toEqual(["provider_unavailable", "unavailable", "internal"]);
});

test("the statuses that the contract names", () => {
  const named = {
    malformed_body: 400,
    not_authenticated: 401,
    signature_invalid: 401,
    forbidden: 403,
    not_found: 404,
    cap_reached: 409,
    collecting_closed: 409,
    already_supported: 409,
    own_policy: 409,
    policy_not_open: 409,
    already_insured: 409,
    documents_outdated: 409,
    idempotency_mismatch: 409,
    body_too_large: 413,
    unsupported_media_type: 415,
    invalid_input: 422,
    age_out_of_range: 422,
    health_declined: 422,
    rate_limited: 429,
    internal: 500,
    provider_unavailable: 502,
    unavailable: 503,
  } as const;
  for (const [code, status] of Object.entries(named)) {
    expect([code, statusOf(code as keyof typeof named)]).toEqual([code, status]);
  }
});

describe("a problem document", () => {
  test("says what, where and to whom, and is not cached", async () => {
    const error = new DomainError("invalid_input", {
      fields: [{ name: "phone", code: "invalid_format", reason: "not a mobile number" }],
      log: { secret: "for us only" },
      cause: new Error("inner"),
    });
    const response = problemResponse(error, at);
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toBe("req-1");
    expect(response.headers.get("retry-after")).toBeNull();
    expect(await response.json()).toEqual({
      type: "/problems/invalid_input",
      title: "invalid input",
      status: 422,
      detail: "请先登录。",
      instance: "/api/me",
      code: "invalid_input",
      requestId: "req-1",
      invalid_params: [{ name: "phone", code: "invalid_format", reason: "not a mobile number" }],
    });
  });

  test("says when to come back", () => {
    const error = new DomainError("rate_limited", { retryAfterSeconds: 7 });
    expect(problemResponse(error, at).headers.get("retry-after")).toBe("7");
  });

  test("quotes nobody's number, even where the caller wrote it as a field's name", async () => {
    const error = new DomainError("invalid_input", {
      fields: [{ name: "110105199206150021", code: "unknown", reason: 'key "13800138000"' }],
    });
    expect(await problemResponse(error, at).text()).not.toMatch(/110105|138001/);
  });
});
