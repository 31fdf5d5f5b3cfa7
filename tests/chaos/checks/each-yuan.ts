/** I3, I6: WeChat's books and ours say the same of every yuan. */
import type { Transaction } from "../world/sandbox";
import type { Evidence, OurOrder } from "./evidence";
import { type Finding, type Verdict, verdict } from "./verdict";

/** Every payment at WeChat is exactly one live unit or one refund of ours, and nothing else is paid. */
export function judgePayments({ orders, transactions }: Evidence): Verdict {
  const findings: Finding[] = [];
  for (const transaction of transactions.values()) {
    if (transaction.transactionId === null) continue;
    const order = orders.get(transaction.outTradeNo);
    findings.push(...judgePayment(transaction, order));
  }
  for (const order of orders.values()) {
    const theirs = transactions.get(order.outTradeNo)?.transactionId ?? null;
    if (order.transactionId !== null && theirs === null) {
      const text = `${order.outTradeNo} is ${order.state} here and was never paid at WeChat`;
      findings.push({ kind: "unexplained", text });
    }
  }
  return verdict("every payment at WeChat is exactly one unit or one refund", findings);
}

function judgePayment(theirs: Transaction, ours: OurOrder | undefined): Finding[] {
  const { outTradeNo, transactionId, amountFen, refundedFen } = theirs;
  const say = (kind: Finding["kind"], what: string) => [
    { kind, text: `${outTradeNo}, paid at WeChat as ${transactionId}: ${what}` },
  ];
  if (!ours) return say("lost", "we have no such order");
  if (ours.transactionId === null) return say("lost", `our order is ${ours.state}`);
  if (ours.transactionId !== transactionId) {
    return say("unexplained", `our order names ${ours.transactionId}`);
  }
  if (ours.paidFen !== amountFen) return say("unexplained", `we booked ${ours.paidFen} fen`);
  const liveUnits = ours.units.filter(({ status }) => status === "active").length;
  const ends = liveUnits + ours.refunds.length;
  if (ends === 0) return say("lost", `${ours.state}, neither unit nor refund`);
  if (ends > 1) return say("doubled", `${liveUnits} units and ${ours.refunds.length} refunds`);
  const promisedFen = ours.refunds.reduce((sum, refund) => sum + refund.amountFen, 0);
  if (promisedFen !== refundedFen) {
    return say("unexplained", `${promisedFen} fen to give back, ${refundedFen} given at WeChat`);
  }
  return [];
}

/** Every refund at WeChat is one of ours under our number, once for each payment, and the reverse. */
export function judgeRefunds({ orders, refunds, supersededNos }: Evidence): Verdict {
  const findings: Finding[] = [];
  const ours = new Map(
    [...orders.values()].flatMap(({ outTradeNo, refunds: mine }) =>
      mine.map((refund) => [refund.outRefundNo, { ...refund, outTradeNo }] as const),
    ),
  );
  const seen = new Map<string, string>();
  for (const { outRefundNo, outTradeNo, amountFen, status } of refunds) {
    // Closed for good and replaced by a person: it never paid anything.
    if (status === "CLOSED" && supersededNos.has(outRefundNo)) continue;
    const mine = ours.get(outRefundNo);
    const say = (kind: Finding["kind"], what: string) =>
      findings.push({ kind, text: `refund ${outRefundNo} at WeChat (${status}): ${what}` });
    if (mine?.outTradeNo !== outTradeNo) say("doubled", "its number is not one of ours");
    else if (mine.amountFen !== amountFen) say("unexplained", `${amountFen} fen, not as we asked`);
    else if (status === "SUCCESS" && mine.state !== "succeeded") {
      say("unexplained", `we believe it is ${mine.state}`);
    }
    const other = seen.get(outTradeNo);
    if (other) say("doubled", `${outTradeNo} is given back by ${other} too`);
    seen.set(outTradeNo, outRefundNo);
  }
  const theirs = new Map(refunds.map((refund) => [refund.outRefundNo, refund]));
  for (const { outRefundNo, state } of ours.values()) {
    if (theirs.get(outRefundNo)?.status === "SUCCESS") continue;
    findings.push({
      kind: "lost",
      text: `refund ${outRefundNo} is ${state} here and ${theirs.get(outRefundNo)?.status ?? "unknown"} at WeChat`,
    });
  }
  return verdict("every refund at WeChat is one of ours, once for each payment", findings);
}
