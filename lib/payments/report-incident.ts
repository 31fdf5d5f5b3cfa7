import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";

export type IncidentKind =
  | "amount_mismatch"
  | "payer_mismatch"
  | "unknown_order"
  | "foreign_app"
  | "foreign_merchant"
  | "second_transaction"
  | "refunded_elsewhere"
  | "no_amount"
  | "unknown_refund"
  | "refund_failed"
  | "refund_stuck"
  | "order_stuck";

const INSERT = `INSERT INTO payment_incidents (id, kind, out_trade_no, transaction_id, details, created_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, out_trade_no, transaction_id)`;
const REPORT_FACT = { name: "report_fact", text: `${INSERT} DO NOTHING` };
const REPORT_STATE = {
  name: "report_state",
  text: `${INSERT} DO UPDATE SET resolved_at = NULL, resolution = NULL`,
};

/** They say how things are; the others say what has happened once. */
const STATES: readonly IncidentKind[] = ["refund_failed", "refund_stuck", "order_stuck"];

/**
 * Keeps the evidence of a payment fact that does not fit, in its own statement so that nothing can
 * roll it back, and says so in the log. The same fact again changes nothing; what needs a person
 * again is open again, whoever explained it the last time.
 */
export async function reportIncident(
  deps: Pick<Deps, "db" | "now" | "log">,
  incident: {
    kind: IncidentKind;
    outTradeNo: string;
    transactionId: string | null;
    details: Record<string, unknown>;
  },
): Promise<void> {
  const now = deps.now();
  const { kind, outTradeNo, transactionId, details } = incident;
  await deps.db.query(STATES.includes(kind) ? REPORT_STATE : REPORT_FACT, [
    newId("incident", now),
    kind,
    outTradeNo,
    transactionId ?? "",
    JSON.stringify(details),
    now,
  ]);
  deps.log.error({ incident: kind, outTradeNo, ...details }, "payment incident");
}

const RESOLVE_INCIDENTS = {
  name: "resolve_incidents",
  text: `UPDATE payment_incidents SET resolved_at = $3, resolution = $4
    WHERE out_trade_no = $1 AND kind = ANY ($2) AND resolved_at IS NULL`,
};

/** What was reported of an order needs nobody any more; `resolution` says why. */
export async function resolveIncidents(
  deps: Pick<Deps, "db" | "now">,
  {
    outTradeNo,
    kinds,
    resolution,
  }: { outTradeNo: string; kinds: readonly IncidentKind[]; resolution: string },
): Promise<void> {
  await deps.db.query(RESOLVE_INCIDENTS, [outTradeNo, kinds, deps.now(), resolution]);
}
