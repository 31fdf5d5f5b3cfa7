import { z } from "zod";
import { wordsTextSchema } from "@/lib/words/contract";

/** `POST /api/policies/{code}/contributions`. The amount is the plan's: it is not asked for. */
export const createContributionSchema = z.strictObject({
  message: wordsTextSchema.optional(),
  anonymous: z.boolean().optional(),
});
export type CreateContribution = z.infer<typeof createContributionSchema>;
