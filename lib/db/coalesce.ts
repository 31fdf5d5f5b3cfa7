/**
 * Reads by key that are asked for at the same time share one statement. A lone read goes at once;
 * those that come while one is on its way go together in the next. Nobody gets an answer that was
 * read before he asked.
 */

/** Bounds one statement; what is over waits for the next. */
const KEYS_MAX = 64;

interface Waiting<Row> {
  resolve(row: Row | null): void;
  reject(error: unknown): void;
}

/**
 * @param read finds the rows of distinct keys in one statement; a key without a row is left out.
 * @returns finds one row. A failing statement fails all who share it.
 */
export function coalesceReads<Row>(
  read: (keys: string[]) => Promise<ReadonlyMap<string, Row>>,
): (key: string) => Promise<Row | null> {
  const waiting = new Map<string, Waiting<Row>[]>();
  let isReading = false;

  function takeKeys(): Map<string, Waiting<Row>[]> {
    const taken = new Map([...waiting].slice(0, KEYS_MAX));
    for (const key of taken.keys()) waiting.delete(key);
    return taken;
  }

  async function drain(): Promise<void> {
    isReading = true;
    while (waiting.size > 0) {
      const taken = takeKeys();
      try {
        const rows = await read([...taken.keys()]);
        for (const [key, askers] of taken) {
          for (const asker of askers) asker.resolve(rows.get(key) ?? null);
        }
      } catch (error) {
        for (const askers of taken.values()) for (const asker of askers) asker.reject(error);
      }
    }
    isReading = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const askers = waiting.get(key);
      if (askers) askers.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
      if (!isReading) void drain();
    });
}
