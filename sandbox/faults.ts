import type { Sandbox } from "./sandbox";

/** The calls that can be spoiled; `notify` is WeChat's call to the merchant. */
export const FAULT_ENDPOINTS = [
  "jsapi",
  "query",
  "close",
  "refund",
  "refund_query",
  "certificates",
  "notify",
  "oauth_token",
  "stable_token",
  "ticket",
] as const;
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

const ANY_CALL = ["delay", "drop", "timeout"] as const;
const REQUEST_ONLY = ["error", "error_after_effect", "rate_limited"] as const;
const PAY_ONLY = ["accepted"] as const;
const SIGNATURES = ["signtest", "forge", "bad_signature", "unsigned_response"] as const;
const NOTIFY_ONLY = ["duplicate", "reorder", "wrong_amount", "flipped_tag"] as const;

/**
 * What goes wrong. On a request: `delay` answers late, `drop` cuts the line without effect,
 * `timeout` does the work and never answers, `error` fails before and `error_after_effect` after the
 * effect, `rate_limited` is 429, `accepted` is 202 without effect, the four about signatures spoil
 * the answer's. On a notify: `drop` is lost on the way, `timeout` arrives but its answer is lost,
 * `forge` is signed by a stranger, `wrong_amount` is signed and encrypted rightly around a false
 * amount, `flipped_tag` has one bit of the GCM tag turned.
 */
export const FAULT_KINDS = [
  ...ANY_CALL,
  ...REQUEST_ONLY,
  ...PAY_ONLY,
  ...SIGNATURES,
  ...NOTIFY_ONLY,
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  id: string;
  endpoint: FaultEndpoint;
  kind: FaultKind;
  /** How many calls are still to be spoiled. */
  count: number;
  /** Real milliseconds for an answer, sandbox milliseconds for a notify. */
  delayMs: number;
  /** For `duplicate`: how many times more the notify is sent. */
  copies: number;
  /** For `error`: the answer instead of 500 SYSTEM_ERROR, such as 403 NOT_ENOUGH. */
  status: number | null;
  code: string | null;
  message: string | null;
  /** Only calls about this order; null = any. */
  outTradeNo: string | null;
}

/** The official-account calls are not signed and know no 202. */
const ACCOUNT_ENDPOINTS: readonly string[] = ["oauth_token", "stable_token", "ticket"];

/** Whether this kind means anything at this endpoint. */
export function isFaultPossible(endpoint: FaultEndpoint, kind: FaultKind): boolean {
  const groups: (readonly string[])[] =
    endpoint === "notify"
      ? [ANY_CALL, SIGNATURES, NOTIFY_ONLY]
      : ACCOUNT_ENDPOINTS.includes(endpoint)
        ? [ANY_CALL, REQUEST_ONLY]
        : [ANY_CALL, REQUEST_ONLY, PAY_ONLY, SIGNATURES];
  return groups.some((group) => group.includes(kind));
}

/** Uses up one count of the oldest matching fault, if there is one. */
export function takeFault(
  sandbox: Sandbox,
  endpoint: FaultEndpoint,
  outTradeNo: string | null,
): Fault | null {
  const { faults } = sandbox.state;
  const fault = faults.find(
    (one) =>
      one.endpoint === endpoint && (one.outTradeNo === null || one.outTradeNo === outTradeNo),
  );
  if (!fault) return null;
  fault.count -= 1;
  if (fault.count <= 0) faults.splice(faults.indexOf(fault), 1);
  sandbox.touch();
  return fault;
}
