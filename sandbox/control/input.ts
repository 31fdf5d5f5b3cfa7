import { z } from "zod";
import {
  FAULT_ENDPOINTS,
  FAULT_KINDS,
  type FaultEndpoint,
  type FaultKind,
  isFaultPossible,
} from "../fault-kinds";

/** Ten years: enough for any policy, and dates stay within what certificates can say. */
const ADVANCE_SECONDS_MAX = 10 * 366 * 86_400;
/** More faults, copies or milliseconds than these are a typing error. */
const COUNT_MAX = 100_000;
const COPIES_MAX = 1_000;
const DELAY_MS_MAX = 7 * 86_400_000;

export const advanceClockSchema = z.strictObject({
  advanceSeconds: z.number().min(0).max(ADVANCE_SECONDS_MAX).optional(),
  /** Milliseconds of offset to set outright; 0 is real time. */
  resetTo: z.number().optional(),
});

export const createPersonaSchema = z.strictObject({
  nickname: z.string(),
  isSnapshotUser: z.boolean().optional(),
});

export const createFaultSchema = z
  .strictObject({
    endpoint: z.enum(FAULT_ENDPOINTS),
    kind: z.enum(FAULT_KINDS),
    count: z.int().min(1).max(COUNT_MAX).default(1),
    /** Negative only for a clock that is behind. */
    delayMs: z.int().min(-DELAY_MS_MAX).max(DELAY_MS_MAX).optional(),
    copies: z.int().min(1).max(COPIES_MAX).default(1),
    status: z.int().min(400).max(599).nullable().default(null),
    code: z.string().nullable().default(null),
    message: z.string().nullable().default(null),
    outTradeNo: z.string().nullable().default(null),
  })
  .refine((fault) => isFaultPossible(fault.endpoint, fault.kind), {
    error: "this kind means nothing at this endpoint",
    path: ["kind"],
  })
  .refine((fault) => (fault.delayMs ?? 0) >= 0 || fault.kind === "clock_skew", {
    error: "only a clock can be behind",
    path: ["delayMs"],
  });

function isFaultName(name: string): boolean {
  const [endpoint, kind, ...rest] = name.split(".");
  return (
    rest.length === 0 &&
    FAULT_ENDPOINTS.some((one) => one === endpoint) &&
    FAULT_KINDS.some((one) => one === kind) &&
    isFaultPossible(endpoint as FaultEndpoint, kind as FaultKind)
  );
}

/** The sum of an endpoint's rates; a call is spoiled in one way only. */
function sumRates(rates: Record<string, number>, endpoint: string): number {
  return Object.entries(rates)
    .filter(([name]) => name.startsWith(`${endpoint}.`))
    .reduce((sum, [, rate]) => sum + rate, 0);
}

export const chaosSchema = z.strictObject({
  seed: z.int(),
  rates: z
    .record(
      z.string().refine(isFaultName, { error: "not an endpoint.kind that means anything" }),
      z.number().min(0).max(1),
    )
    .refine((rates) => FAULT_ENDPOINTS.every((endpoint) => sumRates(rates, endpoint) <= 1), {
      error: "the rates of an endpoint add up to at most 1",
    }),
  delayMs: z
    .strictObject({
      min: z.int().min(0).max(DELAY_MS_MAX),
      max: z.int().min(0).max(DELAY_MS_MAX),
    })
    .refine((range) => range.min <= range.max, { error: "min is above max" })
    .optional(),
});

const refundEndSchema = z.enum(["SUCCESS", "ABNORMAL", "CLOSED"]);

export const refundOutcomeSchema = z.strictObject({
  outTradeNo: z.string().nullable().default(null),
  status: refundEndSchema,
  delaySeconds: z.number().min(0).max(ADVANCE_SECONDS_MAX).nullable().default(null),
  count: z.int().min(1).max(COUNT_MAX).default(1),
});

export const finishRefundSchema = z.strictObject({ status: refundEndSchema });

export const confirmTransferSchema = z.strictObject({
  openid: z.string(),
  action: z.enum(["confirm", "refuse"]),
  /** With `confirm`: the transfer fails after all, for this reason of WeChat's. */
  failReason: z.string().min(1).nullable().default(null),
});

export const updatePersonaSchema = z.strictObject({
  isAccountAbnormal: z.boolean().optional(),
  realName: z.string().nullable().optional(),
});

export const resendSchema = z.strictObject({
  /** Sent side by side. */
  copies: z.int().min(1).max(COPIES_MAX).default(1),
  kind: z.enum(FAULT_KINDS).nullable().default(null),
});

export const settingsSchema = z.strictObject({
  appUrl: z.url().optional(),
  keyMode: z.enum(["public_key", "certificate", "both"]).optional(),
  oauthDomains: z.array(z.string()).nullable().optional(),
  jsDomains: z.array(z.string()).nullable().optional(),
  paymentDirectories: z.array(z.url().endsWith("/")).max(5).nullable().optional(),
  isWechatBrowserRequired: z.boolean().optional(),
  hasLegacyErrorCodes: z.boolean().optional(),
  refundDelaySeconds: z.number().min(0).max(ADVANCE_SECONDS_MAX).optional(),
  refundRatePerSecond: z.int().min(0).nullable().optional(),
  refundErrorRatePerSecond: z.int().min(0).nullable().optional(),
  transferAcceptSeconds: z.number().min(0).max(ADVANCE_SECONDS_MAX).optional(),
  transferDelaySeconds: z.number().min(0).max(ADVANCE_SECONDS_MAX).optional(),
  operationFundsFen: z.int().min(0).nullable().optional(),
  /** Up to all of the payment. */
  feeRateBasisPoints: z.int().min(0).max(10_000).optional(),
  openingBalanceFen: z.int().min(0).optional(),
  billRatePerSecond: z.int().min(1).nullable().optional(),
});

export const consentsSchema = z.strictObject({
  openid: z.string(),
  /** One message of each. */
  templates: z.array(z.string()).min(1).max(20),
});

export const jsConfigSchema = z.object({
  appId: z.string(),
  timestamp: z.union([z.string(), z.number()]).transform(String),
  nonceStr: z.string(),
  signature: z.string(),
  url: z.string(),
});

export const importSchema = z.strictObject({
  personas: z
    .array(
      z.strictObject({
        openid: z.string().min(1).max(128),
        nickname: z.string().min(1),
        isSnapshotUser: z.boolean().optional(),
        /** One of the few whom the imported world is about; listed before everybody else of it. */
        isPrincipal: z.boolean().optional(),
      }),
    )
    .default([]),
  transactions: z
    .array(
      z.strictObject({
        outTradeNo: z.string().min(6).max(32),
        transactionId: z.string().min(1).max(32),
        openid: z.string().min(1).max(128),
        amountFen: z.int().min(1),
        /** ISO 8601 with a zone. */
        successTime: z.iso.datetime({ offset: true }),
        description: z.string(),
      }),
    )
    .default([]),
});
export type ImportInput = z.output<typeof importSchema>;
