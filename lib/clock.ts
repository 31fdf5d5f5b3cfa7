/**
 * The application's clock. With the sandbox it follows the sandbox's time machine, so that one
 * click moves WeChat and the app together; in production it is the system clock.
 */
export interface Clock {
  now(): Date;
  /** Re-reads the sandbox's offset; does nothing in production. Called once per request. */
  refresh(): Promise<void>;
}

export const systemClock: Clock = { now: () => new Date(), refresh: async () => undefined };

/** A local call; a sandbox that does not answer within this time leaves the last known offset. */
const REFRESH_TIMEOUT_MS = 500;

export function createSandboxClock(sandboxUrl: string): Clock {
  let offsetMs = 0;
  let pending: Promise<void> | undefined;
  async function read(): Promise<void> {
    try {
      const response = await fetch(`${sandboxUrl}/__sandbox/clock`, {
        signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
      });
      const body = (await response.json()) as { offsetMs?: unknown };
      if (typeof body.offsetMs === "number") offsetMs = body.offsetMs;
    } catch {
      // The sandbox is down: payments will say so themselves.
    } finally {
      pending = undefined;
    }
  }
  return {
    now: () => new Date(Date.now() + offsetMs),
    refresh: () => {
      pending ??= read();
      return pending;
    },
  };
}
