/** What programs read of a whole run: the checks that held, and what the others found. */
import { countKind, KINDS, type Kind, type Verdict } from "./checks/verdict";

export interface Report {
  passed: number;
  failed: number;
  findings: Record<Kind, number>;
}

export function summarise(verdicts: readonly Verdict[]): Report {
  const failed = verdicts.filter(({ findings }) => findings.length > 0).length;
  return {
    passed: verdicts.length - failed,
    failed,
    findings: Object.fromEntries(KINDS.map((kind) => [kind, countKind(verdicts, kind)])) as Record<
      Kind,
      number
    >,
  };
}
