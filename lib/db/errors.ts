/** SQLSTATEs that the domain tells apart. Everything else is a bug or an outage. */
const UNIQUE_VIOLATION = "23505";
/** Raised by our own functions when a row changed between decision and write. */
const STALE_DECISION = "WH001";
const TRANSIENT = new Set(["40001", "40P01"]);

/** What Prisma wraps (P2010, P2034, …) keeps Postgres's own SQLSTATE inside (F38). */
interface DatabaseError {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
}

function sqlState(error: unknown): string | undefined {
  const { code, meta } = (error ?? {}) as DatabaseError;
  const state = meta?.driverAdapterError?.cause?.originalCode ?? code;
  return typeof state === "string" ? state : undefined;
}

/** True when the named unique index refused the row. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  return (
    sqlState(error) === UNIQUE_VIOLATION && (error as { constraint?: string }).constraint === index
  );
}

/** True when nothing was written and deciding again from fresh rows can succeed. */
export function isStaleDecision(error: unknown): boolean {
  const state = sqlState(error);
  return state === STALE_DECISION || (state !== undefined && TRANSIENT.has(state));
}

/**
 * True when Postgres cannot be reached, is starting or stopping, took too long, or ended a deadlock. Whether a
 * statement that was under way committed is unknown; the caller re-reads by its key.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) {
    if (/^(08|53|57P|57014|55P03)/.test(state) || TRANSIENT.has(state)) return true;
    if (
      [
        "ECONNREFUSED",
        "ECONNRESET",
        "EPIPE",
        "ETIMEDOUT",
        "P1001",
        "P1002",
        "P1008",
        "P1017",
        "P2024",
      ].includes(state)
    ) {
      return true;
    }
  }
  const message = error instanceof Error ? error.message : "";
  return /timeout exceeded when trying to connect|Query read timeout|Connection terminated|connection error and is not queryable|Client was closed|Can't reach database/.test(
    message,
  );
}
