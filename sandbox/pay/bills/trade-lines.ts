import { createHash } from "node:crypto";
import type { Sandbox } from "../../sandbox";
import type { Order, Refund, RefundStatus } from "../../state";
import { HOUR_MS } from "../../time";
import { type Day, isOnDay } from "./day";
import {
  calculateFeeFen,
  calculateFeeReturnFen,
  getFeeRateBasisPoints,
  getOrderFeeFen,
  getRefundFeeFen,
} from "./fees";
import type { BillPlant, PlantOf } from "./plants";

/** One row of a trade bill, and the money in the fund bill that comes from it. */
export interface TradeLine {
  atMs: number;
  appId: string;
  transactionId: string;
  outTradeNo: string;
  openid: string;
  /** 交易状态 of a payment, 退款状态 of a refund. */
  state: string;
  /** Paid, or refunded. */
  amountFen: number;
  /** Charged, or returned. */
  feeFen: number;
  feeRateBasisPoints: number;
  description: string;
  attach: string;
  /** Null for a payment. */
  refund: {
    refundId: string;
    outRefundNo: string;
    successAtMs: number | null;
    isFromConsole: boolean;
  } | null;
}

/** Bills have words of their own for the state of a refund (wechat.md §1.13). */
const REFUND_STATE: Record<RefundStatus, string> = {
  SUCCESS: "SUCCESS",
  PROCESSING: "PROCESSING",
  CLOSED: "FAIL",
  ABNORMAL: "CHANGE",
};

function describeOrder(sandbox: Sandbox, order: Order) {
  return {
    appId: order.appId,
    transactionId: order.transactionId ?? "",
    outTradeNo: order.outTradeNo,
    openid: order.openid,
    feeRateBasisPoints: getFeeRateBasisPoints(sandbox, order),
    description: order.description,
    attach: order.attach ?? "",
  };
}

function createPaymentLine(sandbox: Sandbox, order: Order, paidAtMs: number): TradeLine {
  return {
    ...describeOrder(sandbox, order),
    atMs: paidAtMs,
    state: "SUCCESS",
    amountFen: order.amountFen,
    feeFen: getOrderFeeFen(sandbox, order),
    refund: null,
  };
}

function createRefundLine(sandbox: Sandbox, order: Order, refund: Refund): TradeLine {
  const { refundId, outRefundNo, successAtMs } = refund;
  return {
    ...describeOrder(sandbox, order),
    atMs: refund.createdAtMs,
    state: REFUND_STATE[refund.status],
    amountFen: refund.amountFen,
    feeFen: getRefundFeeFen(sandbox, order, refund),
    refund: { refundId, outRefundNo, successAtMs, isFromConsole: false },
  };
}

/** What the books say of a day: payments by their success, refunds by their acceptance. */
export function listTradeLines(sandbox: Sandbox, day: Day): TradeLine[] {
  const { orders, refunds } = sandbox.state;
  const lines: TradeLine[] = [];
  for (const order of orders.values()) {
    if (order.paidAtMs === null || !isOnDay(day, order.paidAtMs)) continue;
    lines.push(createPaymentLine(sandbox, order, order.paidAtMs));
  }
  for (const refund of refunds.values()) {
    const order = orders.get(refund.outTradeNo);
    if (!order || !isOnDay(day, refund.createdAtMs)) continue;
    lines.push(createRefundLine(sandbox, order, refund));
  }
  // The sort is stable: of one instant, payments come first.
  return lines.sort((one, other) => one.atMs - other.atMs);
}

function editLine(line: TradeLine, plant: BillPlant): TradeLine[] {
  switch (plant.kind) {
    case "omit_row":
      return [];
    case "duplicate_row":
      return [line, line];
    case "change_amount":
      return [{ ...line, amountFen: plant.amountFen }];
    case "change_fee":
      return [{ ...line, feeFen: plant.feeFen }];
    case "change_transaction":
      return [{ ...line, transactionId: plant.transactionId }];
    case "change_state":
      return [{ ...line, state: plant.state }];
    default:
      return [line];
  }
}

/** A planted row without a time of its own is at noon. */
const getPlantedAtMs = (day: Day, at: string | undefined) =>
  at === undefined ? day.startAtMs + 12 * HOUR_MS : Date.parse(at);

/** Digits that depend on the plant alone, so that both bills name the same number. */
function createDigits(plant: BillPlant, length: number): string {
  const hex = createHash("sha256").update(plant.id).digest("hex");
  return BigInt(`0x${hex}`).toString().slice(0, length);
}

function createPlantedPayment(
  sandbox: Sandbox,
  day: Day,
  plant: PlantOf<"add_payment">,
): TradeLine {
  const { feeRateBasisPoints } = sandbox.state.settings;
  const compactDate = day.date.replaceAll("-", "");
  return {
    atMs: getPlantedAtMs(day, plant.at),
    appId: sandbox.keys.appId,
    transactionId: plant.transactionId ?? `4200009999${compactDate}${createDigits(plant, 10)}`,
    outTradeNo: plant.outTradeNo,
    openid: plant.openid,
    state: plant.state,
    amountFen: plant.amountFen,
    feeFen: plant.feeFen ?? calculateFeeFen(plant.amountFen, feeRateBasisPoints),
    feeRateBasisPoints,
    description: plant.description,
    attach: "",
    refund: null,
  };
}

function createPlantedRefund(
  sandbox: Sandbox,
  day: Day,
  plant: PlantOf<"add_refund">,
): TradeLine | null {
  const order = sandbox.state.orders.get(plant.outTradeNo);
  if (!order) return null;
  const atMs = getPlantedAtMs(day, plant.at);
  const compactDate = day.date.replaceAll("-", "");
  return {
    ...describeOrder(sandbox, order),
    atMs,
    state: plant.state,
    amountFen: plant.amountFen,
    feeFen: plant.feeFen ?? calculateFeeReturnFen(sandbox, order, 0, plant.amountFen),
    refund: {
      refundId: plant.refundId ?? `5030099999${compactDate}${createDigits(plant, 11)}`,
      outRefundNo: plant.outRefundNo ?? createDigits(plant, 28),
      successAtMs: plant.state === "SUCCESS" ? atMs : null,
      isFromConsole: true,
    },
  };
}

function createPlantedLine(sandbox: Sandbox, day: Day, plant: BillPlant): TradeLine | null {
  if (plant.kind === "add_payment") return createPlantedPayment(sandbox, day, plant);
  if (plant.kind === "add_refund") return createPlantedRefund(sandbox, day, plant);
  return null;
}

const getKey = (outTradeNo?: string, outRefundNo?: string) =>
  outRefundNo === undefined ? `payment ${outTradeNo}` : `refund ${outRefundNo}`;

/** The lines as planted: rows are edited in the order of planting, then the added ones sorted in. */
export function plantTradeLines(
  sandbox: Sandbox,
  day: Day,
  lines: readonly TradeLine[],
  plants: readonly BillPlant[],
): TradeLine[] {
  const edits = new Map<string, BillPlant[]>();
  const added: TradeLine[] = [];
  for (const plant of plants) {
    const line = createPlantedLine(sandbox, day, plant);
    if (line) {
      plant.isApplied = true;
      added.push(line);
    } else if ("isTradeOnly" in plant && plant.kind !== "add_payment") {
      const { outRefundNo } = plant;
      const key = getKey(plant.outTradeNo, outRefundNo);
      edits.set(key, [...(edits.get(key) ?? []), plant]);
    }
  }
  const edited = lines.flatMap((line) => {
    const ordered = edits.get(getKey(line.outTradeNo, line.refund?.outRefundNo)) ?? [];
    let copies = [line];
    for (const plant of ordered) {
      plant.isApplied = true;
      copies = copies.flatMap((copy) => editLine(copy, plant));
    }
    return copies;
  });
  return [...edited, ...added].sort((one, other) => one.atMs - other.atMs);
}
