/** What a judge finds. Each check says what it promises; a finding says how it was broken. */
export const KINDS = ["lost", "doubled", "unexplained", "over cap", "not a real run"] as const;
export type Kind = (typeof KINDS)[number];

export interface Finding {
  kind: Kind;
  text: string;
}

export interface Verdict {
  promise: string;
  findings: Finding[];
}

export function verdict(promise: string, findings: Finding[]): Verdict {
  return { promise, findings };
}

export function countKind(verdicts: readonly Verdict[], kind: Kind): number {
  return verdicts.flatMap(({ findings }) => findings).filter((one) => one.kind === kind).length;
}
