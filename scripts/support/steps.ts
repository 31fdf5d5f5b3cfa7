/** Long steps say every so often that they are alive; short enough for a person, long for a log. */
const HEARTBEAT_MS = 15_000;

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Runs one step and prints one line with its duration; a failing step prints its line too. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const startMs = performance.now();
  const heartbeat = setInterval(() => {
    console.log(`… ${title}, ${seconds(startMs)}`);
  }, HEARTBEAT_MS);
  try {
    const result = await work();
    console.log(`✓ ${title} (${seconds(startMs)})`);
    return result;
  } catch (error) {
    console.log(`✗ ${title} (${seconds(startMs)})`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
