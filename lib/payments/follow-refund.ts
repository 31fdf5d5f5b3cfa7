/** A refund's way to its end: asked for with one number for ever, then followed by notify and poll. */
import { isDatabaseUnavailable } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import type { Refund } from "@/lib/wechat/pay/types";
import type { RefundReason } from "./contract";
import { recordEvent } from "./record-event";
import { refundWords } from "./refund-words";
import { reportIncident, resolveIncidents } from "./report-incident";

interface DueRefund {
  id: string;
  outRefundNo: string;
  outTradeNo: string;
  kind: "first" | "gift";
  amountFen: number;
  paidFen: number;
  reason: RefundReason;
  state: "requested" | "processing";
  /** How often it was claimed, this time included: whoever claims it later has a higher one. */
  attempts: number;
}

interface OnRecord {
  amountFen: number;
  outTradeNo: string;
  state: string;
  /** The number of the refund that takes its place. */
  reissuedAs: string | null;
}

const CLAIM_DUE_REFUND = {
  name: "claim_due_refund",
  text: `UPDATE refunds r SET attempts = r.attempts + 1, next_attempt_at = $3 FROM orders o
    WHERE r.id = $1 AND r.next_attempt_at <= $2 AND o.id = r.order_id
    RETURNING r.id, r.out_refund_no AS "outRefundNo", o.out_trade_no AS "outTradeNo", o.kind,
      r.amount_fen AS "amountFen", o.paid_fen AS "paidFen", r.reason, r.state, r.attempts`,
};
const MARK_PROCESSING = {
  name: "mark_refund_processing",
  text: `UPDATE refunds SET state = 'processing', provider_id = $2, next_attempt_at = $3,
      submitted_at = coalesce(submitted_at, $4), last_error = NULL
    WHERE out_refund_no = $1 AND state IN ('requested', 'processing', 'abnormal')
      AND ($5 OR state <> 'abnormal')`,
};
const REOPEN_ORDER = {
  name: "reopen_refunding_order",
  text: `UPDATE orders SET state = 'refunding' FROM refunds r
    WHERE r.out_refund_no = $1 AND r.state = 'processing' AND orders.id = r.order_id AND orders.state = 'refund_failed'`,
};
const MARK_FAILED = {
  name: "mark_refund_failed",
  text: `WITH failed AS (
      UPDATE refunds SET state = $2::refund_state, provider_id = $3, next_attempt_at = NULL,
        submitted_at = coalesce(submitted_at, $4), finished_at = CASE WHEN $2 = 'closed' THEN $5::timestamptz END
      WHERE out_refund_no = $1 AND state <> $2::refund_state AND state IN ('requested', 'processing', 'abnormal')
      RETURNING order_id),
    told AS (
      INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
      SELECT 'refund_delayed', jsonb_build_object('orderId', order_id), $5, $5 FROM failed),
    ordered AS (
      UPDATE orders SET state = 'refund_failed' FROM failed
      WHERE orders.id = failed.order_id AND orders.state = 'refunding')
    SELECT order_id FROM failed`,
};
const FINISH = {
  name: "finish_refund",
  text: `SELECT finish_refund(r.id, $2, $3, $4, $5, $6) AS done FROM refunds r WHERE r.out_refund_no = $1`,
};
const REFUND_ON_RECORD = {
  name: "refund_on_record",
  text: `SELECT r.amount_fen AS "amountFen", o.out_trade_no AS "outTradeNo", r.state,
      (SELECT n.out_refund_no FROM refunds n WHERE n.id = r.superseded_by) AS "reissuedAs"
    FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.out_refund_no = $1`,
};
// Only by the claim it belongs to: a worker that wakes up late reschedules nothing.
const RESCHEDULE = {
  name: "reschedule_refund",
  text: `UPDATE refunds SET next_attempt_at = $2, last_error = $3
    WHERE id = $1 AND state IN ('requested', 'processing') AND attempts = $4 RETURNING id`,
};

/** A worker that dies holding a claim loses it after this long. */
const LEASE_SECONDS = 60;
/** Doubling from two seconds to half an hour: WeChat's own refund settles within minutes. */
const RETRY_SECONDS_MIN = 2;
const RETRY_SECONDS_MAX = 1_800;
/** After this many tries, about a day, a person has to look; the tries go on. */
const ATTEMPTS_BEFORE_REPORT = 55;
/** Waiting mends WeChat; an error of our own only people mend, so they hear of it within minutes. */
const ATTEMPTS_BEFORE_REPORT_INTERNAL = 5;
const INTERNAL = "internal";

/**
 * One step of a refund that is due: submits it, or asks how it is going. Nothing when another worker
 * has taken it. Failures, WeChat's and our own, are told by `hasFailed` and plan the next step.
 *
 * @throws database errors of an outage: nothing can be planned then, and the lease brings it back.
 */
export async function followDueRefund(
  deps: Deps,
  refundId: string,
): Promise<{ hasFailed: boolean }> {
  const now = deps.now();
  const leasedUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const [refund] = await deps.db.query<DueRefund>(CLAIM_DUE_REFUND, [refundId, now, leasedUntil]);
  return refund ? followRefund(deps, refund) : { hasFailed: false };
}

async function followRefund(deps: Deps, refund: DueRefund): Promise<{ hasFailed: boolean }> {
  const { outTradeNo, outRefundNo } = refund;
  try {
    const answer =
      refund.state === "requested"
        ? await deps.pay.requestRefund({
            outTradeNo,
            outRefundNo,
            refundFen: refund.amountFen,
            totalFen: refund.paidFen,
            reason: refundWords(refund.reason, refund.kind),
            notifyUrl: deps.config.payNotifyUrl,
          })
        : await deps.pay.findRefund(outRefundNo);
    if (answer) {
      await recordEvent(deps, outTradeNo, "refund_sent", { outRefundNo, status: answer.status });
      await applyRefundState(deps, answer, { attempts: refund.attempts });
    }
    // Accepted and then unknown: WeChat's books may lag; ask again, and submit anew only by hand.
    else await retryLater(deps, refund, "RESOURCE_NOT_EXISTS");
    return { hasFailed: answer === null };
  } catch (error) {
    if (error instanceof WechatPayError) {
      // Refused or unknown alike: the same number again later, never another one.
      await retryLater(deps, refund, `${error.code ?? error.reason}`);
      return { hasFailed: true };
    }
    if (isDatabaseUnavailable(error)) throw error;
    // Thrown on, it would be lost: the queue's next try finds the lease, does nothing and succeeds.
    deps.log.error({ outRefundNo, code: INTERNAL, error: explain(error) }, "refund step failed");
    await retryLater(deps, refund, INTERNAL);
    return { hasFailed: true };
  }
}

async function retryLater(deps: Deps, refund: DueRefund, code: string): Promise<void> {
  const { outTradeNo, outRefundNo, attempts } = refund;
  const values = [refund.id, retryAt(deps.now(), attempts), code, attempts];
  const planned = await deps.db.query(RESCHEDULE, values);
  await recordEvent(deps, outTradeNo, "refund_call_failed", { outRefundNo, code });
  deps.log.warn({ outRefundNo, code }, "refund will be retried");
  const reportAt = code === INTERNAL ? ATTEMPTS_BEFORE_REPORT_INTERNAL : ATTEMPTS_BEFORE_REPORT;
  // Not planned: it came to its end meanwhile, and its incidents with it.
  if (planned.length === 0 || attempts < reportAt) return;
  await reportIncident(deps, {
    kind: "refund_stuck",
    outTradeNo,
    transactionId: null,
    details: { outRefundNo, code },
  });
}

/**
 * Applies what WeChat says of a refund, by answer, poll or notify; late and repeated news is harmless.
 *
 * @param options.isResent the refund was abnormal and a person has just sent it once more, so
 *   `PROCESSING` is news; otherwise it is older than the failure we know of.
 */
export async function applyRefundState(
  deps: Deps,
  refund: Refund,
  options: { attempts?: number; isResent?: boolean } = {},
): Promise<void> {
  const now = deps.now();
  const { outRefundNo, outTradeNo, refundFen, refundId, status } = refund;
  const ours = await findOnRecord(deps, outRefundNo);
  if (ours?.amountFen !== refundFen || ours.outTradeNo !== outTradeNo) {
    // Made at WeChat's own console, or not the refund we asked for: money that moved without us.
    await reportIncident(deps, {
      kind: "unknown_refund",
      outTradeNo,
      transactionId: outRefundNo,
      details: { outRefundNo, refundFen, status },
    });
    return;
  }
  if (status === "SUCCESS") {
    const finishedAt = refund.successAt ?? now;
    const entryId = newId("ledgerEntry", now);
    const { receivedBy } = refund;
    const values = [outRefundNo, refundId, receivedBy, finishedAt, now, entryId];
    const [row] = await deps.db.query<{ done: boolean }>(FINISH, values);
    await closeIncidents(deps, refund, { isDone: row?.done ?? false });
    return;
  }
  const submittedAt = refund.createdAt ?? now;
  if (status === "PROCESSING") {
    const next = retryAt(now, options.attempts ?? 1);
    const isResent = options.isResent ?? false;
    await deps.db.query(MARK_PROCESSING, [outRefundNo, refundId, next, submittedAt, isResent]);
    if (isResent) await deps.db.query(REOPEN_ORDER, [outRefundNo]);
    return;
  }
  const state = status === "ABNORMAL" ? "abnormal" : "closed";
  const rows = await deps.db.query(MARK_FAILED, [outRefundNo, state, refundId, submittedAt, now]);
  if (rows.length === 0) return;
  await reportIncident(deps, {
    kind: "refund_failed",
    outTradeNo,
    transactionId: outRefundNo,
    details: { outRefundNo, state },
  });
}

function findOnRecord(deps: Deps, outRefundNo: string): Promise<OnRecord | undefined> {
  return deps.db.query<OnRecord>(REFUND_ON_RECORD, [outRefundNo]).then(([row]) => row);
}

/** The money is back, as WeChat says: what was reported is over, unless we had given the refund up. */
async function closeIncidents(
  deps: Deps,
  { outRefundNo, outTradeNo, refundFen, status }: Refund,
  { isDone }: { isDone: boolean },
): Promise<void> {
  // Read after the write, so that of two who hear it at once the second sees it succeeded.
  const ours = isDone ? undefined : await findOnRecord(deps, outRefundNo);
  if (ours?.state === "closed") {
    // WeChat had closed it for good. Ordered anew meanwhile, the money may have moved twice.
    const { state, reissuedAs } = ours;
    await reportIncident(deps, {
      kind: "unknown_refund",
      outTradeNo,
      transactionId: outRefundNo,
      details: { outRefundNo, refundFen, status, ours: state, reissuedAs },
    });
    return;
  }
  await resolveIncidents(deps, {
    outTradeNo,
    kinds: ["refund_failed", "refund_stuck"],
    resolution: "the refund succeeded",
  });
}

function explain(error: unknown): string {
  return error instanceof Error ? `${error.stack}` : `${error}`;
}

function retryAt(now: Date, attempts: number): Date {
  const seconds = Math.min(RETRY_SECONDS_MIN * 2 ** Math.max(0, attempts - 1), RETRY_SECONDS_MAX);
  return new Date(now.getTime() + seconds * 1000);
}
