/**
 * A friend asks to add one unit (R13–R17, R19): decide, take a place, order at WeChat. The one
 * conditional update that takes the place owns `paid + held ≤ cap`, whatever was decided before it.
 */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { fingerprintOf } from "@/lib/idempotency/fingerprint";
import { type KeyedRequest, orNullWhenLost } from "@/lib/idempotency/keys";
import { orderOnce } from "@/lib/idempotency/order-once";
import { newId, newOutTradeNo } from "@/lib/ids";
import { askOrder } from "@/lib/payments/ask-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { findLiveGift, ORDER_COLUMNS, type OrderRow } from "@/lib/payments/orders";
import { refuseIfUnavailable } from "@/lib/payments/provider-unavailable";
import { isPayable, nextCheckAt } from "@/lib/payments/rules";
import { getPlan } from "@/lib/plans/queries";
import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { holdExpiresAt } from "@/lib/pricing/term";
import { IS_GUARDED, REPLACE_WORDS, WORDS_COLUMNS } from "@/lib/words/replace-words";
import { reviewWords } from "@/lib/words/review-words";
import type { CreateContribution } from "./contract";
import { type ContributionState, decideContribution } from "./rules";

const POLICY_TO_SUPPORT = {
  name: "policy_to_support",
  text: `SELECT p.id, p.user_id AS "userId", p.asker_name AS "askerName", p.plan_version AS "planVersion", p.status,
      p.units_paid AS "unitsPaid", p.units_held AS "unitsHeld", p.units_max AS "unitsMax",
      p.collecting_until AS "collectingUntil", u.openid AS "payerOpenid",
      EXISTS (SELECT 1 FROM orders o WHERE o.policy_id = p.id AND o.payer_id = $2 AND o.kind = 'gift'
        AND o.state IN ('pending', 'settled')) AS "hasLiveGift",
      (SELECT count(*)::int FROM orders o WHERE o.payer_id = $2 AND o.kind = 'gift'
        AND o.state IN ('pending', 'settled') AND o.created_at >= $3) AS "giftsToday"
    FROM policies p LEFT JOIN users u ON u.id = $2 WHERE p.code = $1`,
};
// The key is the order's twin: neither exists without the other (F26). `take_turn` makes a payer's orders
// one after another, so that each counts those before it, whatever policy they are for (R16).
const takePlaceStatement = (
  alsoWrite: string,
) => `WITH turn AS MATERIALIZED (SELECT take_turn($4, $13) AS gifts),
    place AS (
      UPDATE policies SET units_held = units_held + 1 FROM turn
      WHERE turn.gifts < $14 AND id = $3 AND status = 'active' AND collecting_until > $11 AND units_paid + units_held < units_max
      RETURNING id),
    ordered AS (
      INSERT INTO orders AS o (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
        is_anonymous, state, expires_at, next_check_at, created_at)
      SELECT $1, $2, 'gift', place.id, $4, $5, $6, $7, $8, 'pending', $10, $12, $11 FROM place
      RETURNING ${ORDER_COLUMNS})${alsoWrite},
    remembered AS (
      INSERT INTO idempotency_keys (payer_id, key, purpose, fingerprint, order_id, created_at)
      SELECT $4, $9, 'contribution', $15, ordered.id, $11 FROM ordered)
    SELECT * FROM ordered`;
const TAKE_PLACE = { name: "take_place", text: takePlaceStatement("") };
// A wish is written with its order, and an order without one pays nothing for it.
const TAKE_PLACE_WITH_WISH = {
  name: "take_place_with_wish",
  text: takePlaceStatement(`,
    wished AS (
      INSERT INTO words (${WORDS_COLUMNS})
      SELECT $16, 'wish', $4, $3, ordered.id, $17, $18, $19, $11, $11 FROM ordered)`),
};
// Who comes back to an unpaid order with another key and other words means the later ones.
const joinOrderStatement = (alsoWrite: string) => `WITH joined AS (
      UPDATE orders SET is_anonymous = $2 WHERE id = $1 AND state = 'pending' RETURNING id, policy_id, payer_id),
    wished AS (${alsoWrite})
    INSERT INTO idempotency_keys (payer_id, key, purpose, fingerprint, order_id, created_at)
    SELECT $3, $4, 'contribution', $5, joined.id, $6 FROM joined RETURNING key`;
const JOIN_ORDER = {
  name: "join_order",
  text: joinOrderStatement(
    `DELETE FROM words w USING joined WHERE w.order_id = joined.id AND w.kind = 'wish' AND NOT ${IS_GUARDED}`,
  ),
};
const JOIN_ORDER_WITH_WISH = {
  name: "join_order_with_wish",
  text: joinOrderStatement(`
      INSERT INTO words AS w (${WORDS_COLUMNS})
      SELECT $7, 'wish', joined.payer_id, joined.policy_id, joined.id, $8, $9, $10, $6, $6 FROM joined
      ON CONFLICT (order_id, kind) ${REPLACE_WORDS}`),
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
  /** Null when the session outlived the account. */
  payerOpenid: string | null;
  hasLiveGift: boolean;
  giftsToday: number;
}

export interface ContributionRequest {
  code: string;
  userId: string;
  input: CreateContribution;
  idempotencyKey: string;
}

/**
 * @returns the order to pay. The same key answers with the same order; another key of the same payer
 *   continues his open order, so that a double tap never orders twice.
 * @throws DomainError not_found, idempotency_mismatch, order_closed (the key's own order), own_policy,
 *   already_supported, policy_not_open, collecting_closed, cap_reached, daily_limit_reached (R16),
 *   provider_unavailable.
 */
export async function createContribution(
  deps: Deps,
  request: ContributionRequest,
): Promise<{ order: PayableOrder }> {
  const keyed = keyedRequest(deps, request);
  const { order } = await orderOnce(deps, keyed, {
    create: () => continueOrTakePlace(deps, request, keyed),
    whenPaid: "already_supported",
  });
  return { order };
}

function keyedRequest(
  deps: Deps,
  { code, userId, input, idempotencyKey }: ContributionRequest,
): KeyedRequest {
  const owner = { payerId: userId, key: idempotencyKey };
  const { message, isAnonymous } = wordsOf(input);
  const content = { code, message, anonymous: isAnonymous };
  const fingerprint = fingerprintOf(deps.vault, owner, content);
  return { ...owner, purpose: "contribution", fingerprint };
}

/** As they are stored: no wish and an empty one are the same. */
function wordsOf({ message, anonymous }: CreateContribution) {
  return { message: message || null, isAnonymous: anonymous ?? false };
}

/** The payer's open order, or a new one; null when something changed meanwhile: look again. */
async function continueOrTakePlace(
  deps: Deps,
  request: ContributionRequest,
  keyed: KeyedRequest,
): Promise<OrderRow | null> {
  const now = deps.now();
  const policy = await findPolicy(deps, request, now);
  if (!policy) throw new DomainError("not_found");
  const live = policy.hasLiveGift ? await findLiveGift(deps.db, policy.id, request.userId) : null;
  if (live && isPayable(live, now)) return joinOrder(deps, live, request.input, keyed);
  if (live?.state === "pending") {
    await refuseIfUnavailable(live.outTradeNo, askOrder(deps, live, { canClose: "now" }));
    return null;
  }
  const payer = {
    isInsured: policy.userId === request.userId,
    hasSupported: live?.state === "settled",
  };
  const decision = decideContribution({ policy, payer }, now);
  if (!decision.ok) throw new DomainError(decision.code);
  return takePlace(deps, { policy, input: request.input, keyed, now });
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

/** Null when the order ended or the key got its answer in the meantime: look again. */
async function joinOrder(
  deps: Deps,
  order: OrderRow,
  input: CreateContribution,
  { payerId, key, fingerprint }: KeyedRequest,
): Promise<OrderRow | null> {
  const { message, isAnonymous } = wordsOf(input);
  const now = deps.now();
  const wish = await reviewedWish(deps, message, now);
  const values = [order.id, isAnonymous, payerId, key, fingerprint, now, ...wish];
  const statement = message ? JOIN_ORDER_WITH_WISH : JOIN_ORDER;
  const rows = await orNullWhenLost(deps.db.query(statement, values));
  return rows && rows.length > 0 ? order : null;
}

/** Null when the place, the payer's slot or the key went to somebody faster: look again. */
async function takePlace(
  deps: Deps,
  {
    policy,
    input,
    keyed: { payerId, key, fingerprint },
    now,
  }: { policy: PolicyToSupport; input: CreateContribution; keyed: KeyedRequest; now: Date },
): Promise<OrderRow | null> {
  if (!policy.payerOpenid) throw new DomainError("not_authenticated");
  const { plan } = await getPlan(deps, policy.planVersion);
  const today = shanghaiDateOf(now);
  if (policy.giftsToday >= plan.giftsPerDayMax) {
    const tomorrow = startOfShanghaiDay(addDays(today, 1));
    const retryAfterSeconds = Math.ceil((tomorrow.getTime() - now.getTime()) / 1000);
    throw new DomainError("daily_limit_reached", { retryAfterSeconds });
  }
  const { message, isAnonymous } = wordsOf(input);
  const expiresAt = holdExpiresAt(plan, now);
  const values = [
    newId("order", now),
    newOutTradeNo(today),
    policy.id,
    payerId,
    policy.payerOpenid,
    plan.unitPremiumFen,
    `微互助 · 给${policy.askerName}添一份防癌保障`,
    isAnonymous,
    key,
    expiresAt,
    now,
    nextCheckAt({ checksCount: 0, expiresAt }, now),
    startOfShanghaiDay(today),
    plan.giftsPerDayMax,
    fingerprint,
    ...(await reviewedWish(deps, message, now)),
  ];
  const statement = message ? TAKE_PLACE_WITH_WISH : TAKE_PLACE;
  const rows = await orNullWhenLost(deps.db.query<OrderRow>(statement, values));
  return rows?.[0] ?? null;
}

/** The wish's own columns, or none when there is no wish. */
async function reviewedWish(deps: Deps, message: string | null, now: Date): Promise<unknown[]> {
  if (!message) return [];
  const { state, verdict } = await reviewWords(deps, message, "wish");
  return [newId("words", now), message, state, verdict];
}
