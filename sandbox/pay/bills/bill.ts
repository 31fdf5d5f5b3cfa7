/** A bill as it was generated: it never changes afterwards, not even over a restart. */
export interface Bill {
  kind: "trade" | "fund";
  billDate: string;
  /** `bill_type` of a trade bill, `account_type` of a fund bill. */
  type: string;
  /** Rows between header and summary. */
  rows: number;
  generatedAtMs: number;
  /** Hex, over the text before it is compressed (wechat.md §1.13). */
  sha1: string;
  gzipBase64: string;
}

/** What a `download_url` stands for. */
export interface BillDownload {
  billKey: string;
  isGzip: boolean;
  expiresAtMs: number;
}

export const getBillKey = (kind: Bill["kind"], billDate: string, type: string) =>
  `${kind} ${billDate} ${type}`;
