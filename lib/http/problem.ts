import type { DomainError, ErrorCode } from "@/lib/errors/errors";
import { redact } from "@/lib/log/logger";

/** The one table from code to status. Total by type: a new code does not compile without a row. */
const STATUS: Record<ErrorCode, number> = {
  malformed_body: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  forbidden_origin: 403,
  rate_limited: 429,
  not_authenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid_input: 422,
  signature_invalid: 401,
  idempotency_mismatch: 409,
  order_closed: 409,
  documents_outdated: 409,
  age_out_of_range: 422,
  health_declined: 422,
  already_insured: 409,
  own_policy: 409,
  already_supported: 409,
  policy_not_open: 409,
  collecting_closed: 409,
  cap_reached: 409,
  daily_limit_reached: 429,
  not_settled: 409,
  base_unit_ends_policy: 409,
  unit_in_effect: 409,
  quote_changed: 409,
  provider_unavailable: 502,
  unavailable: 503,
  internal: 500,
};

export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/**
 * RFC 9457 problem document. `detail` is the sentence for a person in the language asked for;
 * `code` is for programs and never renamed.
 */
export function problemResponse(
  error: DomainError,
  options: { requestId: string; instance: string; detail: string },
): Response {
  const headers = new Headers({
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "private, no-store",
    "x-request-id": options.requestId,
  });
  if (error.retryAfterSeconds !== null) headers.set("retry-after", `${error.retryAfterSeconds}`);
  const body = {
    type: `/problems/${error.code}`,
    title: error.code.replaceAll("_", " "),
    status: statusOf(error.code),
    detail: options.detail,
    instance: options.instance,
    code: error.code,
    requestId: options.requestId,
    ...(error.fields.length > 0 ? { invalid_params: error.fields } : {}),
  };
  // A reason may quote what was sent; an answer that is kept somewhere is as good as a log (F60).
  return new Response(redact(JSON.stringify(body)), { status: statusOf(error.code), headers });
}
