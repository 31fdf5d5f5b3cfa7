/**
 * What travels with an order through WeChat and comes back in its answers and in the bill: enough to
 * make the order again when our own row is lost. Public facts only, no personal data.
 */

/** Names the format: another one gets another mark, and old bills stay readable. */
const MARK = "WHZ1";
const KINDS = { first: "f", gift: "g" } as const;
const ATTACH = /^WHZ1\.([fg])\.([0-9A-Za-z]{22})$/;

export interface OrderOrigin {
  kind: "first" | "gift";
  policyCode: string;
}

/** `WHZ1.g.<policyCode>`, 29 of the 128 characters that WeChat allows (wechat.md §1.6). */
export function formatAttach({ kind, policyCode }: OrderOrigin): string {
  return `${MARK}.${KINDS[kind]}.${policyCode}`;
}

/** Null for everything that `formatAttach` did not write. */
export function parseAttach(attach: string | null): OrderOrigin | null {
  const [, letter, policyCode] = ATTACH.exec(attach ?? "") ?? [];
  if (!policyCode) return null;
  return { kind: letter === KINDS.first ? "first" : "gift", policyCode };
}
