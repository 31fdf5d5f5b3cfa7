/**
 * What people did and what they were told (Jepsen's history): the judges read it, nothing else
 * does. An operation whose answer was lost stays `unknown`: it may have happened or not.
 */
export interface Operation {
  op: string;
  /** Idempotency-Key, or null where there is none. */
  key: string | null;
  openid: string;
  /** Code of the policy, or number of the order, that it is about. */
  about: string;
  /** Real milliseconds; the order in which things were asked and answered. */
  invokedAtMs: number;
  endedAtMs: number;
  outcome: "complete" | "refused" | "unknown";
  status: number | null;
  /** The problem's code of a refusal. */
  code: string | null;
  /** The order that an answer named. */
  outTradeNo: string | null;
  /** What a 2xx said of the order's state. */
  state: string | null;
}

export interface History {
  operations: Operation[];
  record(operation: Operation): void;
  /** How many ended so. */
  count(outcome: Operation["outcome"]): number;
}

export function createHistory(): History {
  const operations: Operation[] = [];
  return {
    operations,
    record: (operation) => operations.push(operation),
    count: (outcome) => operations.filter((one) => one.outcome === outcome).length,
  };
}
