/**
 * R6–R9: one person applies for his own policy. Nothing is ordered before every answer and every
 * accepted text is on record; an unfinished application is continued, never doubled.
 */
import { isStaleDecision, isUniqueViolation } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { findUser } from "@/lib/identity/queries";
import { newId, newOutTradeNo, newPolicyCode } from "@/lib/ids";
import { askOrder } from "@/lib/payments/ask-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { makePayable } from "@/lib/payments/make-payable";
import { findOrder, findOrderByKey, findPendingFirst, type OrderRow } from "@/lib/payments/orders";
import { isPayable, nextCheckAt } from "@/lib/payments/rules";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { CURRENT_PLAN_VERSION, getPlan } from "@/lib/plans/queries";
import { HEALTH_QUESTIONS_SHA256 } from "@/lib/plans/questions-hash";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { unitsMaxFor } from "@/lib/pricing/caps";
import { effectiveOnAfter, holdExpiresAt } from "@/lib/pricing/term";
import type { CreateApplication } from "./contract";
import { type ApplicationDecision, askerNameOf, decideApplication } from "./rules";

const EXISTING_POLICIES = {
  name: "policies_of_identity",
  text: `SELECT id, code, status, user_id = $3 AS "isMine" FROM policies
    WHERE plan_version = $1 AND id_number_index = $2
      AND (status = 'active' OR (status = 'pending_payment' AND user_id = $3))`,
};
// One statement: the declaration, the policy that waits for its first yuan, and the order for it.
// A second attempt moves its own pending policy to the new declaration instead of making another.
const WRITE_APPLICATION = {
  name: "write_application",
  text: `WITH person AS (
      INSERT INTO identities (id, user_id, name_cipher, id_number_cipher, id_number_index, phone_cipher, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)),
    policy AS (
      INSERT INTO policies (id, code, user_id, identity_id, id_number_index, plan_version, asker_name, band,
        age_at_issue, cover_per_unit_yuan, units_max, status, units_held, created_at)
      VALUES ($8, $9, $2, $1, $5, $10, $11, $12, $13, $14, $15, 'pending_payment', 1, $7)
      ON CONFLICT (user_id, plan_version, id_number_index) WHERE status = 'pending_payment' DO UPDATE
        SET identity_id = EXCLUDED.identity_id, asker_name = EXCLUDED.asker_name, band = EXCLUDED.band,
          age_at_issue = EXCLUDED.age_at_issue, cover_per_unit_yuan = EXCLUDED.cover_per_unit_yuan,
          units_max = EXCLUDED.units_max, units_held = policies.units_held + 1
        WHERE policies.units_held = 0
      RETURNING id),
    declaration AS (
      INSERT INTO applications (id, policy_id, identity_id, plan_version, health_answers, questions_sha256,
        documents, consents, created_at)
      SELECT $16, policy.id, $1, $10, $17, $18, $19, $20, $7 FROM policy)
    INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
      idempotency_key, state, expires_at, next_check_at, created_at)
    SELECT $21, $22, 'first', policy.id, $2, $23, $24, $25, $26, 'pending', $27, $28, $7 FROM policy
    RETURNING id`,
};

/** A first order that expires between two looks is closed and looked at again; twice is plenty. */
const ATTEMPTS_MAX = 4;

/**
 * @returns the policy's share code and the order to pay; the same again for the same key.
 * @throws DomainError invalid_input, documents_outdated, age_out_of_range, health_declined,
 *   already_insured, idempotency_mismatch, provider_unavailable.
 */
export async function applyForPolicy(
  deps: Deps,
  request: { userId: string; input: CreateApplication; idempotencyKey: string },
): Promise<{ policyCode: string; order: PayableOrder }> {
  const now = deps.now();
  const published = await getPlan(deps, CURRENT_PLAN_VERSION);
  const decision = decideApplication(request.input, {
    plan: published.plan,
    questionIds: HEALTH_QUESTIONS.map(({ id }) => id),
    documents: published.documents,
    today: shanghaiDateOf(now),
    effectiveOn: effectiveOnAfter(now),
  });
  if (!decision.ok) throw new DomainError(decision.code, { fields: decision.fields });

  const idNumberIndex = deps.vault.blindIndex(decision.idNumber);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const mine = await findOwnPending(deps, request.userId, idNumberIndex);
    const replayed = await findOrderByKey(deps.db, request.userId, request.idempotencyKey);
    const open = replayed ?? (mine ? await findPendingFirst(deps.db, mine.id) : null);
    if (replayed && replayed.policyId !== mine?.id) throw keyMismatch("idNumber");
    if (open && mine) {
      if (isPayable(open, now)) {
        return { policyCode: mine.code, order: await makePayable(deps, open) };
      }
      if (replayed) throw keyMismatch("Idempotency-Key");
      await askOrder(deps, open, { canClose: "now" });
      continue;
    }
    const order = await writeApplication(deps, request, decision, idNumberIndex);
    if (!order) continue;
    const policy = await findOwnPending(deps, request.userId, idNumberIndex);
    if (policy) return { policyCode: policy.code, order: await makePayable(deps, order) };
  }
  throw new DomainError("unavailable", { retryAfterSeconds: 1 });
}

/** @throws DomainError already_insured (R7), whoever's account holds the live policy. */
async function findOwnPending(deps: Deps, userId: string, idNumberIndex: string) {
  const rows = await deps.db.query<{ id: string; code: string; status: string; isMine: boolean }>(
    EXISTING_POLICIES,
    [CURRENT_PLAN_VERSION, idNumberIndex, userId],
  );
  if (rows.some((row) => row.status === "active")) throw new DomainError("already_insured");
  return rows[0] ?? null;
}

async function writeApplication(
  deps: Deps,
  {
    userId,
    input,
    idempotencyKey,
  }: { userId: string; input: CreateApplication; idempotencyKey: string },
  accepted: Extract<ApplicationDecision, { ok: true }>,
  idNumberIndex: string,
): Promise<OrderRow | null> {
  const now = deps.now();
  const { plan } = await getPlan(deps, CURRENT_PLAN_VERSION);
  const user = await findUser(deps, userId);
  if (!user) throw new DomainError("not_authenticated");
  const identityId = newId("identity", now);
  const outTradeNo = newOutTradeNo(shanghaiDateOf(now));
  const expiresAt = holdExpiresAt(plan, now);
  const { coverPerUnitYuan, name: band } = accepted.band;
  try {
    const rows = await deps.db.query(WRITE_APPLICATION, [
      identityId,
      userId,
      deps.vault.seal(input.name, `identities.name.${identityId}`),
      deps.vault.seal(accepted.idNumber, `identities.id_number.${identityId}`),
      idNumberIndex,
      deps.vault.seal(input.phone, `identities.phone.${identityId}`),
      now,
      newId("policy", now),
      newPolicyCode(),
      plan.version,
      askerNameOf(input.name),
      band,
      accepted.age,
      coverPerUnitYuan,
      unitsMaxFor(plan, coverPerUnitYuan),
      newId("application", now),
      JSON.stringify(input.healthAnswers),
      HEALTH_QUESTIONS_SHA256,
      JSON.stringify(input.documents),
      JSON.stringify(input.consents),
      newId("order", now),
      outTradeNo,
      user.openid,
      plan.unitPremiumFen,
      "微互助 · 我的第 1 份防癌保障",
      idempotencyKey,
      expiresAt,
      nextCheckAt({ checksCount: 0, expiresAt }, now),
    ]);
    return rows.length > 0 ? await findOrder(deps.db, outTradeNo) : null;
  } catch (error) {
    // Another tap of the same person won; the next look finds its order.
    if (isUniqueViolation(error, "orders_payer_id_idempotency_key_key") || isStaleDecision(error)) {
      return null;
    }
    throw error;
  }
}

function keyMismatch(name: string): DomainError {
  return new DomainError("idempotency_mismatch", {
    fields: [{ name, code: "differs", reason: "differs from the first request with this key" }],
  });
}
