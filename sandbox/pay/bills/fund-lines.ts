import type { Sandbox } from "../../sandbox";
import { type Day, isOnDay } from "./day";
import { getRefundFeeFen } from "./fees";
import { formatYuan } from "./format";
import type { BillPlant } from "./plants";
import type { TradeLine } from "./trade-lines";

export const FUND_ACCOUNTS = ["BASIC", "OPERATION", "FEES"] as const;
export type FundAccount = (typeof FUND_ACCOUNTS)[number];

type FundKind =
  | "payment"
  | "fee"
  | "refund"
  | "closed_refund"
  | "deposit"
  | "withdrawal"
  | "transfer"
  | "returned_transfer";

/** One movement of an account of the merchant's. */
export interface FundLine {
  atMs: number;
  kind: FundKind;
  /** 微信支付业务单号. */
  businessNo: string;
  /** 业务凭证号: the merchant's own number. */
  voucherNo: string;
  amountFen: number;
  isIncome: boolean;
  applicant: string;
  note: string;
}

const APPLICANT_SYSTEM = "system";

/** A payment and its fee, or a refund without the fee that comes back with it. */
function createTradeFundLines(line: TradeLine, mchId: string): FundLine[] {
  const { atMs, amountFen, feeFen, transactionId, outTradeNo, refund } = line;
  if (refund) {
    const note = `退款总金额${formatYuan(amountFen)}元;含手续费${formatYuan(feeFen)}元`;
    const applicant = refund.isFromConsole ? mchId : `${mchId}API`;
    return [
      {
        atMs,
        kind: "refund",
        businessNo: refund.refundId,
        voucherNo: refund.outRefundNo,
        amountFen: amountFen - feeFen,
        isIncome: false,
        applicant,
        note,
      },
    ];
  }
  const payment: FundLine = {
    atMs,
    kind: "payment",
    businessNo: transactionId,
    voucherNo: outTradeNo,
    amountFen,
    isIncome: true,
    applicant: APPLICANT_SYSTEM,
    note: "",
  };
  const fee: FundLine = { ...payment, kind: "fee", amountFen: feeFen, isIncome: false };
  return feeFen > 0 ? [payment, fee] : [payment];
}

/** Refunds that WeChat could not do: what they had taken comes back. */
function listClosedRefundLines(sandbox: Sandbox, day: Day): FundLine[] {
  const { orders, refunds } = sandbox.state;
  return [...refunds.values()].flatMap((refund): FundLine[] => {
    const order = orders.get(refund.outTradeNo);
    const atMs = refund.status === "CLOSED" ? refund.closedAtMs : null;
    if (!order || !atMs || !isOnDay(day, atMs)) return [];
    const { refundId: businessNo, outRefundNo: voucherNo } = refund;
    const amountFen = refund.amountFen - getRefundFeeFen(sandbox, order, refund);
    return [
      {
        atMs,
        kind: "closed_refund",
        businessNo,
        voucherNo,
        amountFen,
        isIncome: true,
        applicant: APPLICANT_SYSTEM,
        note: "退款关闭退回",
      },
    ];
  });
}

function listMovementLines(sandbox: Sandbox, day: Day): FundLine[] {
  return sandbox.state.fundMovements
    .filter(({ atMs }) => isOnDay(day, atMs))
    .map(({ atMs, kind, movementNo, amountFen }) => ({
      atMs,
      kind,
      businessNo: movementNo,
      voucherNo: "",
      amountFen,
      isIncome: kind === "deposit",
      applicant: sandbox.keys.mchId,
      note: "",
    }));
}

/** The basic account: trade as the trade lines say it, and what the merchant put in or took out. */
export function listBasicLines(
  sandbox: Sandbox,
  day: Day,
  tradeLines: readonly TradeLine[],
): FundLine[] {
  return [
    ...tradeLines.flatMap((line) => createTradeFundLines(line, sandbox.keys.mchId)),
    ...listClosedRefundLines(sandbox, day),
    ...listMovementLines(sandbox, day),
  ].sort((one, other) => one.atMs - other.atMs);
}

/** The operation account: a transfer takes its money at once and gives it back when it fails. */
export function listOperationLines(sandbox: Sandbox, day: Day): FundLine[] {
  const lines: FundLine[] = [];
  for (const transfer of sandbox.state.transfers.values()) {
    const { amountFen, remark, createdAtMs, updatedAtMs, state } = transfer;
    const common = {
      businessNo: transfer.transferBillNo,
      voucherNo: transfer.outBillNo,
      amountFen,
      applicant: `${sandbox.keys.mchId}API`,
      note: remark,
    };
    if (isOnDay(day, createdAtMs)) {
      lines.push({ ...common, atMs: createdAtMs, kind: "transfer", isIncome: false });
    }
    const isReturned = state === "FAIL" || state === "CANCELLED";
    if (isReturned && isOnDay(day, updatedAtMs)) {
      lines.push({ ...common, atMs: updatedAtMs, kind: "returned_transfer", isIncome: true });
    }
  }
  return lines.sort((one, other) => one.atMs - other.atMs);
}

/** The key of the row that a plant is about. */
function getPlantKey(plant: BillPlant & { kind: "omit_fund_row" | "change_fund_amount" }): string {
  if (plant.outTradeNo) return `${plant.isFeeRow ? "fee" : "payment"} ${plant.outTradeNo}`;
  if (plant.outRefundNo) return `refund ${plant.outRefundNo}`;
  return `transfer ${plant.outBillNo}`;
}

/** The lines without the omitted ones and with the changed amounts. */
export function plantFundLines(
  lines: readonly FundLine[],
  plants: readonly BillPlant[],
): FundLine[] {
  const edits = new Map<string, BillPlant>();
  for (const plant of plants) {
    if (plant.kind === "omit_fund_row" || plant.kind === "change_fund_amount") {
      edits.set(getPlantKey(plant), plant);
    }
  }
  return lines.flatMap((line) => {
    const plant = edits.get(`${line.kind} ${line.voucherNo}`);
    if (!plant) return [line];
    plant.isApplied = true;
    return plant.kind === "change_fund_amount" ? [{ ...line, amountFen: plant.amountFen }] : [];
  });
}
