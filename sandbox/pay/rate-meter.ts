/** Counts what happened within the last real second. */
export interface RateMeter {
  countLastSecond(): number;
  add(): void;
  /** The most there ever were within one second. */
  peak(): number;
}

const WINDOW_MS = 1_000;

/** `now` is a real, steady clock in milliseconds; limits of a network do not follow a time machine. */
export function createRateMeter(now: () => number = () => performance.now()): RateMeter {
  const momentsMs: number[] = [];
  let most = 0;

  function countLastSecond(): number {
    const sinceMs = now() - WINDOW_MS;
    const stale = momentsMs.findIndex((atMs) => atMs > sinceMs);
    momentsMs.splice(0, stale < 0 ? momentsMs.length : stale);
    return momentsMs.length;
  }

  return {
    countLastSecond,
    add() {
      momentsMs.push(now());
      most = Math.max(most, countLastSecond());
    },
    peak: () => most,
  };
}
