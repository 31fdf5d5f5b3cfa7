/**
 * One key, one answer (Stripe's rule, with the order's own state in place of a stored body): the
 * first request decides, every other one with the same key hears the same.
 */
import type { Deps } from "@/lib/deps";
import { assert, DomainError, keyMismatch } from "@/lib/errors/errors";
import { askOrder } from "@/lib/payments/ask-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { makePayable } from "@/lib/payments/make-payable";
import { findOrderByKey, type OrderRow } from "@/lib/payments/orders";
import { refuseIfUnavailable } from "@/lib/payments/provider-unavailable";
import { isPayable } from "@/lib/payments/rules";
import { findKey, type KeyedRequest, rememberKey, type StoredKey } from "./keys";
import { compareFingerprints, isKept } from "./rules";

/** What the key of an order that became a unit answers. */
type PaidCode = "already_supported" | "already_insured";

/** Each turn means that a row changed under us or an expired order was put away; three is plenty. */
const ATTEMPTS_MAX = 4;

/**
 * The order of a request's key, ready to be paid. `create` runs for a key that is not known yet: it
 * stores the key with the order it makes or joins, and returns null to look again because something
 * changed under it. Its refusals are stored here (see `isKept`).
 *
 * @throws DomainError idempotency_mismatch that names the field, order_closed for ever once the
 *   key's order has ended without a unit, the stored refusal, or what `create` throws.
 */
export async function orderOnce(
  deps: Deps,
  request: KeyedRequest,
  work: { create(): Promise<OrderRow | null>; whenPaid: PaidCode },
): Promise<{ policyCode: string; order: PayableOrder }> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await findKey(deps.db, request);
    if (stored) requireSameRequest(stored, request);
    const order = stored
      ? await replayOrder(deps, request, work.whenPaid)
      : await createOrRemember(deps, request, work.create);
    if (order) return { policyCode: order.policyCode, order: await makePayable(deps, order) };
  }
  throw new DomainError("unavailable", { retryAfterSeconds: 1 });
}

async function createOrRemember(
  deps: Deps,
  request: KeyedRequest,
  create: () => Promise<OrderRow | null>,
): Promise<OrderRow | null> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof DomainError) || !isKept(error.code)) throw error;
    if (await rememberKey(deps.db, request, { refusal: error }, deps.now())) throw error;
    // Another request with this key was answered first, and that is the answer.
    return null;
  }
}

function requireSameRequest({ purpose, fingerprint, failure }: StoredKey, sent: KeyedRequest) {
  if (purpose !== sent.purpose) throw keyMismatch("Idempotency-Key");
  const field = compareFingerprints(fingerprint, sent.fingerprint);
  if (field !== null) throw keyMismatch(field);
  if (!failure) return;
  const { code, fields, retryAfterSeconds } = failure;
  throw new DomainError(code, { fields, ...(retryAfterSeconds !== null && { retryAfterSeconds }) });
}

/**
 * The key's order while it can be paid. One that has too little time left is put away first, so that
 * it cannot be paid after we called it closed; null then, because WeChat may have had a payment.
 */
async function replayOrder(
  deps: Deps,
  { payerId, key }: KeyedRequest,
  whenPaid: PaidCode,
): Promise<OrderRow | null> {
  const order = await findOrderByKey(deps.db, payerId, key);
  assert(order, "a key without a refusal has its order");
  if (isPayable(order, deps.now())) return order;
  if (order.state !== "pending") {
    throw new DomainError(order.state === "settled" ? whenPaid : "order_closed");
  }
  await refuseIfUnavailable(order.outTradeNo, askOrder(deps, order, { canClose: "now" }));
  return null;
}
