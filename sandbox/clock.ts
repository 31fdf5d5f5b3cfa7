/**
 * The sandbox's clock: real time plus an offset that the time machine moves, and the queue of
 * things that happen later (notify retries, refunds that complete). In real time due events start
 * side by side, as in life; when the clock is moved they fire one after another, each at its own
 * moment, so that a test sees the same story every time.
 */
export interface SandboxClock {
  /** Milliseconds since 1970 on the sandbox's clock. */
  now(): number;
  offsetMs(): number;
  /** Runs `run` once the clock reaches `dueAtMs`; a past moment means as soon as possible. */
  schedule(dueAtMs: number, run: () => Promise<void>): void;
  /**
   * Moves the clock forward and resolves when every event up to the new time has run to its end.
   * `advance(0)` is therefore "wait until nothing is under way", which tests use instead of sleeping.
   */
  advance(ms: number): Promise<void>;
  /** Sets the offset outright, also backwards; queued events keep their absolute time. */
  setOffset(offsetMs: number): void;
  /** Tracks work that `advance` and `close` must wait for. */
  track(work: Promise<void>): void;
  /** Forgets all queued events; running ones go on. */
  clear(): void;
  /** Stops the timer and waits for running events. */
  close(): Promise<void>;
}

interface QueuedEvent {
  dueAtMs: number;
  run: () => Promise<void>;
}

/** Node's timers overflow above 2^31-1 ms; a longer wait is simply armed again. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export function createClock(options: {
  offsetMs: number;
  onOffsetChanged: (offsetMs: number) => void;
  onEventFailed: (error: unknown) => void;
}): SandboxClock {
  let offset = options.offsetMs;
  let queue: QueuedEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isAdvancing = false;
  let isClosed = false;
  let lastAdvance: Promise<void> = Promise.resolve();
  const running = new Set<Promise<void>>();

  const now = () => Date.now() + offset;

  function setOffset(offsetMs: number): void {
    offset = Math.round(offsetMs);
    options.onOffsetChanged(offset);
    arm();
  }

  function track(work: Promise<void>): void {
    const tracked = work.catch(options.onEventFailed).finally(() => running.delete(tracked));
    running.add(tracked);
  }

  async function settleRunning(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  function arm(): void {
    clearTimeout(timer);
    const next = queue[0];
    if (!next || isAdvancing || isClosed) return;
    const delayMs = Math.min(Math.max(0, next.dueAtMs - now()), TIMER_MS_MAX);
    timer = setTimeout(startDue, delayMs);
  }

  function startDue(): void {
    for (let next = queue[0]; next && next.dueAtMs <= now(); next = queue[0]) {
      queue.shift();
      track(next.run());
    }
    arm();
  }

  function schedule(dueAtMs: number, run: () => Promise<void>): void {
    // Events of the same moment keep the order in which they were queued.
    let index = 0;
    for (let end = queue.length; index < end; ) {
      const middle = (index + end) >> 1;
      if ((queue[middle]?.dueAtMs ?? 0) <= dueAtMs) index = middle + 1;
      else end = middle;
    }
    queue.splice(index, 0, { dueAtMs, run });
    arm();
  }

  async function runUntil(targetMs: number): Promise<void> {
    await settleRunning();
    for (let next = queue[0]; next && next.dueAtMs <= targetMs; next = queue[0]) {
      if (isClosed) return;
      queue.shift();
      if (next.dueAtMs > now()) setOffset(next.dueAtMs - Date.now());
      track(next.run());
      await settleRunning();
    }
    if (targetMs > now()) setOffset(targetMs - Date.now());
  }

  function advance(ms: number): Promise<void> {
    lastAdvance = lastAdvance.then(async () => {
      isAdvancing = true;
      clearTimeout(timer);
      try {
        await runUntil(now() + ms);
      } finally {
        isAdvancing = false;
        arm();
      }
    });
    return lastAdvance;
  }

  async function close(): Promise<void> {
    isClosed = true;
    clearTimeout(timer);
    await settleRunning();
  }

  const clear = () => {
    queue = [];
    clearTimeout(timer);
  };

  return { now, offsetMs: () => offset, schedule, advance, setOffset, track, clear, close };
}
