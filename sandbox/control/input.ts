import { z } from "zod";
import { FAULT_ENDPOINTS, FAULT_KINDS, isFaultPossible } from "../faults";

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
    delayMs: z.int().min(0).max(DELAY_MS_MAX).default(1_000),
    copies: z.int().min(1).max(COPIES_MAX).default(1),
    status: z.int().min(400).max(599).nullable().default(null),
    code: z.string().nullable().default(null),
    message: z.string().nullable().default(null),
    outTradeNo: z.string().nullable().default(null),
  })
  .refine((fault) => isFaultPossible(fault.endpoint, fault.kind), {
    error: "this kind means nothing at this endpoint",
    path: ["kind"],
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
