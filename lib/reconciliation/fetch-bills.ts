/**
 * Keeps a day's bills as evidence. A bill that is stored was whole, was the one WeChat announced, and
 * adds up; it is never asked for again and never changes.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Deps } from "@/lib/deps";
import { addDays, type CalendarDate, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { BillUnreadable } from "@/lib/wechat/pay/bills/bill-table";
import { type FundBillRow, parseFundBill } from "@/lib/wechat/pay/bills/parse-fund-bill";
import { parseTradeBill, type TradeBillRow } from "@/lib/wechat/pay/bills/parse-trade-bill";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import type { BillFile } from "@/lib/wechat/pay/types";
import { findForeignLine } from "./lines";

/** `waiting`: ask again later. `failed`: nothing was imported, and a person should look. */
export type FetchResult = { kind: "stored" } | { kind: "waiting" | "failed"; reason: string };

const STORED_BILLS = {
  name: "stored_bills",
  text: "SELECT kind FROM bills WHERE bill_date = $1 AND kind IN ('trade', 'fund_basic')",
};
const STORE_BILL = {
  name: "store_bill",
  text: `INSERT INTO bills (bill_date, kind, sha1, content, lines_count, downloaded_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (bill_date, kind) DO NOTHING`,
};
const OUR_TRADES = {
  name: "our_trades_of_day",
  text: `SELECT (SELECT count(*) FROM orders WHERE paid_at >= $1 AND paid_at < $2)::int
    + (SELECT count(*) FROM refunds WHERE submitted_at >= $1 AND submitted_at < $2)::int AS count`,
};

/** @throws database errors only. */
export async function fetchBills(deps: Deps, billDate: CalendarDate): Promise<FetchResult> {
  const stored = await deps.db.query<{ kind: string }>(STORED_BILLS, [billDate]);
  if (stored.length === 2) return { kind: "stored" };
  try {
    const trade = await deps.pay.downloadTradeBill(billDate);
    const fund = await deps.pay.downloadFundBill(billDate, "BASIC");
    const rows = readBills(trade, fund);
    const problem =
      findForeignLine(rows, { billDate, mchId: deps.config.mchId }) ??
      (await findMissingBill(deps, billDate, rows, { trade, fund }));
    if (problem) return { kind: "failed", reason: problem };
    await storeBills(deps, billDate, [
      { kind: "trade", file: trade, linesCount: rows.trade.length },
      { kind: "fund_basic", file: fund, linesCount: rows.fund.length },
    ]);
    return { kind: "stored" };
  } catch (error) {
    return explainFailure(error);
  }
}

function readBills(
  trade: BillFile | null,
  fund: BillFile | null,
): { trade: TradeBillRow[]; fund: FundBillRow[] } {
  return {
    trade: trade ? parseTradeBill(trade.text).rows : [],
    fund: fund ? parseFundBill(fund.text).rows : [],
  };
}

/** "There was no trade" is believed only when nothing we know of contradicts it. */
async function findMissingBill(
  deps: Deps,
  billDate: CalendarDate,
  rows: { trade: TradeBillRow[] },
  files: { trade: BillFile | null; fund: BillFile | null },
): Promise<string | null> {
  if (files.trade) {
    return files.fund || rows.trade.length === 0
      ? null
      : "WeChat has a trade bill of the day and no fund bill";
  }
  const day = [startOfShanghaiDay(billDate), startOfShanghaiDay(addDays(billDate, 1))];
  const [ours] = await deps.db.query<{ count: number }>(OUR_TRADES, day);
  return ours && ours.count > 0
    ? `WeChat has no bill of the day, and our books have ${ours.count} payments and refunds`
    : null;
}

async function storeBills(
  deps: Deps,
  billDate: CalendarDate,
  bills: { kind: DayBillKind; file: BillFile | null; linesCount: number }[],
): Promise<void> {
  const rows = await Promise.all(
    bills.map(async ({ kind, file, linesCount }) => {
      const content = file ? await promisify(gzip)(file.text) : null;
      return [billDate, kind, file?.sha1 ?? null, content, linesCount, deps.now()];
    }),
  );
  await deps.db.transaction(async (query) => {
    for (const row of rows) await query(STORE_BILL, row);
  });
}

export type DayBillKind = "trade" | "fund_basic";

function explainFailure(error: unknown): FetchResult {
  if (error instanceof BillUnreadable) return { kind: "failed", reason: error.message };
  if (!(error instanceof WechatPayError)) throw error;
  if (error.hasCode("STATEMENT_CREATING")) {
    return { kind: "waiting", reason: "WeChat is still making the bill" };
  }
  const reason = `WeChat: ${error.code ?? error.reason}`;
  const isFile = error.reason === "bad_hash" || error.reason === "malformed";
  // Silence and trouble pass; a no, a false hash or a file that does not read need eyes.
  return { kind: error.outcome === "unknown" && !isFile ? "waiting" : "failed", reason };
}
