// POST /api/policies/{code}/thanks: the insured thanks one supporter, or all he has not thanked yet.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { policyCodeSchema } from "@/lib/policies/contract";
import { thankedSchema, thankSchema } from "@/lib/words/contract";
import { thankSupporters } from "@/lib/words/thank-supporters";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  body: thankSchema,
  output: thankedSchema,
  limits: [LIMITS.wordsPerViewer],
  run: ({ deps, params, viewer, body }) =>
    thankSupporters(deps, { code: params.code, userId: viewer.userId, thank: body }),
});
