import { z } from "zod";

export const DOCUMENT_KINDS = ["terms", "exemptions", "sensitive_data"] as const;
export const documentKindSchema = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof documentKindSchema>;

/** `GET /api/plans/current`. Money in fen, cover in whole yuan. */
export const planSchema = z.strictObject({
  version: z.string(),
  unitPremiumFen: z.int(),
  unitsMax: z.int(),
  coverYuanMax: z.int(),
  waitingDays: z.int(),
  collectingDays: z.int(),
  bands: z.array(z.strictObject({ ageFrom: z.int(), ageTo: z.int(), coverPerUnitYuan: z.int() })),
  healthQuestions: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  documents: z.array(
    z.strictObject({
      kind: documentKindSchema,
      version: z.string(),
      sha256: z.string(),
      url: z.string(),
    }),
  ),
});
export type PlanOut = z.infer<typeof planSchema>;
