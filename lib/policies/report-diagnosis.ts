/**
 * The insured tells of a diagnosis (R31). In the waiting period all premiums go back and the policy
 * ends. Later the report is only kept: whether and what is paid is for a claim to decide, and until
 * then no unit ends, not even those that still wait.
 */
import type { Database } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { newId } from "@/lib/ids";
import { type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import {
  DIAGNOSIS_REASONS,
  type DiagnosisPreview,
  type DiagnosisReport,
  type DiagnosisReportRequest,
} from "./contract";
import { decideAgain, endPolicy } from "./end-units";
import { decideDiagnosisReport, findPolicyEnding } from "./ending-rules";
import { findPolicyToEnd, type PolicyToEnd } from "./policy-to-end";

const ADD_REPORT = {
  name: "add_diagnosis_report",
  text: `INSERT INTO diagnosis_reports (id, policy_id, diagnosed_on_cipher, outcome, payable_yuan, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

interface Who {
  code: string;
  userId: string;
}

/**
 * What a report of that day would do; what was reported, when it was.
 *
 * @throws DomainError not_found (also for somebody else's policy), policy_not_open, invalid_input
 *   for a day to come or before the year of issue.
 */
export async function previewDiagnosis(
  deps: Pick<Deps, "db" | "now">,
  { diagnosedOn, ...who }: Who & { diagnosedOn: CalendarDate },
): Promise<DiagnosisPreview> {
  const policy = await getOwnPolicy(deps, who);
  const reported = findReport(policy);
  if (reported) {
    const { endorsementNo: _number, reportedAt: _at, ...preview } = reported;
    return preview;
  }
  return toPreview(decideNow(policy, diagnosedOn, deps.now()));
}

/**
 * Reports it, once for a policy: a second report answers the first one.
 *
 * @throws DomainError as `previewDiagnosis`, and quote_changed when the outcome is not what was seen.
 */
export function reportDiagnosis(
  deps: Pick<Deps, "db" | "now" | "log" | "vault">,
  { seen, ...who }: Who & { seen: DiagnosisReportRequest },
): Promise<DiagnosisReport> {
  return decideAgain(async () => {
    const policy = await getOwnPolicy(deps, who);
    const reported = findReport(policy);
    if (reported) return reported;
    const now = deps.now();
    const decision = decideNow(policy, seen.diagnosedOn, now);
    if (decision.outcome !== seen.outcome) throw new DomainError("quote_changed");
    const preview = toPreview(decision);
    const endorsementNo = await deps.db.transaction(async (query) => {
      const number =
        decision.outcome === "refund_all"
          ? await endPolicy(query, policy, toEnd(decision, now), now)
          : null;
      await addReport({ query, vault: deps.vault }, policy.id, { ...preview, ...seen }, now);
      return number;
    });
    // The same line as of a surrender: why a policy ended is health data and stays out of the log,
    // and so does a report that ends nothing.
    if (endorsementNo) {
      const { length: units } = policy.units.filter(({ endedOn }) => endedOn === null);
      deps.log.info({ endorsementNo, units }, "policy ended");
    }
    return { ...preview, endorsementNo, reportedAt: now.toISOString() };
  });
}

type Decision = Extract<ReturnType<typeof decideDiagnosisReport>, { ok: true }>["decision"];
type RefundAll = Extract<Decision, { outcome: "refund_all" }>;

/**
 * Ends on the day of the report. Nothing was payable in the waiting period anyway, and an end on the
 * day after the diagnosis would tell in clear the day that is kept sealed.
 */
function toEnd({ reason, units }: RefundAll, now: Date) {
  const endedOn = shanghaiDateOf(now);
  return { reason, endedOn, refunds: units.map((refund) => ({ ...refund, endedOn })) };
}

async function getOwnPolicy(deps: Pick<Deps, "db">, { code, userId }: Who): Promise<PolicyToEnd> {
  const policy = await findPolicyToEnd(deps.db, code);
  if (policy?.userId !== userId) throw new DomainError("not_found");
  return policy;
}

function decideNow(policy: PolicyToEnd, diagnosedOn: CalendarDate, now: Date): Decision {
  const decided = decideDiagnosisReport(policy, { diagnosedOn, today: shanghaiDateOf(now) });
  if (!decided.ok) throw new DomainError(decided.code, { fields: decided.fields });
  return decided.decision;
}

function toPreview(decision: Decision): DiagnosisPreview {
  return decision.outcome === "refund_all"
    ? {
        outcome: "refund_all",
        reason: decision.reason,
        totalFen: decision.totalFen,
        payableYuan: 0,
      }
    : { outcome: "pay_matured", reason: null, totalFen: 0, payableYuan: decision.payableYuan };
}

function addReport(
  { query, vault }: { query: Database["query"] } & Pick<Deps, "vault">,
  policyId: string,
  report: DiagnosisPreview & { diagnosedOn: CalendarDate },
  now: Date,
): Promise<unknown> {
  const id = newId("diagnosisReport", now);
  const cipher = vault.seal(report.diagnosedOn, `diagnosis_reports.diagnosed_on.${id}`);
  const { outcome, payableYuan } = report;
  return query(ADD_REPORT, [id, policyId, cipher, outcome, payableYuan, now]);
}

function findReport(policy: PolicyToEnd): DiagnosisReport | null {
  const { report } = policy;
  if (!report) return null;
  const { outcome, payableYuan } = report;
  const reportedAt = report.createdAt.toISOString();
  // A policy whose report waits for a claim may have ended since for another reason.
  const ending = outcome === "refund_all" ? findPolicyEnding(policy) : null;
  return {
    outcome,
    reason: DIAGNOSIS_REASONS.find((reason) => reason === ending?.reason) ?? null,
    totalFen: ending?.totalFen ?? 0,
    payableYuan,
    endorsementNo: ending?.endorsementNo ?? null,
    reportedAt,
  };
}
