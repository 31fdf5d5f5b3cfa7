/** A refund's way to its end: asked for with one number for ever, then followed by notify and poll. */
import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import type { Refund } from "@/lib/wechat/pay/types";
import { reportIncident } from "./report-incident";

export interface DueRefund {
  id: string;
  outRefundNo: string;
  outTradeNo: string;
  amountFen: number;
  reason: string;
  state: "requested" | "processing";
  attempts: number;
}

const CLAIM_DUE_REFUNDS = {
  name: "claim_due_refunds",
  text: `UPDATE refunds r SET attempts = r.attempts + 1, next_attempt_at = $2
    FROM (SELECT id FROM refunds WHERE next_attempt_at <= $1 ORDER BY next_attempt_at
          LIMIT $3 FOR UPDATE SKIP LOCKED) due, orders o
    WHERE r.id = due.id AND o.id = r.order_id
    RETURNING r.id, r.out_refund_no AS "outRefundNo", o.out_trade_no AS "outTradeNo",
      r.amount_fen AS "amountFen", r.reason, r.state, r.attempts`,
};
const MARK_PROCESSING = {
  name: "mark_refund_processing",
  text: `UPDATE refunds SET state = 'processing', provider_id = $2, next_attempt_at = $3,
      submitted_at = coalesce(submitted_at, $4), last_error = NULL
    WHERE out_refund_no = $1 AND state IN ('requested', 'processing')`,
};
const MARK_FAILED = {
  name: "mark_refund_failed",
  text: `WITH failed AS (
      UPDATE refunds SET state = $2::refund_state, provider_id = $3, next_attempt_at = NULL,
        finished_at = CASE WHEN $2 = 'closed' THEN $4::timestamptz END
      WHERE out_refund_no = $1 AND state IN ('requested', 'processing') RETURNING order_id)
    UPDATE orders SET state = 'refund_failed' FROM failed
    WHERE orders.id = failed.order_id AND orders.state = 'refunding' RETURNING orders.out_trade_no`,
};
const FINISH = {
  name: "finish_refund",
  text: `SELECT finish_refund(r.id, $2, $3, $4) AS done FROM refunds r WHERE r.out_refund_no = $1`,
};
const REFUND_ON_RECORD = {
  name: "refund_on_record",
  text: `SELECT r.amount_fen AS "amountFen", o.out_trade_no AS "outTradeNo"
    FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.out_refund_no = $1`,
};

/** A worker that dies holding a claim loses it after this long. */
const LEASE_SECONDS = 60;
/** Doubling from two seconds to half an hour: WeChat's own refund settles within minutes. */
const RETRY_SECONDS_MIN = 2;
const RETRY_SECONDS_MAX = 1_800;

/** Takes up to `limit` refunds whose next step is due, so that no other worker takes them. */
export function claimDueRefunds(deps: Deps, limit: number): Promise<DueRefund[]> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  return deps.db.query<DueRefund>(CLAIM_DUE_REFUNDS, [now, leasedUntil, limit]);
}

/** One step of one refund: submit it, or ask how it is going. Never throws for WeChat's failures. */
export async function followRefund(deps: Deps, refund: DueRefund): Promise<void> {
  try {
    const answer =
      refund.state === "requested"
        ? await deps.pay.requestRefund({
            outTradeNo: refund.outTradeNo,
            outRefundNo: refund.outRefundNo,
            refundFen: refund.amountFen,
            totalFen: refund.amountFen,
            reason: "未能计入保单，原路退回",
            notifyUrl: deps.config.payNotifyUrl,
          })
        : await deps.pay.findRefund(refund.outRefundNo);
    if (answer) await applyRefundState(deps, answer, refund.attempts);
    // Accepted and then unknown: WeChat's books may lag; ask again, and submit anew only by hand.
    else await retryLater(deps, refund, "RESOURCE_NOT_EXISTS");
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error;
    // Refused or unknown alike: the same number again later, never another one.
    await retryLater(deps, refund, `${error.code ?? error.reason}`);
  }
}

/** After this many tries, about a day, a person has to look; the tries go on. */
const ATTEMPTS_BEFORE_REPORT = 55;

async function retryLater(deps: Deps, refund: DueRefund, reason: string): Promise<void> {
  const next = retryAt(deps.now(), refund.attempts);
  await deps.db.query(RESCHEDULE, [refund.id, next, reason]);
  deps.log.warn({ outRefundNo: refund.outRefundNo, reason }, "refund will be retried");
  if (refund.attempts < ATTEMPTS_BEFORE_REPORT) return;
  await reportIncident(deps, {
    kind: "refund_stuck",
    outTradeNo: refund.outTradeNo,
    transactionId: null,
    details: { outRefundNo: refund.outRefundNo, reason },
  });
}

const RESCHEDULE = {
  name: "reschedule_refund",
  text: `UPDATE refunds SET next_attempt_at = $2, last_error = $3
    WHERE id = $1 AND state IN ('requested', 'processing')`,
};

/** Applies what WeChat says of a refund, by answer, poll or notify; late and repeated news is harmless. */
export async function applyRefundState(deps: Deps, refund: Refund, attempts = 1): Promise<void> {
  const now = deps.now();
  const [ours] = await deps.db.query<{ amountFen: number; outTradeNo: string }>(REFUND_ON_RECORD, [
    refund.outRefundNo,
  ]);
  if (ours?.amountFen !== refund.refundFen || ours.outTradeNo !== refund.outTradeNo) {
    // Made at WeChat's own console, or not the refund we asked for: money that moved without us.
    const { outRefundNo, refundFen, status } = refund;
    await reportIncident(deps, {
      kind: "unknown_refund",
      outTradeNo: refund.outTradeNo,
      transactionId: outRefundNo,
      details: { outRefundNo, refundFen, status },
    });
    return;
  }
  if (refund.status === "SUCCESS") {
    const finishedAt = refund.successAt ?? now;
    await deps.db.query(FINISH, [
      refund.outRefundNo,
      refund.refundId,
      finishedAt,
      newId("ledgerEntry", now),
    ]);
    return;
  }
  if (refund.status === "PROCESSING") {
    const next = retryAt(now, attempts);
    await deps.db.query(MARK_PROCESSING, [refund.outRefundNo, refund.refundId, next, now]);
    return;
  }
  const state = refund.status === "ABNORMAL" ? "abnormal" : "closed";
  const rows = await deps.db.query<{ out_trade_no: string }>(MARK_FAILED, [
    refund.outRefundNo,
    state,
    refund.refundId,
    now,
  ]);
  if (rows.length > 0) {
    await reportIncident(deps, {
      kind: "refund_failed",
      outTradeNo: refund.outTradeNo,
      transactionId: null,
      details: { outRefundNo: refund.outRefundNo, state },
    });
  }
}

function retryAt(now: Date, attempts: number): Date {
  const seconds = Math.min(RETRY_SECONDS_MIN * 2 ** Math.max(0, attempts - 1), RETRY_SECONDS_MAX);
  return new Date(now.getTime() + seconds * 1000);
}
