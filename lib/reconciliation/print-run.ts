/** A run as a person reads it: three sums side by side, then what needs eyes. */
import { formatFen } from "@/lib/format/money";
import type { StoredDifference } from "./differences";
import type { Figures, Sum } from "./figures";
import { DIFFERENCE_KINDS } from "./kinds";
import { type ReconciliationRun, retryAt } from "./runs";

const HEADS = { balanced: "balanced", differs: "DIFFERS", waiting: "waiting", failed: "FAILED" };

/** Some lines of text, without a line break at the end. */
export function printRun(run: ReconciliationRun, differences: readonly StoredDifference[]): string {
  const { billDate, state, error, figures } = run;
  if (state === "running") {
    return `${billDate}  another process has been at it since ${run.startedAt.toISOString()}`;
  }
  const again = retryAt(run);
  return [
    `${billDate}  ${HEADS[state]}${error ? `: ${error}` : ""}`,
    ...(again ? [`            try again from ${again.toISOString()}`] : []),
    ...(figures ? printFigures(figures) : []),
    ...differences.map(printDifference),
  ].join("\n");
}

/** `open payment_absent W… (dif_…)` with what it means and what to do, or what became of it. */
export function printDifference(difference: StoredDifference): string {
  const { id, kind, state, outTradeNo, transactionId, outRefundNo, ours, theirs } = difference;
  const { meaning, todo } = DIFFERENCE_KINDS[kind];
  const numbers = [outTradeNo, outRefundNo, transactionId].filter((number) => number !== null);
  const head = `  ${state} ${kind} ${numbers.join(" ")} (${id})`;
  if (state !== "open") return `${head}\n      ${difference.resolution ?? ""}`;
  return [
    head,
    `      ${meaning}`,
    `      ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`,
    ...(difference.resolution ? [`      ${difference.resolution}`] : []),
    `      ${todo}`,
  ].join("\n");
}

function printFigures({ payments, refunds, fees, account, ...rest }: Figures): string[] {
  const { datedOtherwise, differences, seconds } = rest;
  const booked = {
    count: refunds.ledger.count + refunds.underWay.count,
    fen: refunds.ledger.fen + refunds.underWay.fen,
  };
  const { underWay } = refunds;
  const otherDays = datedOtherwise.payments + datedOtherwise.refunds;
  return [
    row("", "WeChat's bill", "orders", "ledger"),
    row("payments", sum(payments.bill), sum(payments.orders), sum(payments.ledger)),
    row("refunds", sum(refunds.bill), sum(refunds.refunds), sum(booked)),
    row("fees", formatFen(fees.billFen), "", formatFen(fees.ledgerFen)),
    row("account", formatFen(account.tradedFen), "moved", formatFen(account.movedFen)),
    ...(underWay.count > 0 ? [`  of the refunds ${sum(underWay)} have not arrived yet`] : []),
    ...(otherDays > 0 ? [`  ${otherDays} of them we date into a neighbouring day`] : []),
    `  differences: ${differences.open} open, ${differences.repaired} repaired, ${differences.explained} explained`,
    `  seconds: ${Object.entries(seconds)
      .map(([stage, took]) => `${stage} ${took}`)
      .join(", ")}`,
  ];
}

const row = (name: string, ...cells: string[]) =>
  `  ${name.padEnd(10)}${cells.map((cell) => cell.padStart(22)).join("")}`.trimEnd();
const sum = ({ count, fen }: Sum) => `${count} for ${formatFen(fen)}`;
