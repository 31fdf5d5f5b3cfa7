import type { Limit } from "./rate-limit";

/**
 * Tight per identity, loose per address: a thousand people behind one carrier's address must all
 * get through in a minute. The notify route has no limit: WeChat comes from few addresses.
 */
export const LIMITS = {
  /** A person needs two or three tries to pay; ten a minute is already a stuck finger. */
  orderPerViewer: { name: "order", by: "viewer", count: 10, perSeconds: 60 },
  orderPerAddress: { name: "order", by: "address", count: 3_000, perSeconds: 60 },
  /** The order page asks every few seconds while it waits. */
  syncPerViewer: { name: "sync", by: "viewer", count: 60, perSeconds: 60 },
  /** Ending is done once; a few more for second thoughts and for a page that asks again. */
  endPerViewer: { name: "end", by: "viewer", count: 20, perSeconds: 60 },
  /** A person looks at a few days of his papers, and again after a wrong one. */
  previewPerViewer: { name: "preview", by: "viewer", count: 30, perSeconds: 60 },
  /** Guessing ID numbers by "already insured" must not pay. */
  applyPerViewer: { name: "apply", by: "viewer", count: 10, perSeconds: 300 },
  signInPerAddress: { name: "sign_in", by: "address", count: 3_000, perSeconds: 60 },
  readPerAddress: { name: "read", by: "address", count: 12_000, perSeconds: 60 },
} as const satisfies Record<string, Limit>;
