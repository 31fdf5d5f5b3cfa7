/**
 * The Idempotency-Key of one purchase. It belongs to what is bought and to the request's content, and
 * survives a reload, the way back and the way through WeChat's login: each sends the same key and
 * gets the same order.
 *
 * Kept for the tab and not for the browser: the content of an application is personal data, which
 * must be gone with the tab on a phone that is lent. A second tab has another key, and the server
 * gives it the order that is open already.
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

/** `scope` is the address that is posted to: purpose and policy; `content` is the request's body. */
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

/** After a definite end: paid, or refused for good. */
export function forgetOrderKey(scope: string): void {
  try {
    sessionStorage.removeItem(nameOf(scope));
  } catch {
    // Nothing was stored then.
  }
}
