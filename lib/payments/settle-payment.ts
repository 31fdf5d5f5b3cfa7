/**
 * Turns a proven payment into a unit or into a refund, exactly once, whoever proves it and however
 * often (design §5.3). Read, decide, write under guard; a guard that fails means somebody else moved
 * first, so read and decide again.
 */
import { isStaleDecision, isUniqueViolation } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { assert } from "@/lib/errors/errors";
import { newId, outRefundNoFor } from "@/lib/ids";
import { getPlan } from "@/lib/plans/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { parseIdNumber } from "@/lib/pricing/identity";
import type { Transaction } from "@/lib/wechat/pay/types";
import type { RefundReason } from "./contract";
import { findSettleSnapshot, type SettleSnapshot } from "./orders";
import { recordEvent } from "./record-event";
import { reportIncident } from "./report-incident";
import { decideSettlement, type PaymentProof, type UnitTerms } from "./rules";
import { writeUnit } from "./write-unit";

export type ProvenBy = "notify" | "query";

export type SettleResult =
  | { kind: "unit"; seq: number; endorsementNo: string }
  | { kind: "refund"; reason: RefundReason }
  | { kind: "already_settled" | "not_paid" | "reported" | "unknown_order" };

const SETTLE_REFUND = {
  name: "settle_refund",
  text: "SELECT settle_refund($1, $2::order_state, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
};

/**
 * Every retry means another settle on the same policy won a row in between, and each of those makes
 * progress; more than this many in a row would be a bug, and WeChat resends anyway.
 */
const ATTEMPTS_MAX = 20;

/** What the unique indexes of a unit mean in the product's words. */
const CONFLICTS: readonly [index: string, reason: RefundReason][] = [
  ["orders_one_live_gift", "already_supported"],
  ["orders_one_live_first", "already_insured"],
  ["policies_one_live_per_identity", "already_insured"],
  ["policies_one_live_per_account", "already_insured"],
];

/**
 * @param transaction a payment stated by WeChat: a verified notify or the answer to our own query.
 * @throws WechatPayError when the truth of a deviating amount cannot be asked for; nothing is
 *   booked then, and the next proof tries again. Database errors pass through: the outcome of a lost
 *   commit is unknown, and the next proof reads what happened.
 */
export async function settlePayment(
  deps: Deps,
  transaction: Transaction,
  provenBy: ProvenBy,
): Promise<SettleResult> {
  let proof: PaymentProof = transaction;
  let conflict: RefundReason | null = null;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const order = await findSettleSnapshot(deps.db, transaction.outTradeNo);
    if (!order) {
      await report(deps, transaction, "unknown_order", {});
      return { kind: "unknown_order" };
    }
    const { plan } = await getPlan(deps, order.planVersion);
    const { appId, mchId } = deps.config;
    const insured = findInsured(deps, order);
    const decision = decideSettlement(order, proof, { plan, appId, mchId, conflict, insured });
    if (decision.kind === "not_paid") return { kind: decision.kind };
    if (decision.kind === "already_settled") {
      await recordEvent(deps, order.outTradeNo, "notified_again", { provenBy });
      return { kind: decision.kind };
    }
    if (decision.kind === "report") {
      await report(deps, transaction, decision.incident, {});
      return { kind: "reported" };
    }
    if (decision.kind === "refund" && isMismatch(decision.reason) && !conflict) {
      await report(deps, transaction, decision.reason, {
        orderedFen: order.amountFen,
        statedFen: transaction.amountFen,
      });
      // From here on it is a refund of what was truly paid, whatever WeChat now says was right.
      proof = await trueFacts(deps, transaction, provenBy);
      conflict = decision.reason;
      continue;
    }
    try {
      if (decision.kind === "unit") {
        return await settleUnit(deps, order, proof, provenBy, decision.terms);
      }
      await writeRefund(deps, order, proof, provenBy, decision.reason);
      return { kind: "refund", reason: decision.reason };
    } catch (error) {
      if (isUniqueViolation(error, "orders_transaction_id_key")) {
        await report(deps, transaction, "second_transaction", {});
        return { kind: "reported" };
      }
      const found = CONFLICTS.find(([index]) => isUniqueViolation(error, index));
      if (found) conflict = found[1];
      else if (!isStaleDecision(error)) throw error;
    }
  }
  throw new Error(`settle of ${transaction.outTradeNo} lost ${ATTEMPTS_MAX} races`);
}

/**
 * Opens the ID number of a first order's insured, because the age is taken on the day of payment;
 * null when it has been forgotten: the row stays, and its ciphers are empty (R50).
 */
function findInsured(deps: Deps, { identityId, idNumberCipher }: SettleSnapshot) {
  if (!identityId || !idNumberCipher) return null;
  const idNumber = deps.vault.open(idNumberCipher, `identities.id_number.${identityId}`);
  const person = parseIdNumber(idNumber, shanghaiDateOf(deps.now()));
  assert(person.ok, "a stored ID number is a valid one");
  return { identityId, bornOn: person.bornOn };
}

async function settleUnit(
  deps: Deps,
  order: SettleSnapshot,
  proof: PaymentProof,
  provenBy: ProvenBy,
  terms: UnitTerms,
): Promise<SettleResult> {
  const now = deps.now();
  const unit = await writeUnit(deps.db, {
    orderId: order.id,
    policyId: order.policyId,
    expectedState: order.state,
    transactionId: proof.transactionId,
    paidFen: proof.amountFen,
    paidAt: proof.successAt,
    provenBy,
    now,
    unitId: newId("unit", now),
    entryId: newId("ledgerEntry", now),
    terms,
  });
  deps.log.info({ outTradeNo: order.outTradeNo, provenBy, ...unit }, "payment settled");
  return { kind: "unit", ...unit };
}

async function writeRefund(
  deps: Deps,
  order: SettleSnapshot,
  proof: PaymentProof,
  provenBy: ProvenBy,
  reason: RefundReason,
): Promise<void> {
  const now = deps.now();
  await deps.db.query(SETTLE_REFUND, [
    order.id,
    order.state,
    proof.transactionId,
    proof.amountFen,
    proof.successAt,
    provenBy,
    now,
    newId("refund", now),
    outRefundNoFor(order.outTradeNo),
    newId("ledgerEntry", now),
    reason,
  ]);
  deps.log.warn({ outTradeNo: order.outTradeNo, provenBy, reason }, "payment becomes a refund");
}

function isMismatch(reason: RefundReason): reason is "amount_mismatch" | "payer_mismatch" {
  return reason === "amount_mismatch" || reason === "payer_mismatch";
}

/**
 * A notify that contradicts the order is never believed about the amount: WeChat is asked what was
 * really paid, so that the ledger and the refund carry the true figure.
 */
async function trueFacts(
  deps: Deps,
  stated: Transaction,
  provenBy: ProvenBy,
): Promise<PaymentProof> {
  if (provenBy === "query") return stated;
  const truth = await deps.pay.findTransaction(stated.outTradeNo);
  assert(
    truth?.transactionId && truth.tradeState === "SUCCESS" && truth.amountFen,
    "a notified payment is known to WeChat",
  );
  return truth;
}

function report(
  deps: Deps,
  transaction: Transaction,
  kind: Parameters<typeof reportIncident>[1]["kind"],
  details: Record<string, unknown>,
): Promise<void> {
  const { outTradeNo, transactionId, tradeState, appId, mchId } = transaction;
  return reportIncident(deps, {
    kind,
    outTradeNo,
    transactionId,
    details: { tradeState, appId, mchId, ...details },
  });
}
