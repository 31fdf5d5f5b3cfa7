/**
 * R6–R9: one person applies for his own policy. Nothing is ordered before every answer and every
 * accepted text is on record; an unfinished application is continued, never doubled.
 */
import type { Deps } from "@/lib/deps";
import { assert, DomainError } from "@/lib/errors/errors";
import { fingerprintOf } from "@/lib/idempotency/fingerprint";
import { type KeyedRequest, rememberKey } from "@/lib/idempotency/keys";
import { orderOnce } from "@/lib/idempotency/order-once";
import { askOrder } from "@/lib/payments/ask-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { findPendingFirst, type OrderRow } from "@/lib/payments/orders";
import { refuseIfUnavailable } from "@/lib/payments/provider-unavailable";
import { isPayable } from "@/lib/payments/rules";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { CURRENT_PLAN_VERSION, getPlan } from "@/lib/plans/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { effectiveOnAfter } from "@/lib/pricing/term";
import type { CreateApplication } from "./contract";
import { decideApplication } from "./rules";
import {
  type Accepted,
  type Application,
  mendApplication,
  writeApplication,
} from "./write-application";

const EXISTING_POLICIES = {
  name: "policies_of_identity",
  text: `SELECT id, status FROM policies
    WHERE plan_version = $1 AND ((status = 'active' AND (id_number_index = $2 OR user_id = $3))
      OR (status = 'pending_payment' AND user_id = $3))`,
};
const DECLARED_PERSON = {
  name: "declared_person",
  text: `SELECT i.id, i.name_cipher AS "nameCipher", i.phone_cipher AS "phoneCipher",
      p.id_number_index AS "idNumberIndex", p.band, p.age_at_issue AS "ageAtIssue"
    FROM policies p JOIN identities i ON i.id = p.identity_id WHERE p.id = $1`,
};

/**
 * @returns the policy's share code and the order to pay; the same again for the same key.
 * @throws DomainError invalid_input, documents_outdated, age_out_of_range, health_declined,
 *   already_insured, idempotency_mismatch, order_closed (the key's own order), provider_unavailable.
 */
export function applyForPolicy(
  deps: Deps,
  request: Application,
): Promise<{ policyCode: string; order: PayableOrder }> {
  const keyed = keyedRequest(deps, request);
  return orderOnce(deps, keyed, {
    create: () => continueOrApply(deps, request, keyed),
    whenPaid: "already_insured",
  });
}

function keyedRequest(deps: Deps, { userId, input, idempotencyKey }: Application): KeyedRequest {
  const owner = { payerId: userId, key: idempotencyKey };
  // A check mark typed as a small x is the same number (R1).
  const content = { ...input, idNumber: input.idNumber.toUpperCase() };
  const fingerprint = fingerprintOf(deps.vault, owner, content);
  return { ...owner, purpose: "application", fingerprint };
}

/** The account's open order, or a new one; null when something changed meanwhile: look again. */
async function continueOrApply(
  deps: Deps,
  request: Application,
  keyed: KeyedRequest,
): Promise<OrderRow | null> {
  const now = deps.now();
  const decision = await decide(deps, request.input, now);
  const idNumberIndex = deps.vault.blindIndex(decision.idNumber);
  const mine = await findOwnPending(deps, request.userId, idNumberIndex);
  const open = mine && (await findPendingFirst(deps.db, mine.id));
  if (!mine || !open) {
    return writeApplication(deps, request, decision, { idNumberIndex, keyed });
  }
  if (!isPayable(open, now)) {
    await refuseIfUnavailable(open.outTradeNo, askOrder(deps, open, { canClose: "now" }));
    return null;
  }
  const isChanged = await hasChanged(deps, mine.id, request.input, decision, idNumberIndex);
  const isJoined = isChanged
    ? await mendApplication(deps, open, request, decision, { idNumberIndex, keyed })
    : await rememberKey(deps.db, keyed, { orderId: open.id }, now);
  return isJoined ? open : null;
}

/** @throws DomainError when the gate stays shut (R9). */
async function decide(deps: Deps, input: CreateApplication, now: Date): Promise<Accepted> {
  const { plan, documents } = await getPlan(deps, CURRENT_PLAN_VERSION);
  const decision = decideApplication(input, {
    plan,
    questionIds: HEALTH_QUESTIONS.map(({ id }) => id),
    documents,
    today: shanghaiDateOf(now),
    effectiveOn: effectiveOnAfter(now),
  });
  if (!decision.ok) throw new DomainError(decision.code, { fields: decision.fields });
  return decision;
}

/**
 * The account's unfinished policy.
 *
 * @throws DomainError already_insured when this person is insured already, by whatever account (R7),
 *   or this account insures somebody already (R6).
 */
async function findOwnPending(deps: Deps, userId: string, idNumberIndex: string) {
  const rows = await deps.db.query<{ id: string; status: string }>(EXISTING_POLICIES, [
    CURRENT_PLAN_VERSION,
    idNumberIndex,
    userId,
  ]);
  if (rows.some((row) => row.status === "active")) throw new DomainError("already_insured");
  return rows[0] ?? null;
}

/** True when it is not the declaration on record; a night may have passed since, and a birthday. */
async function hasChanged(
  deps: Deps,
  policyId: string,
  input: CreateApplication,
  accepted: Accepted,
  idNumberIndex: string,
): Promise<boolean> {
  const [person] = await deps.db.query<{
    id: string;
    nameCipher: string;
    phoneCipher: string;
    idNumberIndex: string;
    band: string;
    ageAtIssue: number;
  }>(DECLARED_PERSON, [policyId]);
  assert(person, "a policy has its person");
  const open = (cipher: string, field: "name" | "phone") =>
    deps.vault.open(cipher, `identities.${field}.${person.id}`);
  return (
    person.idNumberIndex !== idNumberIndex ||
    open(person.nameCipher, "name") !== input.name ||
    open(person.phoneCipher, "phone") !== input.phone ||
    person.ageAtIssue !== accepted.age ||
    person.band !== accepted.band.name
  );
}
