/** Where one yuan is, decided from the rows that tell of it. Pure: no clock, no I/O. */
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { Ending } from "./contract";

/** Every row about one order, as the database has it; lists are oldest first. */
export interface YuanFacts {
  order: {
    id: string;
    outTradeNo: string;
    kind: "first" | "gift";
    state: "pending" | "settled" | "closed" | "refunding" | "refunded" | "refund_failed";
    amountFen: number;
    currency: string;
    payerOpenid: string;
    expiresAt: Date;
    /** The end of the prepay id, which as a whole opens the cashier. */
    prepayTail: string | null;
    prepaidAt: Date | null;
    checksCount: number;
    nextCheckAt: Date | null;
    transactionId: string | null;
    paidFen: number | null;
    paidAt: Date | null;
    provenBy: string | null;
    settledAt: Date | null;
    createdAt: Date;
  };
  payer: { id: string; nickname: string | null };
  policy: {
    id: string;
    code: string;
    number: string | null;
    status: "pending_payment" | "active" | "ended";
    endReason: string | null;
    endedOn: CalendarDate | null;
  };
  unit: {
    id: string;
    seq: number;
    coverYuan: number;
    effectiveOn: CalendarDate;
    maturesOn: CalendarDate;
    lastDayOn: CalendarDate;
    status: "active" | "ended";
    endedOn: CalendarDate | null;
    settledAt: Date;
  } | null;
  /** Those of the unit, and the one that ended its policy. */
  endorsements: { number: string; kind: string; createdAt: Date }[];
  refunds: RefundFact[];
  events: { id: string; kind: string; at: Date; details: unknown }[];
  /** Older events that are not among `events`. */
  eventsLeftOut: number;
  entries: {
    id: string;
    kind: string;
    createdAt: Date;
    postings: { account: string; amountFen: number }[];
  }[];
  incidents: {
    id: string;
    kind: string;
    transactionId: string;
    details: unknown;
    createdAt: Date;
    resolvedAt: Date | null;
  }[];
  billLines: {
    billOn: CalendarDate;
    billKind: string;
    lineNo: number;
    entry: string;
    at: Date;
    transactionId: string | null;
    outRefundNo: string | null;
    amountFen: number;
    feeFen: number;
    state: string | null;
    downloadedAt: Date;
  }[];
  differences: {
    id: string;
    billOn: CalendarDate;
    kind: string;
    subject: string;
    ours: unknown;
    theirs: unknown;
    state: string;
    resolution: string | null;
    foundAt: Date;
    resolvedAt: Date | null;
  }[];
  notices: { id: string; kind: string; createdAt: Date; readAt: Date | null }[];
}

export interface RefundFact {
  id: string;
  outRefundNo: string;
  amountFen: number;
  reason: string;
  state: "requested" | "processing" | "succeeded" | "abnormal" | "closed";
  providerId: string | null;
  receivedBy: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  requestedAt: Date;
  submittedAt: Date | null;
  finishedAt: Date | null;
  supersededBy: string | null;
}

/** The refund that counts; those that WeChat closed and a person replaced do not. */
export function liveRefund(facts: Pick<YuanFacts, "refunds">): RefundFact | null {
  return facts.refunds.findLast(({ supersededBy }) => supersededBy === null) ?? null;
}

/** Incidents that say only why the yuan is a refund, or that end with the refund they are about. */
const EXPLAINED_BY_REFUND = ["amount_mismatch", "payer_mismatch"];
const ABOUT_THE_REFUND = ["refund_failed", "refund_stuck"];

function needsPerson(facts: Pick<YuanFacts, "order" | "refunds" | "incidents">): boolean {
  const { state } = facts.order;
  const refund = liveRefund(facts);
  if (state === "refund_failed") return true;
  // A row that says one thing and a row that says another: somebody has to look.
  if (state === "settled" && refund) return true;
  if (state === "refunding" && (!refund || ["abnormal", "closed"].includes(refund.state))) {
    return true;
  }
  return facts.incidents.some(({ kind, resolvedAt }) => {
    if (resolvedAt || EXPLAINED_BY_REFUND.includes(kind) || kind === "refund_failed") return false;
    return !ABOUT_THE_REFUND.includes(kind) || state === "refunding";
  });
}

/** @param today the Shanghai day, for what a unit's days mean now. */
export function decideEnding(
  facts: Pick<YuanFacts, "order" | "unit" | "refunds" | "incidents">,
  today: CalendarDate,
): Ending {
  const { order, unit } = facts;
  const refund = liveRefund(facts);
  if (needsPerson(facts)) return { kind: "needs_person", refundState: refund?.state ?? null };
  const amountFen = refund?.amountFen ?? order.paidFen ?? order.amountFen;
  switch (order.state) {
    case "pending":
      return { kind: "waiting", placeUntil: order.expiresAt.toISOString() };
    case "closed":
      return { kind: "closed_unpaid" };
    case "refunded":
      return { kind: "refunded", amountFen, receivedBy: refund?.receivedBy ?? null };
    case "settled":
      if (!unit) return { kind: "needs_person", refundState: null };
      return {
        kind: "unit",
        phase: unitPhase(unit, today),
        seq: unit.seq,
        coverYuan: unit.coverYuan,
        effectiveOn: unit.effectiveOn,
        maturesOn: unit.maturesOn,
        lastDayOn: unit.lastDayOn,
      };
    default:
      return { kind: "refund_on_its_way", amountFen };
  }
}

function unitPhase(
  unit: NonNullable<YuanFacts["unit"]>,
  today: CalendarDate,
): "waiting" | "counting" | "ended" {
  if (unit.status === "ended" || today > unit.lastDayOn) return "ended";
  return today < unit.maturesOn ? "waiting" : "counting";
}
