import type { ExchangeFailure } from "@/lib/wechat/transport/exchange";

/** WeChat's pointer to the field it disliked; optional in its answers. */
export interface WechatErrorDetail {
  field?: string | undefined;
  issue?: string | undefined;
  location?: string | undefined;
}

/**
 * Why there is no usable result: `answer` is WeChat's own error; `bad_signature` an answer whose
 * signature does not hold (a probe, an attacker); `unverified` one that could not be judged (headers
 * stripped, more than 300 s away, no key for its serial); `malformed` one that holds but does not
 * read; `bad_hash` a file that is not the one announced; `foreign_address` a file on a host that is
 * not WeChat Pay's, never asked; `no_encryption_key` a request never sent, for want of WeChat's key;
 * the rest never became an answer.
 */
export type WechatPayErrorReason =
  | "answer"
  | "bad_signature"
  | "unverified"
  | "malformed"
  | "bad_hash"
  | "foreign_address"
  | "no_encryption_key"
  | ExchangeFailure;

/**
 * A call to WeChat Pay gave no result.
 *
 * `outcome: 'refused'`: WeChat said no, nothing happened. `outcome: 'unknown'`: the effect may have
 * happened (time-out, network, 202, 429, 5xx, an answer that cannot be trusted): repeat with the same
 * numbers or query, never start anew (wechat.md §1.1, §7 no. 9).
 */
export class WechatPayError extends Error {
  override readonly name = "WechatPayError";
  readonly outcome: "refused" | "unknown";
  readonly reason: WechatPayErrorReason;
  readonly httpStatus: number | null;
  /** As WeChat spelled it; compare with `hasCode`. */
  readonly code: string | null;
  /** WeChat's support asks for it. */
  readonly requestId: string | null;
  readonly detail: WechatErrorDetail | null;

  constructor(fields: {
    outcome: "refused" | "unknown";
    reason: WechatPayErrorReason;
    message: string;
    httpStatus?: number | null;
    code?: string | null;
    requestId?: string | null;
    detail?: WechatErrorDetail | null;
    cause?: unknown;
  }) {
    super(fields.message, { cause: fields.cause });
    this.outcome = fields.outcome;
    this.reason = fields.reason;
    this.httpStatus = fields.httpStatus ?? null;
    this.code = fields.code ?? null;
    this.requestId = fields.requestId ?? null;
    this.detail = fields.detail ?? null;
  }

  /** Compares without underscores: WeChat writes ORDER_NOT_EXIST and ORDERNOTEXIST (wechat.md §1.10). */
  hasCode(code: string): boolean {
    return this.code !== null && normalizeCode(this.code) === normalizeCode(code);
  }
}

/** ORDER_PAID and ORDERPAID become the same string. */
export function normalizeCode(code: string): string {
  return code.replaceAll("_", "").toUpperCase();
}

/**
 * `missing_headers` and `malformed` carry no valid WeChat message at all; `stale` is outside ±300 s;
 * `certificates_unavailable` could not be judged because the certificates could not be fetched.
 */
export type NotificationRefusal =
  | "missing_headers"
  | "stale"
  | "unknown_serial"
  | "certificates_unavailable"
  | "bad_signature"
  | "bad_ciphertext"
  | "malformed"
  | "too_large";

/** The notification is not proven to be WeChat's. WeChat resends a real one; nothing may change. */
export class NotificationRefused extends Error {
  override readonly name = "NotificationRefused";

  constructor(readonly reason: NotificationRefusal) {
    super(`Notification refused: ${reason}`);
  }
}
