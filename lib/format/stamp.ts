const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** `2026-11-22 11:42:05.123` in Shanghai: for staff, who compare it with logs and bills. Pure. */
export function formatStamp(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS)
    .toISOString()
    .replace("T", " ")
    .replace("Z", "");
}
