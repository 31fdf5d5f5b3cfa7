import { z } from "zod";
import { payableOrderSchema } from "@/lib/payments/contract";
import { documentKindSchema } from "@/lib/plans/contract";
import { ownWordsSchema, wordsIdSchema } from "@/lib/words/contract";
import { EMOJI } from "@/lib/words/limits";

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
      wordsId: wordsIdSchema.nullable(),
      reaction: z.enum(EMOJI).nullable(),
      thanks: ownWordsSchema.extend({ reaction: z.enum(EMOJI).nullable() }).nullable(),
      isAnonymous: z.boolean(),
      isInsured: z.boolean(),
      coverYuan: z.int(),
      endorsementNo: z.string(),
      supportedAt: z.iso.datetime(),
      maturesOn: z.iso.date(),
      /** R26: a friend's unit that has not taken effect, which the insured may still decline. */
      canRefuse: z.boolean(),
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

/** Why the insured may end the whole policy, by the day of asking (R26–R28). */
export const SURRENDER_REASONS = [
  "cancelled_before_effective",
  "cooling_off",
  "surrender",
] as const;

/** Why a diagnosis gives everything back (R31). */
export const DIAGNOSIS_REASONS = ["diagnosis_before_effective", "diagnosis_in_waiting"] as const;

/** Why a policy is over: its year has passed, or a reason of R26–R33. For the insured only. */
export const END_REASONS = [
  "expired",
  ...SURRENDER_REASONS,
  ...DIAGNOSIS_REASONS,
  "underwriting_failed",
  "age_misstated",
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** `WH2026-000037-005`: one change of a policy, never used again. */
const endorsementNoSchema = z.string().regex(/^WH\d{4}-\d{6,}-\d{3,}$/);

/** What one unit returns, to whoever paid it (R29). */
export const unitEndingSchema = z.strictObject({
  seq: z.int(),
  /** 0 when its days are used up: it ends without a refund. */
  refundFen: z.int(),
  /** First day on which the unit no longer counts. */
  endedOn: z.iso.date(),
  /** Unit 1, paid by the insured himself. */
  isOwn: z.boolean(),
});
export type UnitEnding = z.infer<typeof unitEndingSchema>;

const surrenderSchema = z.strictObject({
  reason: z.enum(SURRENDER_REASONS),
  totalFen: z.int(),
  units: z.array(unitEndingSchema),
});

/** `GET /api/policies/{code}/surrender`: what would go back if the insured ended it all now. */
export const surrenderPreviewSchema = surrenderSchema.extend({
  /** Last day, to 24:00, on which everything returns in full (R27). */
  coolingOffUntil: z.iso.date(),
  /** Last day, to 24:00, on which the policy would still cover; null when the cover ends at once. */
  coverUntil: z.iso.date().nullable(),
});
export type SurrenderPreview = z.infer<typeof surrenderPreviewSchema>;

/** `POST /api/policies/{code}/surrender`: what the person saw, so that he agrees to nothing else. */
export const surrenderRequestSchema = z.strictObject({
  reason: z.enum(SURRENDER_REASONS),
  totalFen: z.int().min(0).max(10_000_000),
});
export type SurrenderRequest = z.infer<typeof surrenderRequestSchema>;

export const surrenderedSchema = surrenderSchema.extend({ endorsementNo: endorsementNoSchema });
export type Surrendered = z.infer<typeof surrenderedSchema>;

/**
 * `POST /api/policies/{code}/units/{seq}/refusal` (R26). The endorsement that added the unit says
 * which one is meant, because its number on the grid may have gone to another friend by now.
 */
export const refuseUnitSchema = z.strictObject({ endorsementNo: endorsementNoSchema });
export const unitSeqSchema = z.coerce.number().int().min(1).max(100);

export const refusedUnitSchema = z.strictObject({
  /** Of the endorsement that ends the unit. */
  endorsementNo: endorsementNoSchema,
  seq: z.int(),
  refundFen: z.int(),
  endedOn: z.iso.date(),
});
export type RefusedUnit = z.infer<typeof refusedUnitSchema>;

export const DIAGNOSIS_OUTCOMES = ["refund_all", "pay_matured"] as const;
export type DiagnosisOutcome = (typeof DIAGNOSIS_OUTCOMES)[number];

/**
 * `POST /api/policies/{code}/diagnosis/preview` (R31). It changes nothing, and is no GET because the
 * day is health data: addresses are kept in the logs of every proxy on the way.
 */
export const diagnosisPreviewRequestSchema = z.strictObject({ diagnosedOn: z.iso.date() });
export const diagnosisPreviewSchema = z.strictObject({
  /**
   * `refund_all`: in the waiting period, so everything goes back and the policy ends.
   * `pay_matured`: kept for a claim, which decides; nothing ends and nothing goes back now.
   */
  outcome: z.enum(DIAGNOSIS_OUTCOMES),
  /** Null for `pay_matured`. */
  reason: z.enum(DIAGNOSIS_REASONS).nullable(),
  /** What goes back to the payers by the report itself; 0 for `pay_matured`. */
  totalFen: z.int(),
  /** Cover that counted on the day of diagnosis; 0 for `refund_all`. */
  payableYuan: z.int(),
});
export type DiagnosisPreview = z.infer<typeof diagnosisPreviewSchema>;

/** `POST /api/policies/{code}/diagnosis`; `outcome` is what the person saw. */
export const diagnosisReportRequestSchema = z.strictObject({
  diagnosedOn: z.iso.date(),
  outcome: z.enum(DIAGNOSIS_OUTCOMES),
});
export type DiagnosisReportRequest = z.infer<typeof diagnosisReportRequestSchema>;

export const diagnosisReportSchema = diagnosisPreviewSchema.extend({
  /** Of the endorsement that ends the policy; null while a claim has to decide. */
  endorsementNo: endorsementNoSchema.nullable(),
  reportedAt: z.iso.datetime(),
});
export type DiagnosisReport = z.infer<typeof diagnosisReportSchema>;
