/** I5: on every day of the run WeChat's bill, our orders and our ledger are one. */
import type { Deps } from "@/lib/deps";
import { listUnbalancedDays } from "@/lib/reconciliation/list-days-to-reconcile";
import { type Finding, type Verdict, verdict } from "./verdict";

const LAST_RUNS = {
  name: "chaos_last_runs",
  text: `SELECT DISTINCT ON (bill_date) bill_date AS "billDate", state, stage, error
    FROM reconciliation_runs ORDER BY bill_date, started_at DESC, id DESC`,
};
const OPEN_DIFFERENCES = {
  name: "chaos_open_differences",
  text: `SELECT bill_date AS "billDate", kind, subject, ours, theirs, resolution
    FROM bill_differences WHERE state = 'open'`,
};

export async function judgeDays(staff: Deps): Promise<Verdict> {
  await staff.clock.refresh();
  const unbalanced = new Set(await listUnbalancedDays(staff));
  const runs = await staff.db.query<{ billDate: string }>(LAST_RUNS, []);
  const findings: Finding[] = [...unbalanced].map((day) => {
    const last = runs.find(({ billDate }) => billDate === day);
    return { kind: "unexplained", text: `${day} does not balance: ${JSON.stringify(last)}` };
  });
  for (const difference of await staff.db.query<object>(OPEN_DIFFERENCES, [])) {
    findings.push({ kind: "unexplained", text: `open: ${JSON.stringify(difference)}` });
  }
  if (runs.length === 0) findings.push({ kind: "not a real run", text: "no day was compared" });
  return verdict(`the bill, our orders and our ledger agree on ${runs.length} days`, findings);
}
