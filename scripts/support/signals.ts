/** How often we look whether the shell that npm started us in is still there. */
const PARENT_POLL_MS = 1_000;

/**
 * Calls back whenever someone wants this process to end: Ctrl-C, `kill`, a closed terminal, or the
 * end of the npm that runs us. npm passes a signal to its shell only, and the shell dies without
 * telling us; then our parent is suddenly another process.
 */
export function onStopRequest(listener: (reason: NodeJS.Signals) => void): void {
  let wasAsked = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      wasAsked = true;
      listener(signal);
    });
  }
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    if (!wasAsked) listener("SIGTERM");
  }, PARENT_POLL_MS);
  poll.unref();
}
