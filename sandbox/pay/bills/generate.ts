import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Sandbox } from "../../sandbox";
import { type Bill, getBillKey } from "./bill";
import type { Day } from "./day";
import { formatFundBill, sumFundLines } from "./fund-bill";
import { type FundAccount, listBasicLines, listOperationLines, plantFundLines } from "./fund-lines";
import { isPlantFor } from "./plants";
import { formatTradeBill, selectTradeLines, type TradeBillType } from "./trade-bill";
import { listTradeLines, plantTradeLines } from "./trade-lines";

interface BillContent {
  rows: number;
  text: string;
}

/** Printed as the balance of an operation account that never runs dry: ¥1,000,000. */
const UNBOUNDED_OPERATION_FEN = 100_000_000;

function takePlants(sandbox: Sandbox, kind: Bill["kind"], day: Day) {
  const plants = sandbox.state.billPlants.filter(
    (plant) => plant.billDate === day.date && isPlantFor(plant, kind),
  );
  const badSummaries = plants.filter((plant) => plant.kind === "bad_summary");
  return { plants, badSummaries };
}

/** The trade bill of a day, or null when it would have no row. */
function writeTradeBill(sandbox: Sandbox, day: Day, type: TradeBillType): BillContent | null {
  const { plants, badSummaries } = takePlants(sandbox, "trade", day);
  const planted = plantTradeLines(sandbox, day, listTradeLines(sandbox, day), plants);
  const lines = selectTradeLines(planted, type);
  if (lines.length === 0) return null;
  for (const plant of badSummaries) plant.isApplied = true;
  const { mchId } = sandbox.keys;
  const isSummaryBad = badSummaries.length > 0;
  return { rows: lines.length, text: formatTradeBill({ mchId, type, lines, isSummaryBad }) };
}

/** What was in the account at midnight, as the books say it: planted differences are not money. */
function calculateOpeningFen(sandbox: Sandbox, account: FundAccount, day: Day): number {
  const { settings } = sandbox.state;
  const past: Day = {
    date: day.date,
    startAtMs: Number.NEGATIVE_INFINITY,
    endAtMs: day.startAtMs,
  };
  if (account === "OPERATION") {
    const paidInFen = settings.operationFundsFen ?? UNBOUNDED_OPERATION_FEN;
    return paidInFen + sumFundLines(listOperationLines(sandbox, past));
  }
  const lines = listBasicLines(sandbox, past, listTradeLines(sandbox, past));
  return settings.openingBalanceFen + sumFundLines(lines);
}

/** The fund bill of a day, or null when it would have no row; nothing ever moves on FEES. */
function writeFundBill(sandbox: Sandbox, day: Day, account: FundAccount): BillContent | null {
  if (account === "FEES") return null;
  const { plants, badSummaries } = takePlants(sandbox, "fund", day);
  const booked =
    account === "OPERATION"
      ? listOperationLines(sandbox, day)
      : listBasicLines(
          sandbox,
          day,
          plantTradeLines(sandbox, day, listTradeLines(sandbox, day), plants),
        );
  const lines = plantFundLines(booked, plants);
  if (lines.length === 0) return null;
  for (const plant of badSummaries) plant.isApplied = true;
  const text = formatFundBill({
    mchId: sandbox.keys.mchId,
    date: day.date,
    account,
    lines,
    openingFen: calculateOpeningFen(sandbox, account, day),
    isSummaryBad: badSummaries.length > 0,
  });
  return { rows: lines.length, text };
}

/** Which bill: of which day, and `bill_type` or `account_type`. */
export type BillRequest = { day: Day } & (
  | { kind: "trade"; type: TradeBillType }
  | { kind: "fund"; type: FundAccount }
);

/** The bill as generated when it was first asked for; null for a day without a line. */
export function findBill(sandbox: Sandbox, request: BillRequest): Bill | null {
  const { kind, day, type } = request;
  const { bills } = sandbox.state;
  const billKey = getBillKey(kind, day.date, type);
  const known = bills.get(billKey);
  if (known) return known;
  const content =
    request.kind === "trade"
      ? writeTradeBill(sandbox, day, request.type)
      : writeFundBill(sandbox, day, request.type);
  if (!content) return null;
  const bill: Bill = {
    kind,
    billDate: day.date,
    type,
    rows: content.rows,
    generatedAtMs: sandbox.clock.now(),
    sha1: createHash("sha1").update(content.text).digest("hex"),
    // Compressed it is a tenth: the books are saved whole.
    gzipBase64: gzipSync(content.text).toString("base64"),
  };
  bills.set(billKey, bill);
  sandbox.touch();
  return bill;
}
