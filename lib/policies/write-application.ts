/** The statements of an application: declaration, policy, order and key are written together. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { type KeyedRequest, orNullWhenLost } from "@/lib/idempotency/keys";
import { findUser } from "@/lib/identity/queries";
import { newId, newOutTradeNo, newPolicyCode } from "@/lib/ids";
import { ORDER_COLUMNS, type OrderRow } from "@/lib/payments/orders";
import { nextCheckAt } from "@/lib/payments/rules";
import { CURRENT_PLAN_VERSION, getPlan } from "@/lib/plans/queries";
import { HEALTH_QUESTIONS_SHA256 } from "@/lib/plans/questions-hash";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { unitsMaxFor } from "@/lib/pricing/caps";
import type { Plan } from "@/lib/pricing/plan";
import { holdExpiresAt } from "@/lib/pricing/term";
import type { CreateApplication } from "./contract";
import { type ApplicationDecision, askerNameOf } from "./rules";

// $1–$18 are the declaration, see `declarationValues`; a row of personal data is only written
// together with the policy that needs it.
const DECLARE = `person AS (
      INSERT INTO identities (id, user_id, name_cipher, id_number_cipher, id_number_index, phone_cipher, created_at)
      SELECT $1, $2, $3, $4, $5, $6, $7 FROM policy),
    declaration AS (
      INSERT INTO applications (id, policy_id, identity_id, plan_version, health_answers, questions_sha256,
        documents, consents, created_at)
      SELECT $8, policy.id, $1, $9, $10, $11, $12, $13, $7 FROM policy)`;
// One statement: the declaration, the policy that waits for its first yuan, the order for it, and its key.
// A second attempt moves its own pending policy to the new declaration instead of making another.
// The policy's code is named at the end: no other part of the statement can see the new row.
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
      RETURNING id, code),
    ${DECLARE},
    ordered AS (
      INSERT INTO orders AS o (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
        state, expires_at, next_check_at, created_at)
      SELECT $21, $22, 'first', policy.id, $2, $23, $24, $25, 'pending', $27, $28, $7 FROM policy
      RETURNING ${ORDER_COLUMNS}),
    remembered AS (
      INSERT INTO idempotency_keys (payer_id, key, purpose, fingerprint, order_id, created_at)
      SELECT $2, $26, 'application', $29, ordered.id, $7 FROM ordered)
    SELECT ordered.*, policy.code AS "policyCode" FROM ordered, policy`,
};
// Somebody went back and mended his name or number before paying: the open order stays, and the key
// that mended it is stored with the mending.
const MEND_DECLARATION = {
  name: "mend_declaration",
  text: `WITH policy AS (
      UPDATE policies SET identity_id = $1, id_number_index = $5, asker_name = $14, band = $15, age_at_issue = $16,
        cover_per_unit_yuan = $17, units_max = $18
      WHERE id = $19 AND status = 'pending_payment' RETURNING id),
    ${DECLARE},
    remembered AS (
      INSERT INTO idempotency_keys (payer_id, key, purpose, fingerprint, order_id, created_at)
      SELECT $2, $20, 'application', $21, $22, $7 FROM policy)
    SELECT id FROM policy`,
};
export type Accepted = Extract<ApplicationDecision, { ok: true }>;

export interface Application {
  userId: string;
  input: CreateApplication;
  idempotencyKey: string;
}

/** False when the policy was paid or the key got its answer in the meantime: look again. */
export async function mendApplication(
  deps: Deps,
  order: OrderRow,
  request: Application,
  accepted: Accepted,
  { idNumberIndex, keyed }: { idNumberIndex: string; keyed: KeyedRequest },
): Promise<boolean> {
  const { plan } = await getPlan(deps, CURRENT_PLAN_VERSION);
  const values = declarationValues(deps, request, accepted, { plan, idNumberIndex });
  const { key, fingerprint } = keyed;
  const joining = [order.policyId, key, fingerprint, order.id];
  const rows = await orNullWhenLost(deps.db.query(MEND_DECLARATION, [...values, ...joining]));
  return rows !== null && rows.length > 0;
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

/** Null when another tap of the same person won; the next look finds its order. */
export async function writeApplication(
  deps: Deps,
  request: Application,
  accepted: Accepted,
  { idNumberIndex, keyed }: { idNumberIndex: string; keyed: KeyedRequest },
): Promise<OrderRow | null> {
  const now = deps.now();
  const { plan } = await getPlan(deps, CURRENT_PLAN_VERSION);
  const user = await findUser(deps, request.userId);
  if (!user) throw new DomainError("not_authenticated");
  const expiresAt = holdExpiresAt(plan, now);
  const rows = await orNullWhenLost(
    deps.db.query<OrderRow>(WRITE_APPLICATION, [
      ...declarationValues(deps, request, accepted, { plan, idNumberIndex }),
      newId("policy", now),
      newPolicyCode(),
      newId("order", now),
      newOutTradeNo(shanghaiDateOf(now)),
      user.openid,
      plan.unitPremiumFen,
      "微互助 · 我的第 1 份防癌保障",
      keyed.key,
      expiresAt,
      nextCheckAt({ checksCount: 0, expiresAt }, now),
      keyed.fingerprint,
    ]),
  );
  return rows?.[0] ?? null;
}
