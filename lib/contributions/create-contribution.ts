/**
 * A friend asks to add one unit (R13–R17, R19): decide, take a place, order at WeChat. The one
 * conditional update that takes the place owns `paid + held ≤ cap`, whatever was decided before it.
 */
import { isStaleDecision, isUniqueViolation } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { DomainError, keyMismatch } from "@/lib/errors/errors";
import { findUser } from "@/lib/identity/queries";
import { newId, newOutTradeNo } from "@/lib/ids";
import { askOrder } from "@/lib/payments/ask-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { makePayable } from "@/lib/payments/make-payable";
import { findLiveGift, findOrder, findOrderByKey, type OrderRow } from "@/lib/payments/orders";
import { refuseIfUnavailable } from "@/lib/payments/provider-unavailable";
import { isPayable, nextCheckAt } from "@/lib/payments/rules";
import { getPlan } from "@/lib/plans/queries";
import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { holdExpiresAt } from "@/lib/pricing/term";
import type { CreateContribution } from "./contract";
import { type ContributionState, decideContribution } from "./rules";

const POLICY_TO_SUPPORT = {
  name: "policy_to_support",
  text: `SELECT id, user_id AS "userId", asker_name AS "askerName", plan_version AS "planVersion", status,
      units_paid AS "unitsPaid", units_held AS "unitsHeld", units_max AS "unitsMax",
      collecting_until AS "collectingUntil",
      (SELECT count(*)::int FROM orders o WHERE o.payer_id = $2 AND o.kind = 'gift'
        AND o.state IN ('pending', 'settled') AND o.created_at >= $3) AS "giftsToday"
    FROM policies WHERE code = $1`,
};
const TAKE_PLACE = {
  name: "take_place",
  text: `WITH place AS (
      UPDATE policies SET units_held = units_held + 1
      WHERE id = $3 AND status = 'active' AND collecting_until > $12 AND units_paid + units_held < units_max
      RETURNING id)
    INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
      message, is_anonymous, idempotency_key, state, expires_at, next_check_at, created_at)
    SELECT $1, $2, 'gift', place.id, $4, $5, $6, $7, $8, $9, $10, 'pending', $11, $13, $12 FROM place
    RETURNING id`,
};

const SAVE_WORDS = {
  name: "save_words",
  text: "UPDATE orders SET message = $2, is_anonymous = $3 WHERE id = $1 AND state = 'pending'",
};

interface PolicyToSupport {
  id: string;
  userId: string;
  askerName: string;
  planVersion: string;
  status: ContributionState["policy"]["status"];
  unitsPaid: number;
  unitsHeld: number;
  unitsMax: number;
  collectingUntil: Date | null;
  giftsToday: number;
}

export interface ContributionRequest {
  code: string;
  userId: string;
  input: CreateContribution;
  idempotencyKey: string;
}

/** Each turn means that a row changed under us or an expired order was put away; three is plenty. */
const ATTEMPTS_MAX = 4;

/**
 * @returns the order to pay. The same key answers with the same order; another key of the same payer
 *   continues his open order, so that a double tap never orders twice.
 * @throws DomainError not_found, idempotency_mismatch, own_policy, already_supported,
 *   policy_not_open, collecting_closed, cap_reached, daily_limit_reached (R16), provider_unavailable.
 */
export async function createContribution(
  deps: Deps,
  request: ContributionRequest,
): Promise<{ order: PayableOrder }> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const now = deps.now();
    const policy = await findPolicy(deps, request, now);
    if (!policy) throw new DomainError("not_found");
    const replayed = await findOrderByKey(deps.db, request.userId, request.idempotencyKey);
    if (replayed) requireSameContent(replayed, policy.id, request);
    const live = await findLiveGift(deps.db, policy.id, request.userId);
    if (live && isPayable(live, now)) {
      if (!replayed) await saveWords(deps, live, request.input);
      return { order: await makePayable(deps, live) };
    }
    if (live?.state === "pending") {
      await refuseIfUnavailable(live.outTradeNo, askOrder(deps, live, { canClose: "now" }));
      continue;
    }
    const payer = {
      isInsured: policy.userId === request.userId,
      hasSupported: live?.state === "settled",
    };
    const decision = decideContribution({ policy, payer }, now);
    if (!decision.ok) throw new DomainError(decision.code);
    // A key whose order has ended stays ended: yesterday's refusal never becomes today's charge.
    if (replayed) throw keyMismatch("Idempotency-Key");
    const order = await takePlace(deps, request, policy, now);
    if (order) return { order: await makePayable(deps, order) };
  }
  throw new DomainError("unavailable", { retryAfterSeconds: 1 });
}

async function findPolicy(
  deps: Deps,
  { code, userId }: ContributionRequest,
  now: Date,
): Promise<PolicyToSupport | null> {
  const dayStart = startOfShanghaiDay(shanghaiDateOf(now));
  const [row] = await deps.db.query<PolicyToSupport>(POLICY_TO_SUPPORT, [code, userId, dayStart]);
  return row ?? null;
}

/** Null when the place or the payer's slot went to somebody faster: look again. */
async function takePlace(
  deps: Deps,
  { userId, input, idempotencyKey }: ContributionRequest,
  policy: PolicyToSupport,
  now: Date,
): Promise<OrderRow | null> {
  const { plan } = await getPlan(deps, policy.planVersion);
  if (policy.giftsToday >= plan.giftsPerDayMax) {
    const tomorrow = startOfShanghaiDay(addDays(shanghaiDateOf(now), 1));
    const retryAfterSeconds = Math.ceil((tomorrow.getTime() - now.getTime()) / 1000);
    throw new DomainError("daily_limit_reached", { retryAfterSeconds });
  }
  const user = await findUser(deps, userId);
  if (!user) throw new DomainError("not_authenticated");
  const expiresAt = holdExpiresAt(plan, now);
  const outTradeNo = newOutTradeNo(shanghaiDateOf(now));
  try {
    const rows = await deps.db.query(TAKE_PLACE, [
      newId("order", now),
      outTradeNo,
      policy.id,
      userId,
      user.openid,
      plan.unitPremiumFen,
      `微互助 · 给${policy.askerName}添一份防癌保障`,
      input.message || null,
      input.anonymous ?? false,
      idempotencyKey,
      expiresAt,
      now,
      nextCheckAt({ checksCount: 0, expiresAt }, now),
    ]);
    return rows.length > 0 ? await findOrder(deps.db, outTradeNo) : null;
  } catch (error) {
    const lostRace =
      isUniqueViolation(error, "orders_one_live_gift") ||
      isUniqueViolation(error, "orders_payer_id_idempotency_key_key") ||
      isStaleDecision(error);
    if (lostRace) return null;
    throw error;
  }
}

/** Who comes back to an unpaid order with other words means the later ones. */
async function saveWords(deps: Deps, order: OrderRow, input: CreateContribution): Promise<void> {
  await deps.db.query(SAVE_WORDS, [order.id, input.message || null, input.anonymous ?? false]);
}

function requireSameContent(
  order: OrderRow,
  policyId: string,
  { input }: ContributionRequest,
): void {
  if (order.policyId !== policyId) throw keyMismatch("code");
  if (order.message !== (input.message || null)) throw keyMismatch("message");
  if (order.isAnonymous !== (input.anonymous ?? false)) throw keyMismatch("anonymous");
}
