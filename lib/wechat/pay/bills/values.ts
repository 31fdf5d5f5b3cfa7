/** Values as bills write them: yuan with decimals, Shanghai wall time, counts. Null: does not read. */

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** At most five decimals, as fees have, and ten digits of yuan: exact as a number of milli-fen. */
const YUAN = /^(-?)(\d{1,10})(?:\.(\d{1,5}))?$/;

/** Thousandths of a fen, the smallest amount a bill can write (`0.00001`), exactly and as an integer. */
export function parseMilliFen(yuan: string): number | null {
  const match = YUAN.exec(yuan);
  if (!match) return null;
  const [, sign, whole, decimals = ""] = match;
  const milliFen = Number(whole) * 100_000 + Number(decimals.padEnd(5, "0"));
  // Subtracting, because -0 is not 0 to everybody.
  return sign === "-" ? 0 - milliFen : milliFen;
}

/** Half a fen goes away from zero on both sides, so that a fee and its return cancel. */
export function roundToFen(milliFen: number): number {
  const fen = Math.floor((Math.abs(milliFen) + 500) / 1000);
  return milliFen < 0 ? 0 - fen : fen;
}

const WALL_TIME = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

/** `2026-03-01 20:01:02` in Shanghai, which has been +08:00 since before WeChat. */
export function parseWallTime(text: string): Date | null {
  const match = WALL_TIME.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 31 April and 24:00 over; only a real time survives the round trip.
  const written = new Date(atMs).toISOString().slice(0, 19).replace("T", " ");
  return written === text ? new Date(atMs - SHANGHAI_OFFSET_MS) : null;
}

export function parseCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
