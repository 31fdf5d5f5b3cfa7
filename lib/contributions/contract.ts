import { z } from "zod";
import { payableOrderSchema } from "@/lib/payments/contract";
import { MESSAGE_CHARS_MAX } from "./limits";

/** `POST /api/policies/{code}/contributions`. The amount is the plan's: it is not asked for. */
export const createContributionSchema = z.strictObject({
  message: z.string().trim().max(MESSAGE_CHARS_MAX).optional(),
  anonymous: z.boolean().optional(),
});
export type CreateContribution = z.infer<typeof createContributionSchema>;

export const contributionSchema = z.strictObject({ order: payableOrderSchema });
