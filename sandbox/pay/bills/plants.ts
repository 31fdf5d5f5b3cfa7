import { z } from "zod";
import { parseDay } from "./day";

/**
 * Differences that a test plants: what the next generated bill of a day says, while orders, refunds
 * and the accounts stay as they are.
 */

/** More fen than this is a typing error; sums of a day stay far within safe integers. */
const AMOUNT_FEN_MAX = 100_000_000_000;

const billDate = z.string().refine((date) => parseDay(date) !== null, { error: "not a date" });
const amountFen = z.int().min(0).max(AMOUNT_FEN_MAX);
const instant = z.iso.datetime({ offset: true });

/** Row plants change both bills, as life does, unless they say that only the trade bill is wrong. */
const rowFields = { billDate, isTradeOnly: z.boolean().default(false) };
/** Which row: the payment of an order, or a refund. */
const target = { outTradeNo: z.string().optional(), outRefundNo: z.string().optional() };
const fundTarget = {
  ...target,
  outBillNo: z.string().optional(),
  /** With `outTradeNo`: the row of its fee, not that of its payment. */
  isFeeRow: z.boolean().default(false),
};

const plantKinds = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("omit_row"), ...rowFields, ...target }),
  z.strictObject({ kind: z.literal("duplicate_row"), ...rowFields, ...target }),
  z.strictObject({ kind: z.literal("change_amount"), ...rowFields, ...target, amountFen }),
  z.strictObject({ kind: z.literal("change_fee"), ...rowFields, ...target, feeFen: amountFen }),
  z.strictObject({
    kind: z.literal("change_transaction"),
    ...rowFields,
    ...target,
    transactionId: z.string(),
  }),
  /** 交易状态 of a payment, 退款状态 of a refund; free text, because a client must meet new words. */
  z.strictObject({ kind: z.literal("change_state"), ...rowFields, ...target, state: z.string() }),
  /** A payment that is not in the merchant's orders. */
  z.strictObject({
    kind: z.literal("add_payment"),
    ...rowFields,
    outTradeNo: z.string(),
    amountFen,
    transactionId: z.string().optional(),
    openid: z.string().default("oStranger0000000000000000000"),
    description: z.string().default("线下收款"),
    feeFen: amountFen.optional(),
    state: z.string().default("SUCCESS"),
    at: instant.optional(),
  }),
  /** A refund that somebody made at the merchant's console. */
  z.strictObject({
    kind: z.literal("add_refund"),
    ...rowFields,
    outTradeNo: z.string(),
    amountFen,
    outRefundNo: z.string().optional(),
    refundId: z.string().optional(),
    feeFen: amountFen.optional(),
    state: z.string().default("SUCCESS"),
    at: instant.optional(),
  }),
  z.strictObject({ kind: z.literal("omit_fund_row"), billDate, ...fundTarget }),
  z.strictObject({ kind: z.literal("change_fund_amount"), billDate, ...fundTarget, amountFen }),
  /** The next `count` answers announce a false hash; the bill itself stays right. */
  z.strictObject({
    kind: z.literal("bad_hash"),
    billDate,
    bill: z.enum(["trade", "fund"]).default("trade"),
    count: z.int().min(1).default(1),
  }),
  /** The summary counts one row and one fen too many. */
  z.strictObject({
    kind: z.literal("bad_summary"),
    billDate,
    bill: z.enum(["trade", "fund"]).default("trade"),
  }),
]);

const TARGETS = ["outTradeNo", "outRefundNo", "outBillNo"] as const;
const ADDING: readonly string[] = ["add_payment", "add_refund"];

export const plantSchema = plantKinds.superRefine((plant, context) => {
  const fail = (message: string) => context.addIssue({ code: "custom", message });
  const names = TARGETS.filter((name) => (plant as Partial<Record<string, unknown>>)[name]);
  const hasTarget = plant.kind !== "bad_hash" && plant.kind !== "bad_summary";
  if (hasTarget && !ADDING.includes(plant.kind) && names.length !== 1) {
    fail("name the row by one number");
  }
  if ("at" in plant && plant.at !== undefined) {
    const day = parseDay(plant.billDate);
    const atMs = Date.parse(plant.at);
    if (day && (atMs < day.startAtMs || atMs >= day.endAtMs)) fail("at is on another day");
  }
});

type PlantInput = z.output<typeof plantSchema>;

/** `isApplied`: a bill has been generated in which it found its row. */
export type BillPlant = PlantInput & { id: string; isApplied: boolean };
export type PlantOf<Kind extends BillPlant["kind"]> = Extract<BillPlant, { kind: Kind }>;

/** Whether the plant changes what this kind of bill says when it is generated. */
export function isPlantFor(plant: BillPlant, kind: "trade" | "fund"): boolean {
  switch (plant.kind) {
    case "bad_hash":
      return false;
    case "bad_summary":
      return plant.bill === kind;
    case "omit_fund_row":
    case "change_fund_amount":
      return kind === "fund";
    default:
      return kind === "trade" || !plant.isTradeOnly;
  }
}
