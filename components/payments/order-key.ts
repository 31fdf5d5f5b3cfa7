/**
 * The Idempotency-Key of one purchase, kept for the tab: a reload, a double tap or the way back
 * from WeChat sends the same key and gets the same order instead of a second one.
 */
interface StoredKey {
  key: string;
  /** What was ordered; other words or another form make another purchase. */
  content: string;
  expiresAtMs: number;
}

/** As long as a place is held for an order (R19); a later purchase is a new one. */
const KEY_LIFE_MS = 15 * 60 * 1000;

const nameOf = (scope: string) => `order-key:${scope}`;

/** `randomUUID` exists only on https; a demonstration on a local network has plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `scope` is what is bought, e.g. the policy's code; `content` is the request's body. */
export function orderKeyFor(scope: string, content: string): string {
  const fresh: StoredKey = { key: newKey(), content, expiresAtMs: Date.now() + KEY_LIFE_MS };
  try {
    const stored = JSON.parse(sessionStorage.getItem(nameOf(scope)) ?? "null") as StoredKey | null;
    if (stored && stored.content === content && stored.expiresAtMs > Date.now()) return stored.key;
    sessionStorage.setItem(nameOf(scope), JSON.stringify(fresh));
  } catch {
    // Storage can be switched off; the server's own rules still keep a purchase single.
  }
  return fresh.key;
}

/** After a definite end: paid, refused, or closed. */
export function forgetOrderKey(scope: string): void {
  try {
    sessionStorage.removeItem(nameOf(scope));
  } catch {
    // Nothing was stored then.
  }
}
