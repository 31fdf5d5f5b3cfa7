/**
 * Bugs made on purpose, one of each kind that loses or doubles a yuan. A suite that passes with one of
 * them proves nothing. Each takes away a guard wherever it stands: the database's constraints are a
 * second line behind the code, so a bug of that kind has to get past both.
 */
import type { Kind } from "../checks/verdict";

export interface Replacement {
  file: string;
  /** Must stand in the file exactly once. */
  find: string;
  replace: string;
}

export interface Bug {
  what: string;
  /** What the suite must find, beside whatever else breaks. */
  shows: Kind;
  replacements: Replacement[];
}

const TABLES = "prisma/migrations/20261122000000_create_tables/migration.sql";
const CONSTRAINTS = "prisma/migrations/20261122000100_hold_invariants/migration.sql";
const SETTLE = "prisma/migrations/20261122000200_settle_functions/migration.sql";

export const BUGS: Record<string, Bug> = {
  "skip-row-lock": {
    what: "the update that takes a place does not look at the cap under its row lock",
    shows: "over cap",
    replacements: [
      {
        file: "lib/contributions/create-contribution.ts",
        find: " AND units_paid + units_held < units_max",
        replace: "",
      },
      { file: CONSTRAINTS, find: " AND units_paid + units_held <= units_max", replace: "" },
      {
        file: SETTLE,
        find: "\n      AND units_paid + units_held - v_held < units_max",
        replace: "",
      },
    ],
  },
  "skip-idempotency-check": {
    what: "a payment that is booked already is booked again",
    shows: "doubled",
    replacements: [
      {
        file: "lib/payments/rules.ts",
        find: "  if (order.transactionId !== null) {",
        replace:
          '  if (order.transactionId !== null && !(order.kind === "gift" && order.state === "settled")) {',
      },
      {
        file: SETTLE,
        find: "proven_by = p_proven_by, settled_at = p_now\n  WHERE id = p_order_id AND state = p_expected_state AND state IN ('pending', 'closed')\n  RETURNING * INTO v_order;",
        replace:
          "proven_by = p_proven_by, settled_at = p_now\n  WHERE id = p_order_id AND state = p_expected_state\n  RETURNING * INTO v_order;",
      },
      {
        file: TABLES,
        find: 'CREATE UNIQUE INDEX "units_order_id_key"',
        replace: 'CREATE INDEX "units_order_id_key"',
      },
      {
        file: TABLES,
        find: 'CREATE UNIQUE INDEX "ledger_entries_order_id_kind_key"',
        replace: 'CREATE INDEX "ledger_entries_order_id_kind_key"',
      },
    ],
  },
  "ack-before-commit": {
    what: "a notify is acknowledged while it is still being booked",
    shows: "lost",
    replacements: [
      {
        file: "lib/payments/receive-notification.ts",
        find: 'await refuseIfUnavailable(transaction.outTradeNo, settlePayment(deps, transaction, "notify"));',
        replace: 'void settlePayment(deps, transaction, "notify").catch(() => undefined);',
      },
      {
        file: "lib/payments/receive-notification.ts",
        find: 'import { refuseIfUnavailable } from "./provider-unavailable";\n',
        replace: "",
      },
    ],
  },
  "new-refund-number": {
    what: "a refund that is tried again gets another number",
    shows: "doubled",
    replacements: [
      {
        file: "lib/payments/follow-refund.ts",
        find: "            outRefundNo,\n            refundFen: refund.amountFen,",
        replace:
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of the bug.
          "            outRefundNo: refund.attempts > 1 ? `${outRefundNo}-${refund.attempts}` : outRefundNo,\n            refundFen: refund.amountFen,",
      },
    ],
  },
};
