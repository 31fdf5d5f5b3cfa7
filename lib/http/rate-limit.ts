/**
 * Token buckets in this process. They protect against hammering, not against cheating: what must
 * never happen is held by the database. Limits are tight per identity and loose per address,
 * because a thousand people behind one carrier's address must all get through in a minute.
 */
export interface Limit {
  name: string;
  by: "viewer" | "address";
  count: number;
  perSeconds: number;
}

interface Bucket {
  tokens: number;
  updatedAtMs: number;
}

/** Past this many buckets the oldest half is dropped: memory stays bounded under a flood. */
const BUCKETS_MAX = 50_000;

export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one token. Returns 0, or the whole seconds until the next token. */
  take(limit: Limit, key: string, nowMs: number): number {
    const id = `${limit.name}:${key}`;
    const refillPerMs = limit.count / (limit.perSeconds * 1000);
    const bucket = this.#buckets.get(id) ?? { tokens: limit.count, updatedAtMs: nowMs };
    const elapsedMs = Math.max(0, nowMs - bucket.updatedAtMs);
    bucket.tokens = Math.min(limit.count, bucket.tokens + elapsedMs * refillPerMs);
    bucket.updatedAtMs = nowMs;
    // Set anew, so that the map's order is the order of use and the oldest are dropped first.
    this.#buckets.delete(id);
    this.#buckets.set(id, bucket);
    if (this.#buckets.size > BUCKETS_MAX) this.#dropOldest();
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / refillPerMs / 1000);
    bucket.tokens -= 1;
    return 0;
  }

  #dropOldest(): void {
    let left = BUCKETS_MAX / 2;
    for (const id of this.#buckets.keys()) {
      if (left === 0) return;
      this.#buckets.delete(id);
      left -= 1;
    }
  }
}
