/** China has one zone and no summer time, so the offset is a constant. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

function shanghaiIso(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString();
}

/** RFC 3339 with `+08:00` and whole seconds, as WeChat writes every time (wechat.md §1.1). */
export function formatRfc3339(atMs: number): string {
  return `${shanghaiIso(atMs).slice(0, 19)}+08:00`;
}

/** `yyyyMMddHHmmss` in Shanghai, the stem of WeChat's numbers. */
export function formatCompact(atMs: number): string {
  return shanghaiIso(atMs).slice(0, 19).replace(/[-:T]/g, "");
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds, or null when the text is not RFC 3339 with a zone. */
export function parseRfc3339(text: string): number | null {
  if (!RFC3339.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}
