/**
 * What a person does with a refund that WeChat could not deliver. `abnormal`: it is sent to a bank card
 * through WeChat's own endpoint, under the same number. `closed`: WeChat will never pay that number,
 * so a new refund takes its place; the old one stays on record.
 */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { newId, outRefundNoFor } from "@/lib/ids";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import type { AbnormalRefundRequest, Refund, RefundStatus } from "@/lib/wechat/pay/types";
import type { RefundReason } from "./contract";
import { applyRefundState } from "./follow-refund";
import { recordEvent } from "./record-event";
import { resolveIncidents } from "./report-incident";

export interface RefundOnRecord {
  id: string;
  outRefundNo: string;
  outTradeNo: string;
  providerId: string | null;
  amountFen: number;
  reason: RefundReason;
  state: "requested" | "processing" | "succeeded" | "abnormal" | "closed";
  attempts: number;
  lastError: string | null;
  requestedAt: Date;
  nextAttemptAt: Date | null;
  isSuperseded: boolean;
}

const COLUMNS = `r.id, r.out_refund_no AS "outRefundNo", o.out_trade_no AS "outTradeNo", r.provider_id AS "providerId",
  r.amount_fen AS "amountFen", r.reason, r.state, r.attempts, r.last_error AS "lastError",
  r.requested_at AS "requestedAt", r.next_attempt_at AS "nextAttemptAt", r.superseded_by IS NOT NULL AS "isSuperseded"`;

/** More than a person reads at once; the oldest first. */
const SHOWN_MAX = 200;

const FIND_REFUND = {
  name: "find_refund",
  text: `SELECT ${COLUMNS} FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.out_refund_no = $1`,
};
const UNFINISHED_REFUNDS = {
  name: "unfinished_refunds",
  text: `SELECT ${COLUMNS} FROM refunds r JOIN orders o ON o.id = r.order_id
    WHERE r.state <> 'succeeded' AND r.superseded_by IS NULL ORDER BY r.requested_at LIMIT ${SHOWN_MAX}`,
};
const REISSUE = {
  name: "reissue_refund",
  text: "SELECT reissue_refund($1, $2, $3, $4) AS done",
};
const COUNT_REFUNDS = {
  name: "count_refunds_of_order",
  text: `SELECT count(*)::int AS count FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.out_trade_no = $1`,
};
const RESENT_AND_UNDER_WAY = {
  name: "resent_and_under_way",
  text: `SELECT 1 FROM refunds r WHERE r.out_refund_no = $1 AND r.state = 'processing' AND EXISTS (
      SELECT 1 FROM order_events e WHERE e.order_id = r.order_id AND e.kind = 'refund_abnormal_sent'
        AND e.details->>'outRefundNo' = r.out_refund_no)`,
};
const HURRY_REFUND = {
  name: "hurry_refund",
  text: `UPDATE refunds SET next_attempt_at = $2 WHERE out_refund_no = $1 AND state IN ('requested', 'processing')
    RETURNING id`,
};

/** Every refund that has not arrived, the oldest first. */
export function listUnfinishedRefunds(deps: Pick<Deps, "db">): Promise<RefundOnRecord[]> {
  return deps.db.query<RefundOnRecord>(UNFINISHED_REFUNDS, []);
}

/** @throws DomainError not_found. */
async function getRefund(deps: Pick<Deps, "db">, outRefundNo: string): Promise<RefundOnRecord> {
  const [refund] = await deps.db.query<RefundOnRecord>(FIND_REFUND, [outRefundNo]);
  if (!refund) throw new DomainError("not_found", { detail: `no refund ${outRefundNo}` });
  return refund;
}

/** The next try now instead of later, after the cause (an empty account) is mended. */
export async function hurryRefund(deps: Deps, outRefundNo: string): Promise<boolean> {
  return (await deps.db.query(HURRY_REFUND, [outRefundNo, deps.now()])).length > 0;
}

/**
 * Sends an abnormal refund to a bank card (wechat.md §1.12): the payer's own, or the merchant's, who
 * then pays the payer outside WeChat. When the answer is lost, WeChat is asked what became of it.
 *
 * @throws DomainError not_found, order_closed when it is not abnormal; WechatPayError when WeChat
 *   refuses, or cannot say: the refund stays abnormal here, `askRefund` finds out later, and trying
 *   again is the same refund.
 */
export async function sendAbnormalRefund(
  deps: Deps,
  { outRefundNo, account }: { outRefundNo: string; account: AbnormalRefundRequest["account"] },
): Promise<void> {
  const refund = await getRefund(deps, outRefundNo);
  if (refund.state !== "abnormal" || !refund.providerId) {
    throw new DomainError("order_closed", { detail: `refund ${outRefundNo} is ${refund.state}` });
  }
  const { outTradeNo, providerId: refundId } = refund;
  // Before the call, since it may take effect and its answer be lost: `trueRefund` goes by this event.
  await recordEvent(deps, outTradeNo, "refund_abnormal_sent", {
    outRefundNo,
    account: account.kind,
  });
  try {
    const answer = await deps.pay.applyAbnormalRefund({ refundId, outRefundNo, account });
    await applyRefundState(deps, answer, { isResent: true });
  } catch (error) {
    if (!(error instanceof WechatPayError) || error.outcome !== "unknown") throw error;
    const status = await askRefund(deps, outRefundNo).catch(() => null);
    if (status !== "PROCESSING" && status !== "SUCCESS") throw error;
  }
}

/**
 * Asks WeChat how a refund is going, whatever its state here, and applies the answer: an abnormal one
 * that is under way again is followed again.
 *
 * @returns what WeChat says; null when it does not know the number.
 * @throws WechatPayError when it cannot be asked.
 */
export async function askRefund(deps: Deps, outRefundNo: string): Promise<RefundStatus | null> {
  const theirs = await deps.pay.findRefund(outRefundNo);
  if (theirs) await applyRefundState(deps, theirs, { isResent: true });
  return theirs?.status ?? null;
}

/**
 * What to believe of a notified refund. WeChat repeats a notify for a day, so an `ABNORMAL` may be
 * older than the card that a person has sent the money to since; then only WeChat's answer counts.
 *
 * @throws WechatPayError when it cannot be asked.
 */
export async function trueRefund(deps: Deps, told: Refund): Promise<Refund> {
  if (told.status !== "ABNORMAL") return told;
  const resent = await deps.db.query(RESENT_AND_UNDER_WAY, [told.outRefundNo]);
  if (resent.length === 0) return told;
  return (await deps.pay.findRefund(told.outRefundNo)) ?? told;
}

/**
 * Orders a closed refund anew under a new number. WeChat is asked first: only a refund that it calls
 * CLOSED itself can never be paid, and only then may another number be used.
 *
 * @returns the new refund's number.
 * @throws DomainError not_found, order_closed when it is not closed here and at WeChat.
 */
export async function reissueRefund(deps: Deps, outRefundNo: string): Promise<string> {
  const refund = await getRefund(deps, outRefundNo);
  const theirs = await deps.pay.findRefund(outRefundNo);
  if (refund.state !== "closed" || refund.isSuperseded || theirs?.status !== "CLOSED") {
    const detail = `refund ${outRefundNo} is ${refund.state} here and ${theirs?.status ?? "unknown"} at WeChat`;
    throw new DomainError("order_closed", { detail });
  }
  const { outTradeNo } = refund;
  const [made] = await deps.db.query<{ count: number }>(COUNT_REFUNDS, [outTradeNo]);
  const now = deps.now();
  const next = outRefundNoFor(outTradeNo, (made?.count ?? 1) + 1);
  const values = [refund.id, newId("refund", now), next, now];
  const [row] = await deps.db.query<{ done: boolean }>(REISSUE, values);
  if (!row?.done) throw new DomainError("order_closed", { detail: `${outRefundNo} was reissued` });
  const resolution = `ordered anew as ${next}`;
  await resolveIncidents(deps, { outTradeNo, kinds: ["refund_failed"], resolution });
  return next;
}
