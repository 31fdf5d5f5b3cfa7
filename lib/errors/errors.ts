/**
 * Every error a client can be told about, in the order in which checks run: who you are, whether
 * the thing exists, what you sent, whether the product's rules allow it, and last the world outside.
 */
export const ERROR_CODES = [
  "malformed_body",
  "body_too_large",
  "unsupported_media_type",
  "forbidden_origin",
  "rate_limited",
  "not_authenticated",
  "forbidden",
  "not_found",
  "invalid_input",
  "signature_invalid",
  "idempotency_mismatch",
  "order_closed",
  "documents_outdated",
  "age_out_of_range",
  "health_declined",
  "already_insured",
  "own_policy",
  "already_supported",
  "policy_not_open",
  "collecting_closed",
  "cap_reached",
  "daily_limit_reached",
  "not_settled",
  "base_unit_ends_policy",
  "unit_in_effect",
  "quote_changed",
  "provider_unavailable",
  "unavailable",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One field the client can mend. `name` is a dotted path into the request. */
export interface FieldError {
  name: string;
  code: string;
  reason: string;
}

/**
 * An expected refusal. `detail` is safe to show to the person; `log` is for us only. The domain
 * knows no HTTP status: `lib/http/problem` has the one table.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly log: Record<string, unknown>;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    options: {
      detail?: string;
      fields?: readonly FieldError[];
      log?: Record<string, unknown>;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? code, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    this.log = options.log ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** The same Idempotency-Key with another content; `name` is the field that differs. */
export function keyMismatch(name: string): DomainError {
  return new DomainError("idempotency_mismatch", {
    fields: [{ name, code: "differs", reason: "differs from the first request with this key" }],
  });
}

/** For programmer errors only; reaches the client as a plain 500. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
