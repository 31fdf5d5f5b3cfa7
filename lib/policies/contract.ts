import { z } from "zod";
import { payableOrderSchema } from "@/lib/payments/contract";
import { documentKindSchema } from "@/lib/plans/contract";

/** 22 base62 characters: more than 128 bits, so it cannot be guessed or enumerated. */
export const policyCodeSchema = z.string().regex(/^[0-9A-Za-z]{22}$/);

export const VIEWER_REASONS = [
  "own_policy",
  "already_supported",
  "policy_not_open",
  "collecting_closed",
  "cap_reached",
] as const;

/** `GET /api/policies/{code}`: public, so nothing in it tells who the insured is. */
export const publicPolicySchema = z.strictObject({
  code: policyCodeSchema,
  status: z.enum(["pending_payment", "active", "ended"]),
  units: z.int(),
  unitsMax: z.int(),
  maturedUnits: z.int(),
  coverPerUnitYuan: z.int(),
  coverYuan: z.int(),
  payableNowYuan: z.int(),
  collectingUntil: z.iso.datetime().nullable(),
  viewer: z.strictObject({
    isInsured: z.boolean(),
    hasSupported: z.boolean(),
    canSupport: z.boolean(),
    /** Why not, when `canSupport` is false; null when it is true. */
    reason: z.enum(VIEWER_REASONS).nullable(),
  }),
});
export type PublicPolicy = z.infer<typeof publicPolicySchema>;

/** `GET /api/policies/{code}/supporters`, for the insured only (R42). */
export const supportersSchema = z.strictObject({
  supporters: z.array(
    z.strictObject({
      seq: z.int(),
      nickname: z.string().nullable(),
      message: z.string().nullable(),
      isAnonymous: z.boolean(),
      isInsured: z.boolean(),
      coverYuan: z.int(),
      endorsementNo: z.string(),
      supportedAt: z.iso.datetime(),
      maturesOn: z.iso.date(),
    }),
  ),
});
export type Supporters = z.infer<typeof supportersSchema>;

const nameSchema = z
  .string()
  .trim()
  .min(2)
  .max(30)
  .regex(/^[\p{Script=Han}\p{L}·. ]+$/u);
const mobileSchema = z
  .string()
  .trim()
  .regex(/^1[3-9]\d{9}$/);
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** `POST /api/applications` (R6–R9). The ID number's own checks are pricing's (R1). */
export const createApplicationSchema = z.strictObject({
  name: nameSchema,
  idNumber: z.string().trim().min(1).max(32),
  phone: mobileSchema,
  planVersion: z.string().max(32),
  healthAnswers: z.record(z.string().max(40), z.boolean()),
  documents: z.record(documentKindSchema, sha256Schema),
  consents: z.strictObject({ sensitiveData: z.literal(true) }),
});
export type CreateApplication = z.infer<typeof createApplicationSchema>;

export const applicationSchema = z.strictObject({
  policyCode: policyCodeSchema,
  order: payableOrderSchema,
});
