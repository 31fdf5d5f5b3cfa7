import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";

export interface OpenIncident {
  id: string;
  kind: string;
  outTradeNo: string;
  transactionId: string;
  details: unknown;
  createdAt: Date;
}

/** More than a person reads at once; the oldest first. */
const SHOWN_MAX = 200;
const NOTE_MAX = 500;

const LIST = {
  name: "open_incidents",
  text: `SELECT id, kind, out_trade_no AS "outTradeNo", transaction_id AS "transactionId", details,
      created_at AS "createdAt" FROM payment_incidents WHERE resolved_at IS NULL ORDER BY created_at LIMIT ${SHOWN_MAX}`,
};
const EXPLAIN = {
  name: "explain_incident",
  text: `UPDATE payment_incidents SET resolved_at = $2, resolution = $3
    WHERE id = $1 AND resolved_at IS NULL RETURNING id`,
};

export function listOpenIncidents(deps: Pick<Deps, "db">): Promise<OpenIncident[]> {
  return deps.db.query<OpenIncident>(LIST, []);
}

/**
 * A person has looked into it and says what it was.
 *
 * @throws DomainError invalid_input without words or with more than 500 characters, not_found when
 *   there is no such open incident.
 */
export async function explainIncident(
  deps: Pick<Deps, "db" | "now">,
  { id, note }: { id: string; note: string },
): Promise<void> {
  if (note.length === 0 || note.length > NOTE_MAX) {
    throw new DomainError("invalid_input", {
      detail: `say what it was, in 1 to ${NOTE_MAX} characters`,
    });
  }
  const rows = await deps.db.query(EXPLAIN, [id, deps.now(), note]);
  if (rows.length === 0) throw new DomainError("not_found", { detail: `no open incident ${id}` });
}
