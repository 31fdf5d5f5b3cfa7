/** Every fault that the sandbox knows and that a run may meet. */
import { FAULT_ENDPOINTS, FAULT_KINDS, isFaultPossible } from "@/sandbox/fault-kinds";

/** `endpoint.kind`, as the sandbox names a fault. */
export type FaultName = string;

/**
 * What a verified query says is the truth that a contradicting notify is held against
 * (docs/decisions/011). A WeChat that signs a false amount or payer there cannot be told from one
 * that is right: whatever is then booked is a person's matter, and the books cannot agree.
 */
const BEYOND_PROOF = new Set(["query.wrong_amount", "query.wrong_currency", "query.wrong_openid"]);

/** Calls that no part of the product makes yet; their faults would wait for ever. */
const UNUSED_ENDPOINTS = new Set(["transfer", "transfer_query", "transfer_cancel"]);

export const FAULTS: readonly FaultName[] = FAULT_ENDPOINTS.filter(
  (endpoint) => !UNUSED_ENDPOINTS.has(endpoint),
).flatMap((endpoint) =>
  FAULT_KINDS.filter((kind) => isFaultPossible(endpoint, kind))
    .map((kind) => `${endpoint}.${kind}`)
    .filter((name) => !BEYOND_PROOF.has(name)),
);

export const endpointOf = (name: FaultName): string => name.split(".")[0] ?? "";
export const kindOf = (name: FaultName): string => name.split(".")[1] ?? "";

export const FAULT_KINDS_MEANT: readonly string[] = [...new Set(FAULTS.map(kindOf))];

/** Of all calls so many meet a fault; a bill is asked for once a day and is spoiled in its own phase. */
const SHARE_OF_NOTIFIES = 0.25;
const SHARE_OF_REQUESTS = 0.1;
const BILL_ENDPOINTS = new Set(["trade_bill", "fund_bill", "bill_download"]);
export const isOfBill = (name: FaultName): boolean => BILL_ENDPOINTS.has(endpointOf(name));

/** A silent WeChat costs its caller six seconds; as often as the others it would only cost time. */
const TIMEOUT_WEIGHT = 0.3;
const weightOf = (name: FaultName) => (kindOf(name) === "timeout" ? TIMEOUT_WEIGHT : 1);

/** Rates for the sandbox's own chaos: every kind at every endpoint, none much more than another. */
export function chaosRates(): Record<FaultName, number> {
  const rates: Record<FaultName, number> = {};
  for (const name of FAULTS.filter((one) => !isOfBill(one))) {
    const endpoint = endpointOf(name);
    const ofEndpoint = FAULTS.filter((one) => endpointOf(one) === endpoint);
    const weight = ofEndpoint.reduce((sum, one) => sum + weightOf(one), 0);
    const share = endpoint === "notify" ? SHARE_OF_NOTIFIES : SHARE_OF_REQUESTS;
    rates[name] = (share * weightOf(name)) / weight;
  }
  return rates;
}
