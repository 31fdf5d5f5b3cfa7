/**
 * R6–R9: one person applies for his own policy. Nothing is ordered before every answer and every
 * accepted text is on record; an unfinished application is continued, never doubled.
 */
import { isStaleDecision, isUniqueViolation } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { assert, DomainError, keyMismatch } from "@/lib/errors/errors";
import { findUser } from "@/lib/identity/queries";
import { newId, newOutTradeNo, newPolicyCode } from "@/lib/ids";
import { askOrder } from "@/lib/payments/ask-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { makePayable } from "@/lib/payments/make-payable";
import { findOrder, findOrderByKey, findPendingFirst, type OrderRow } from "@/lib/payments/orders";
import { refuseIfUnavailable } from "@/lib/payments/provider-unavailable";
import { isPayable, nextCheckAt } from "@/lib/payments/rules";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { CURRENT_PLAN_VERSION, getPlan } from "@/lib/plans/queries";
import { HEALTH_QUESTIONS_SHA256 } from "@/lib/plans/questions-hash";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { unitsMaxFor } from "@/lib/pricing/caps";
import type { Plan } from "@/lib/pricing/plan";
import { effectiveOnAfter, holdExpiresAt } from "@/lib/pricing/term";
import type { CreateApplication } from "./contract";
import { type ApplicationDecision, askerNameOf, decideApplication } from "./rules";

const EXISTING_POLICIES = {
  name: "policies_of_identity",
  text: `SELECT id, code, status FROM policies
    WHERE plan_version = $1 AND ((status = 'active' AND (id_number_index = $2 OR user_id = $3))
      OR (status = 'pending_payment' AND user_id = $3))`,
};
// $1–$18 are the declaration, see `declarationValues`; a row of personal data is only written
// together with the policy that needs it.
const DECLARE = `person AS (
      INSERT INTO identities (id, user_id, name_cipher, id_number_cipher, id_number_index, phone_cipher, created_at)
      SELECT $1, $2, $3, $4, $5, $6, $7 FROM policy),
    declaration AS (
      INSERT INTO applications (id, policy_id, identity_id, plan_version, health_answers, questions_sha256,
        documents, consents, created_at)
      SELECT $8, policy.id, $1, $9, $10, $11, $12, $13, $7 FROM policy)`;
// One statement: the declaration, the policy that waits for its first yuan, and the order for it.
// A second attempt moves its own pending policy to the new declaration instead of making another.
const WRITE_APPLICATION = {
  name: "write_application",
  text: `WITH policy AS (
      INSERT INTO policies (id, code, user_id, identity_id, id_number_index, plan_version, asker_name, band,
        age_at_issue, cover_per_unit_yuan, units_max, status, units_held, created_at)
      VALUES ($19, $20, $2, $1, $5, $9, $14, $15, $16, $17, $18, 'pending_payment', 1, $7)
      ON CONFLICT (plan_version, user_id) WHERE status = 'pending_payment' DO UPDATE
        SET identity_id = EXCLUDED.identity_id, id_number_index = EXCLUDED.id_number_index, asker_name = EXCLUDED.asker_name, band = EXCLUDED.band,
          age_at_issue = EXCLUDED.age_at_issue, cover_per_unit_yuan = EXCLUDED.cover_per_unit_yuan,
          units_max = EXCLUDED.units_max, units_held = policies.units_held + 1
        WHERE policies.units_held = 0
      RETURNING id),
    ${DECLARE}
    INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
      idempotency_key, state, expires_at, next_check_at, created_at)
    SELECT $21, $22, 'first', policy.id, $2, $23, $24, $25, $26, 'pending', $27, $28, $7 FROM policy
    RETURNING id`,
};
// Somebody went back and mended his name or number before paying: the open order stays.
const MEND_DECLARATION = {
  name: "mend_declaration",
  text: `WITH policy AS (
      UPDATE policies SET identity_id = $1, id_number_index = $5, asker_name = $14, band = $15, age_at_issue = $16,
        cover_per_unit_yuan = $17, units_max = $18
      WHERE id = $19 AND status = 'pending_payment' RETURNING id),
    ${DECLARE}
    SELECT id FROM policy`,
};
const DECLARED_PERSON = {
  name: "declared_person",
  text: `SELECT i.id, i.name_cipher AS "nameCipher", i.phone_cipher AS "phoneCipher",
      p.id_number_index AS "idNumberIndex", p.band, p.age_at_issue AS "ageAtIssue"
    FROM policies p JOIN identities i ON i.id = p.identity_id WHERE p.id = $1`,
};

type Accepted = Extract<ApplicationDecision, { ok: true }>;

interface Application {
  userId: string;
  input: CreateApplication;
  idempotencyKey: string;
}

/** A first order that expires between two looks is closed and looked at again; twice is plenty. */
const ATTEMPTS_MAX = 4;

/**
 * @returns the policy's share code and the order to pay; the same again for the same key.
 * @throws DomainError invalid_input, documents_outdated, age_out_of_range, health_declined,
 *   already_insured, idempotency_mismatch, provider_unavailable.
 */
export async function applyForPolicy(
  deps: Deps,
  request: Application,
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
    // In this order: a policy is written with its order, so a key that is found has its policy.
    const replayed = await findOrderByKey(deps.db, request.userId, request.idempotencyKey);
    const mine = await findOwnPending(deps, request.userId, idNumberIndex);
    const open = replayed ?? (mine ? await findPendingFirst(deps.db, mine.id) : null);
    if (replayed && replayed.policyId !== mine?.id) throw keyMismatch("Idempotency-Key");
    if (open && mine) {
      if (isPayable(open, now)) {
        const changed = await findChange(deps, mine.id, request.input, decision, idNumberIndex);
        if (changed && changed !== "age" && replayed) throw keyMismatch(changed);
        if (changed && !(await mend(deps, mine.id, request, decision, idNumberIndex))) continue;
        return { policyCode: mine.code, order: await makePayable(deps, open) };
      }
      if (replayed) throw keyMismatch("Idempotency-Key");
      await refuseIfUnavailable(open.outTradeNo, askOrder(deps, open, { canClose: "now" }));
      continue;
    }
    const order = await writeApplication(deps, request, decision, idNumberIndex);
    if (!order) continue;
    const policy = await findOwnPending(deps, request.userId, idNumberIndex);
    if (policy) return { policyCode: policy.code, order: await makePayable(deps, order) };
  }
  throw new DomainError("unavailable", { retryAfterSeconds: 1 });
}

/**
 * The account's unfinished policy.
 *
 * @throws DomainError already_insured when this person is insured already, by whatever account (R7),
 *   or this account insures somebody already (R6).
 */
async function findOwnPending(deps: Deps, userId: string, idNumberIndex: string) {
  const rows = await deps.db.query<{ id: string; code: string; status: string }>(
    EXISTING_POLICIES,
    [CURRENT_PLAN_VERSION, idNumberIndex, userId],
  );
  if (rows.some((row) => row.status === "active")) throw new DomainError("already_insured");
  return rows[0] ?? null;
}

/** What differs from the declaration on record; a night may have passed since, and a birthday. */
async function findChange(
  deps: Deps,
  policyId: string,
  input: CreateApplication,
  accepted: Accepted,
  idNumberIndex: string,
): Promise<"idNumber" | "name" | "phone" | "age" | null> {
  const [person] = await deps.db.query<{
    id: string;
    nameCipher: string;
    phoneCipher: string;
    idNumberIndex: string;
    band: string;
    ageAtIssue: number;
  }>(DECLARED_PERSON, [policyId]);
  assert(person, "a policy has its person");
  if (person.idNumberIndex !== idNumberIndex) return "idNumber";
  const name = deps.vault.open(person.nameCipher, `identities.name.${person.id}`);
  if (name !== input.name) return "name";
  const phone = deps.vault.open(person.phoneCipher, `identities.phone.${person.id}`);
  if (phone !== input.phone) return "phone";
  return person.ageAtIssue === accepted.age && person.band === accepted.band.name ? null : "age";
}

/** False when the policy was paid in the meantime: look again. */
async function mend(
  deps: Deps,
  policyId: string,
  request: Application,
  accepted: Accepted,
  idNumberIndex: string,
): Promise<boolean> {
  const { plan } = await getPlan(deps, CURRENT_PLAN_VERSION);
  const values = declarationValues(deps, request, accepted, { plan, idNumberIndex });
  const rows = await deps.db.query(MEND_DECLARATION, [...values, policyId]);
  return rows.length > 0;
}

/** $1–$18 of the statements above. */
function declarationValues(
  deps: Deps,
  { userId, input }: Application,
  accepted: Accepted,
  { plan, idNumberIndex }: { plan: Plan; idNumberIndex: string },
): readonly unknown[] {
  const now = deps.now();
  const identityId = newId("identity", now);
  const { coverPerUnitYuan, name: band } = accepted.band;
  return [
    identityId,
    userId,
    deps.vault.seal(input.name, `identities.name.${identityId}`),
    deps.vault.seal(accepted.idNumber, `identities.id_number.${identityId}`),
    idNumberIndex,
    deps.vault.seal(input.phone, `identities.phone.${identityId}`),
    now,
    newId("application", now),
    plan.version,
    JSON.stringify(input.healthAnswers),
    HEALTH_QUESTIONS_SHA256,
    JSON.stringify(input.documents),
    JSON.stringify(input.consents),
    askerNameOf(input.name),
    band,
    accepted.age,
    coverPerUnitYuan,
    unitsMaxFor(plan, coverPerUnitYuan),
  ];
}

async function writeApplication(
  deps: Deps,
  request: Application,
  accepted: Accepted,
  idNumberIndex: string,
): Promise<OrderRow | null> {
  const now = deps.now();
  const { plan } = await getPlan(deps, CURRENT_PLAN_VERSION);
  const user = await findUser(deps, request.userId);
  if (!user) throw new DomainError("not_authenticated");
  const outTradeNo = newOutTradeNo(shanghaiDateOf(now));
  const expiresAt = holdExpiresAt(plan, now);
  try {
    const rows = await deps.db.query(WRITE_APPLICATION, [
      ...declarationValues(deps, request, accepted, { plan, idNumberIndex }),
      newId("policy", now),
      newPolicyCode(),
      newId("order", now),
      outTradeNo,
      user.openid,
      plan.unitPremiumFen,
      "微互助 · 我的第 1 份防癌保障",
      request.idempotencyKey,
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
