import { z } from "zod";
import { MESSAGE_CHARS_MAX } from "./limits";

/**
 * Lines and tabs, but no other control character (Postgres stores no NUL) and no half of a character
 * of two halves, which would be stored as another one.
 */
const PLAIN_TEXT = /^(?:[\n\r\t]|[^\p{Cc}\p{Cs}])*$/u;

/** `POST /api/policies/{code}/contributions`. The amount is the plan's: it is not asked for. */
export const createContributionSchema = z.strictObject({
  message: z.string().trim().max(MESSAGE_CHARS_MAX).regex(PLAIN_TEXT).optional(),
  anonymous: z.boolean().optional(),
});
export type CreateContribution = z.infer<typeof createContributionSchema>;
