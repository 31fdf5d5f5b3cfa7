/**
 * Structured logs. Callers pass declared fields only; whatever slips through is redacted here,
 * because an ID number in a log file cannot be taken back (F60).
 */
import pino, { type Logger } from "pino";

export type { Logger };

// Neighbours are named instead of using \b: an openid may end in "-", which is no word to \b, and a
// number may follow a letter or an underscore.
const REDACTIONS: readonly [RegExp, string][] = [
  // An 18-digit resident ID number, then an 11-digit mobile number, also with the country's 86.
  [/(?<!\d)[1-9]\d{16}[\dXx](?!\d)/g, "[id-number]"],
  [/(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/g, "[phone]"],
  // WeChat openids are 28 characters and begin with o.
  [/(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/g, "[openid]"],
];

/** Removes identity numbers, mobile numbers and openids from any text. */
export function redact(text: string): string {
  return REDACTIONS.reduce((result, [pattern, mark]) => result.replace(pattern, mark), text);
}

/** @param write gets each redacted line; by default standard output, without blocking a request. */
export function createLogger(level: string, write = bufferedOutput()): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(redact(line)) },
  );
}

/** Lines go out in groups, and what is left when the process ends. */
function bufferedOutput(): (line: string) => void {
  const destination = pino.destination({ fd: 1, sync: false });
  process.once("exit", () => destination.flushSync());
  return (line) => destination.write(line);
}
