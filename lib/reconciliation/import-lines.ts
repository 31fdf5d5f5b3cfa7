import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Deps } from "@/lib/deps";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { parseFundBill } from "@/lib/wechat/pay/bills/parse-fund-bill";
import { parseTradeBill } from "@/lib/wechat/pay/bills/parse-trade-bill";
import type { DayBillKind } from "./fetch-bills";
import { type StoredLine, toFundLines, toTradeLines } from "./lines";

const BILLS = {
  name: "bills_to_import",
  text: `SELECT b.kind, b.content, b.lines_count AS "linesCount", (SELECT count(*)::int FROM bill_lines l
      WHERE l.bill_date = b.bill_date AND l.kind = b.kind) AS "importedCount"
    FROM bills b WHERE b.bill_date = $1`,
};
const IMPORT_LINES = {
  name: "import_lines",
  text: `INSERT INTO bill_lines (bill_date, kind, line_no, entry, at, transaction_id, out_trade_no, out_refund_no,
      openid, amount_fen, fee_fen, fee_rate_ppm, state, attach)
    SELECT $1, kind, "lineNo", entry, at, "transactionId", "outTradeNo", "outRefundNo", openid, "amountFen", "feeFen",
      "feeRatePpm", state, attach
    FROM jsonb_to_recordset($2::jsonb) AS line(kind text, "lineNo" int, entry text, at timestamptz, "transactionId" text,
      "outTradeNo" text, "outRefundNo" text, openid text, "amountFen" int, "feeFen" int, "feeRatePpm" int, state text,
      attach text)
    ON CONFLICT (bill_date, kind, line_no) DO NOTHING`,
};

/** A statement of so many lines takes some 50 ms, far from its three seconds. */
const CHUNK = 2_000;

interface BillRow {
  kind: DayBillKind;
  content: Buffer | null;
  linesCount: number;
  importedCount: number;
}

/** Writes the lines of the stored bills; what an interrupted import has written stays. */
export async function importLines(
  deps: Deps,
  billDate: CalendarDate,
  beforeChunk: () => Promise<void>,
): Promise<void> {
  const bills = await deps.db.query<BillRow>(BILLS, [billDate]);
  if (bills.every(({ linesCount, importedCount }) => linesCount === importedCount)) return;
  const lines = await readLines(bills);
  for (let from = 0; from < lines.length; from += CHUNK) {
    await beforeChunk();
    const chunk = JSON.stringify(lines.slice(from, from + CHUNK));
    await deps.db.query(IMPORT_LINES, [billDate, chunk]);
  }
}

async function readLines(bills: readonly BillRow[]): Promise<StoredLine[]> {
  const textOf = async (kind: DayBillKind): Promise<string | null> => {
    const content = bills.find((bill) => bill.kind === kind)?.content;
    return content ? (await promisify(gunzip)(content)).toString("utf8") : null;
  };
  const [tradeText, fundText] = await Promise.all([textOf("trade"), textOf("fund_basic")]);
  const trades = tradeText ? parseTradeBill(tradeText).rows : [];
  const flows = fundText ? parseFundBill(fundText).rows : [];
  return [...toTradeLines(trades), ...toFundLines(flows, trades)];
}
