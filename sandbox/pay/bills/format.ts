import { formatRfc3339 } from "../../time";

/**
 * How bills write values (wechat.md §1.13): yuan, backticks, a header and a summary. The documentation
 * is silent about bytes; a bill that was published with its hash has a byte order mark and `\r\n`.
 */

const BYTE_ORDER_MARK = "\uFEFF";
const END_OF_LINE = "\r\n";

/** `1.00`, `-0.01`: whole fen only, so nothing is rounded. */
export function formatYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fees are whole fen and have five decimals all the same: `0.01000`, `-0.27000`. */
export function formatFeeYuan(fen: number): string {
  return `${formatYuan(fen)}000`;
}

/** `0.60%`. */
export function formatRate(basisPoints: number): string {
  return `${formatYuan(basisPoints)}%`;
}

/** `2021-01-28 17:07:11` in Shanghai. */
export function formatBillTime(atMs: number): string {
  return formatRfc3339(atMs).slice(0, 19).replace("T", " ");
}

/** A comma or a line break would be read as the end of a value: each becomes two characters. */
const ESCAPES: Record<string, string> = { ",": "\\ ", "\r": "\\r", "\n": "\\n" };

/** `a,b` is written `a\ b`: of what the merchant chose, and of nothing else. */
export function escapeText(text: string): string {
  return text.replace(/[,\r\n]/g, (character) => ESCAPES[character] ?? character);
}

/** Every value behind a backtick, which keeps a spreadsheet from rounding long numbers. */
function formatRow(values: readonly string[]): string {
  return values.map((value) => `\`${value}`).join(",");
}

/** The whole file: header, rows, summary header, summary; the last line is ended like the others. */
export function formatBill(bill: {
  header: readonly string[];
  rows: readonly (readonly string[])[];
  summaryHeader: readonly string[];
  summary: readonly string[];
}): string {
  const lines = [
    bill.header.join(","),
    ...bill.rows.map(formatRow),
    bill.summaryHeader.join(","),
    formatRow(bill.summary),
  ];
  return BYTE_ORDER_MARK + lines.map((line) => line + END_OF_LINE).join("");
}
