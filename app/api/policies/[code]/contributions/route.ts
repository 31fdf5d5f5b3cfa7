// POST /api/policies/{code}/contributions: a friend orders one unit for this policy (R13–R17).
import { z } from "zod";
import { createContributionSchema } from "@/lib/contributions/contract";
import { createContribution } from "@/lib/contributions/create-contribution";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { payableOrderEnvelopeSchema } from "@/lib/payments/contract";
import { policyCodeSchema } from "@/lib/policies/contract";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  body: createContributionSchema,
  output: payableOrderEnvelopeSchema,
  status: 201,
  idempotent: true,
  limits: [LIMITS.orderPerViewer, LIMITS.orderPerAddress],
  run: ({ deps, params, viewer, body, idempotencyKey }) =>
    createContribution(deps, {
      code: params.code,
      userId: viewer.userId,
      input: body,
      idempotencyKey,
    }),
});
