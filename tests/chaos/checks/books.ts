/** I1–I12 as the database states them, and the ledger's sums against WeChat's (I4, I5). */
import { auditDatabase } from "@/lib/ledger/audit";
import type { ChaosWorld } from "../world/world";
import type { Evidence } from "./evidence";
import { type Finding, type Verdict, verdict } from "./verdict";

export async function judgeAudit(world: ChaosWorld): Promise<Verdict> {
  const lines = await auditDatabase(world.db, world.sandbox.now());
  const findings = lines
    .filter(({ count }) => count > 0)
    .map(({ name, statement, count, breaches }): Finding => {
      const kind = name.includes("cap") ? "over cap" : "unexplained";
      const shown = JSON.stringify(breaches.slice(0, 3));
      return { kind, text: `${name} (${statement}): ${count}, such as ${shown}` };
    });
  return verdict(`the ${lines.length} invariants of npm run audit hold`, findings);
}

const SUMS = {
  name: "chaos_ledger_sums",
  text: `SELECT coalesce(sum(amount_fen), 0)::int AS total,
      coalesce(sum(amount_fen) FILTER (WHERE account IN ('wechat_clearing', 'wechat_fees')), 0)::int AS clearing
    FROM ledger_postings`,
};

export async function judgeLedger(world: ChaosWorld, evidence: Evidence): Promise<Verdict> {
  const [sums] = await world.db.query<{ total: number; clearing: number }>(SUMS, []);
  const paidFen = [...evidence.transactions.values()]
    .filter(({ transactionId }) => transactionId !== null)
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  const returnedFen = evidence.refunds
    .filter(({ status }) => status === "SUCCESS")
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  const findings: Finding[] = [];
  if (sums?.total !== 0) {
    findings.push({ kind: "unexplained", text: `all postings sum to ${sums?.total} fen` });
  }
  const held = paidFen - returnedFen;
  if (sums?.clearing !== held) {
    const text = `WeChat holds ${held} fen for us, our ledger says ${sums?.clearing}`;
    findings.push({ kind: "unexplained", text });
  }
  return verdict("the ledger sums to zero, and to what WeChat holds, fees included", findings);
}
