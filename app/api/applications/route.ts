// POST /api/applications: a person applies for his own policy and gets unit 1's order (R6–R9).
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { applyForPolicy } from "@/lib/policies/apply-for-policy";
import { applicationSchema, createApplicationSchema } from "@/lib/policies/contract";

export const POST = handle({
  auth: "viewer",
  body: createApplicationSchema,
  output: applicationSchema,
  status: 201,
  idempotent: true,
  limits: [LIMITS.applyPerViewer, LIMITS.orderPerAddress],
  run: ({ deps, viewer, body, idempotencyKey }) =>
    applyForPolicy(deps, { userId: viewer.userId, input: body, idempotencyKey }),
});
