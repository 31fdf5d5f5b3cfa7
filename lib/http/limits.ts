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
  /** A person tries his switches, on and off and on again; each may move the boards. */
  switchPerViewer: { name: "switch", by: "viewer", count: 60, perSeconds: 60 },
  /** Each tap in WeChat's own dialog is one; nobody taps that fast for long. */
  consentPerViewer: { name: "consent", by: "viewer", count: 20, perSeconds: 60 },
  /** A person writes a line, mends it, and thanks a hundred friends one by one while he reads. */
  wordsPerViewer: { name: "words", by: "viewer", count: 60, perSeconds: 60 },
  /** Guessing ID numbers by "already insured" must not pay. */
  applyPerViewer: { name: "apply", by: "viewer", count: 10, perSeconds: 300 },
  /** A person types one short code, and again after a slip; see lib/asking/queries on guessing. */
  shortCodePerViewer: { name: "short_code", by: "viewer", count: 20, perSeconds: 600 },
  shortCodePerAddress: { name: "short_code", by: "address", count: 1_000, perSeconds: 60 },
  signInPerAddress: { name: "sign_in", by: "address", count: 3_000, perSeconds: 60 },
  /** A street of phones behind one address opens a poster each; drawing has its own bound. */
  picturePerAddress: { name: "picture", by: "address", count: 3_000, perSeconds: 60 },
  readPerAddress: { name: "read", by: "address", count: 12_000, perSeconds: 60 },
} as const satisfies Record<string, Limit>;
