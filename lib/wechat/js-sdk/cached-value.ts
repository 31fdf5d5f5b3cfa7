/** Used for five minutes less than WeChat allows: its last five are the overlap of old and new. */
const EARLY_MS = 5 * 60 * 1000;

export interface FreshValue {
  value: string;
  expiresInSeconds: number;
}

export interface CachedValue {
  /** The cached value, or one fetched now; callers that wait share one fetch. */
  get(): Promise<string>;
  /** Drops the value if it is still this one, so that a late loser does not drop its successor. */
  drop(value: string): void;
}

/** Caches one string until shortly before it expires. A failed fetch is not remembered. */
export function createCachedValue(
  now: () => Date,
  fetchValue: () => Promise<FreshValue>,
): CachedValue {
  let cached: { value: string; usableUntilMs: number } | null = null;
  let running: Promise<string> | null = null;

  const fetchOnce = async () => {
    try {
      const { value, expiresInSeconds } = await fetchValue();
      cached = { value, usableUntilMs: now().getTime() + expiresInSeconds * 1000 - EARLY_MS };
      return value;
    } finally {
      running = null;
    }
  };

  return {
    async get() {
      if (cached && now().getTime() < cached.usableUntilMs) return cached.value;
      running ??= fetchOnce();
      return running;
    },
    drop(value) {
      if (cached?.value === value) cached = null;
    },
  };
}
