/** The calls that can be spoiled; `notify` is WeChat's call to the merchant. */
export const FAULT_ENDPOINTS = [
  "jsapi",
  "query",
  "close",
  "refund",
  "refund_query",
  "abnormal_refund",
  "transfer",
  "transfer_query",
  "transfer_cancel",
  "trade_bill",
  "fund_bill",
  "bill_download",
  "certificates",
  "notify",
  "oauth_token",
  "stable_token",
  "ticket",
  "message",
] as const;
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

const ANY_CALL = ["delay", "drop", "timeout"] as const;
const REQUEST_ONLY = ["late_effect", "error", "error_after_effect", "rate_limited"] as const;
const PAY_ONLY = ["accepted"] as const;
const SIGNATURES = [
  "signtest",
  "forge",
  "bad_signature",
  "unsigned_response",
  "clock_skew",
] as const;
const LIES = [
  "wrong_amount",
  "wrong_currency",
  "wrong_appid",
  "wrong_mchid",
  "wrong_openid",
  "wrong_number",
] as const;
const NOTIFY_ONLY = ["duplicate", "reorder", "stale_replay", "flipped_tag"] as const;
const BODY_TRAPS = [
  "gzip_body",
  "huge_body",
  "invalid_utf8",
  "duplicate_keys",
  "reserialised_body",
] as const;
const BILL_ONLY = ["wrong_hash"] as const;
const DOWNLOAD_ONLY = ["corrupt_file"] as const;

/**
 * What goes wrong. On a request: `delay` does the work and answers late, `late_effect` does the work
 * late, perhaps when the caller has long given up, `drop` cuts the line without effect, `timeout`
 * does the work and never answers, `error` fails before and `error_after_effect` after the effect,
 * `rate_limited` is 429, `accepted` is 202 without effect, the signature kinds spoil the answer's.
 * `clock_skew` is rightly signed by a WeChat whose clock is off by `delayMs` (negative: behind).
 *
 * On a notify: `drop` is lost on the way, `timeout` arrives but its answer is lost, `forge` is signed
 * by a stranger, `stale_replay` is rightly signed `delayMs` ago, `flipped_tag` has one bit of the GCM
 * tag turned. The body traps are rightly signed: compressed, a megabyte long, with a byte that is no
 * UTF-8, with keys twice (the last ones true); `reserialised_body` had its spaces changed on the way.
 *
 * The `wrong_…` kinds are rightly signed (and encrypted) lies, in an answer or a notify; `wrong_number`
 * speaks of another order. `wrong_hash` is a bill's, `corrupt_file` turns one bit of a download.
 */
export const FAULT_KINDS = [
  ...ANY_CALL,
  ...REQUEST_ONLY,
  ...PAY_ONLY,
  ...SIGNATURES,
  ...LIES,
  ...NOTIFY_ONLY,
  ...BODY_TRAPS,
  ...BILL_ONLY,
  ...DOWNLOAD_ONLY,
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Everything that can befall a call whose answer is signed. */
const SIGNED_CALL: readonly FaultKind[] = [
  ...ANY_CALL,
  ...REQUEST_ONLY,
  ...PAY_ONLY,
  ...SIGNATURES,
];
/** The official-account calls are not signed and know no 202. */
const ACCOUNT_CALL: readonly FaultKind[] = [...ANY_CALL, ...REQUEST_ONLY];
const REFUND_CALL: readonly FaultKind[] = [
  ...SIGNED_CALL,
  "wrong_amount",
  "wrong_currency",
  "wrong_number",
];
const BILL_CALL: readonly FaultKind[] = [...SIGNED_CALL, ...BILL_ONLY];

const KINDS: Record<FaultEndpoint, readonly FaultKind[]> = {
  jsapi: SIGNED_CALL,
  query: [...SIGNED_CALL, ...LIES],
  close: SIGNED_CALL,
  refund: REFUND_CALL,
  refund_query: REFUND_CALL,
  abnormal_refund: REFUND_CALL,
  transfer: [...SIGNED_CALL, "wrong_number"],
  transfer_query: [
    ...SIGNED_CALL,
    "wrong_amount",
    "wrong_appid",
    "wrong_mchid",
    "wrong_openid",
    "wrong_number",
  ],
  transfer_cancel: [...SIGNED_CALL, "wrong_number"],
  trade_bill: BILL_CALL,
  fund_bill: BILL_CALL,
  // A file is not signed (wechat.md §1.3).
  bill_download: [...ACCOUNT_CALL, ...DOWNLOAD_ONLY],
  certificates: SIGNED_CALL,
  notify: [...ANY_CALL, ...SIGNATURES, ...LIES, ...NOTIFY_ONLY, ...BODY_TRAPS],
  oauth_token: ACCOUNT_CALL,
  stable_token: ACCOUNT_CALL,
  ticket: ACCOUNT_CALL,
  message: ACCOUNT_CALL,
};

/** Whether this kind means anything at this endpoint. */
export function isFaultPossible(endpoint: FaultEndpoint, kind: FaultKind): boolean {
  return KINDS[endpoint].includes(kind);
}

/** Beyond the five minutes that a verifier allows (wechat.md §1.3). */
const SKEW_MS = 6 * 60_000;

/** The `delayMs` of a fault that does not say: a second of waiting, six minutes of a wrong clock. */
export function defaultDelayMs(kind: FaultKind): number {
  return kind === "clock_skew" || kind === "stale_replay" ? SKEW_MS : 1_000;
}
