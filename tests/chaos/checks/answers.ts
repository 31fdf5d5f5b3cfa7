/** I8, I9, I10, I20: what people were told stays true. */
import type { Operation } from "../history";
import type { Evidence } from "./evidence";
import { type Finding, type Verdict, verdict } from "./verdict";

/** Every order that a 2xx named exists, for that payer and for that policy. */
export function judgeAcknowledged({ history, orders }: Evidence): Verdict {
  const findings: Finding[] = [];
  for (const { op, outcome, outTradeNo, openid, about } of history.operations) {
    if (outcome !== "complete" || outTradeNo === null) continue;
    const order = orders.get(outTradeNo);
    const isTheirs = order?.openid === openid && (op !== "give" || order.policyCode === about);
    if (isTheirs) continue;
    const what = order ? "belongs to somebody else" : "does not exist";
    findings.push({ kind: "lost", text: `${op} was answered with ${outTradeNo}, which ${what}` });
  }
  return verdict("what was answered 2xx exists", findings);
}

/** The same key is the same order; a gift has one order at a time. */
export function judgeKeys({ history }: Evidence): Verdict {
  const findings: Finding[] = [];
  const byKey = new Map<string, string>();
  for (const { op, outcome, key, openid, outTradeNo } of history.operations) {
    if (outcome !== "complete" || !key || !outTradeNo || (op !== "give" && op !== "apply"))
      continue;
    const at = `${openid} ${key}`;
    const first = byKey.get(at) ?? outTradeNo;
    byKey.set(at, first);
    if (first !== outTradeNo) {
      const text = `key ${key} was answered with ${first} and with ${outTradeNo}`;
      findings.push({ kind: "doubled", text });
    }
  }
  return verdict("a key is answered with one order, however often it is sent", findings);
}

/** Later states never lead back to earlier ones, in what one person saw of one order. */
const RANK: Record<string, number> = {
  pending: 0,
  closed: 1,
  settled: 2,
  refunding: 3,
  refund_failed: 4,
  refunded: 5,
};

/** A state once shown is never taken back, and what was shown as paid ends as a unit or a refund. */
export function judgeSeen({ history, orders }: Evidence): Verdict {
  const findings: Finding[] = [];
  const byOrder = new Map<string, Operation[]>();
  for (const operation of history.operations) {
    if (operation.state === null || operation.outTradeNo === null) continue;
    const seen = byOrder.get(operation.outTradeNo) ?? [];
    byOrder.set(operation.outTradeNo, [...seen, operation]);
  }
  for (const [outTradeNo, seen] of byOrder) {
    const end = orders.get(outTradeNo)?.state ?? "gone";
    for (const { state, endedAtMs } of seen) {
      // Only what was asked after this answer arrived must be as new as it.
      const later = seen.filter(({ invokedAtMs }) => invokedAtMs > endedAtMs);
      const back = later.find((other) => rankOf(other.state) < rankOf(state));
      if (back) {
        const text = `${outTradeNo} was shown ${state} and then ${back.state}`;
        findings.push({ kind: "lost", text });
      }
      if (rankOf(end) < rankOf(state)) {
        findings.push({ kind: "lost", text: `${outTradeNo} was shown ${state} and is ${end}` });
      }
    }
  }
  return verdict("nobody is shown something that is not so afterwards", findings);
}

/** `refund_failed` may still end well, so only its being paid is remembered. */
function rankOf(state: string | null): number {
  if (state === "refund_failed") return RANK.refunding as number;
  return RANK[state ?? ""] ?? -1;
}

const EXPECTED_STATUS = new Set([200, 201, 204, 302, 409, 429, 502, 503]);

/** People hear 2xx, a reason why not, or "later"; never that we do not know (500). */
export function judgeStatuses({ history }: Evidence): Verdict {
  const findings = history.operations
    .filter(({ status }) => status !== null && !EXPECTED_STATUS.has(status))
    .map(({ op, about, status, code }) => ({
      kind: "unexplained" as const,
      text: `${op} of ${about} was answered ${status} ${code ?? ""}`,
    }));
  return verdict("every answer is a result, a reason, or a plea to come back", findings);
}
