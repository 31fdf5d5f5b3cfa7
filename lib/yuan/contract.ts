import { z } from "zod";
import { outTradeNoSchema, refundStateSchema } from "@/lib/payments/contract";

/**
 * Everything that can happen to one yuan, in the order of cause: of two events of the same instant
 * the one that stands first here came first.
 */
export const EVENT_KINDS = [
  "order_created",
  "place_held",
  "prepay_failed",
  "prepaid",
  "ask_failed",
  "asked",
  "closed_at_wechat",
  "closed_unpaid",
  "paid",
  "proven",
  "unit_added",
  "unit_effective",
  "unit_matured",
  "unit_expired",
  "unit_ended",
  "policy_ended",
  "refund_requested",
  "refund_reissued",
  "booked",
  "told",
  "refund_call_failed",
  "refund_accepted",
  "refund_sent",
  "refund_notified",
  "refund_abnormal",
  "refund_abnormal_sent",
  "refund_closed",
  "refund_succeeded",
  "notified_again",
  "incident",
  "incident_resolved",
  "in_bill",
  "difference_found",
  "difference_resolved",
  /** A row of `order_events` whose kind is newer than this list. */
  "other",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const DAYS_OF_A_UNIT: readonly EventKind[] = ["unit_effective", "unit_matured", "unit_expired"];

/** True for a day that has yet to come. What is on record has happened, whatever the clocks say. */
export function isAhead({ kind, at }: { kind: EventKind; at: Date }, now: Date): boolean {
  return DAYS_OF_A_UNIT.includes(kind) && at > now;
}

/** What a person may be asked for, on the telephone or by WeChat. */
export const PAYER_NUMBERS = [
  "orderNo",
  "transactionNo",
  "endorsementNo",
  "refundNo",
  "wechatRefundNo",
] as const;

/** Ids of our own rows, and numbers that only staff can use. */
const STAFF_NUMBERS = [
  "orderId",
  "prepayTail",
  "policyNo",
  "unitId",
  "refundId",
  "entryId",
  "incidentId",
  "differenceId",
] as const;
export type NumberName = (typeof PAYER_NUMBERS)[number] | (typeof STAFF_NUMBERS)[number];

/**
 * What the payer hears of, each with the values that its sentence needs. A value that is not named
 * here never leaves the server: bills, ledger, incidents and other people are not his story.
 */
export const PAYER_EVENTS = {
  order_created: ["amountFen", "untilAt"],
  prepaid: [],
  closed_unpaid: [],
  paid: ["paidFen"],
  proven: ["provenBy"],
  unit_added: ["seq", "coverYuan"],
  unit_effective: [],
  unit_matured: ["coverYuan"],
  unit_expired: [],
  unit_ended: ["endReason"],
  policy_ended: [],
  refund_requested: ["amountFen", "reason"],
  refund_reissued: ["amountFen"],
  refund_accepted: [],
  refund_abnormal: [],
  refund_abnormal_sent: [],
  refund_closed: [],
  refund_succeeded: ["amountFen", "receivedBy"],
  in_bill: ["entry", "billOn"],
} as const satisfies Partial<Record<EventKind, readonly string[]>>;
export type PayerEventKind = keyof typeof PAYER_EVENTS;
export const PAYER_EVENT_KINDS = Object.keys(PAYER_EVENTS) as PayerEventKind[];

const dateSchema = z.iso.date();

/** Where a yuan is now: exactly one of these, always. */
export const endingSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("waiting"), placeUntil: z.iso.datetime() }),
  z.strictObject({ kind: z.literal("closed_unpaid") }),
  z.strictObject({
    kind: z.literal("unit"),
    /** `ended` also when its days are used up. */
    phase: z.enum(["waiting", "counting", "ended"]),
    seq: z.int(),
    coverYuan: z.int(),
    effectiveOn: dateSchema,
    maturesOn: dateSchema,
    lastDayOn: dateSchema,
  }),
  z.strictObject({ kind: z.literal("refund_on_its_way"), amountFen: z.int() }),
  z.strictObject({
    kind: z.literal("refunded"),
    amountFen: z.int(),
    receivedBy: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("needs_person"),
    /** Of the refund a person sends anew; null when something else has to be looked into. */
    refundState: refundStateSchema.nullable(),
  }),
]);
export type Ending = z.infer<typeof endingSchema>;

/** What staff call an ending; a unit that is over has a name of its own. */
export function nameEnding(ending: Ending): Ending["kind"] | "unit_ended" {
  return ending.kind === "unit" && ending.phase === "ended" ? "unit_ended" : ending.kind;
}

/** `GET /api/orders/{outTradeNo}/story`: every step of one yuan, for its payer only. */
export const storySchema = z.strictObject({
  outTradeNo: outTradeNoSchema,
  amountFen: z.int(),
  events: z.array(
    z.strictObject({
      kind: z.enum(PAYER_EVENT_KINDS),
      at: z.iso.datetime(),
      /** True for what has yet to come: the days on which the unit starts, counts and ends. */
      isAhead: z.boolean(),
      values: z.record(z.string(), z.union([z.string(), z.int()])),
      numbers: z.array(z.strictObject({ name: z.enum(PAYER_NUMBERS), value: z.string() })),
    }),
  ),
  ending: endingSchema,
});
export type Story = z.infer<typeof storySchema>;
