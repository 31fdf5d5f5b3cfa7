// POST /api/policies/{code}/celebrations: the insured has been shown a moment; it does not come back.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { celebrateMilestone } from "@/lib/milestones/celebrate-milestone";
import { celebratedSchema, celebrateSchema } from "@/lib/milestones/contract";
import { policyCodeSchema } from "@/lib/policies/contract";

export const dynamic = "force-dynamic";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  body: celebrateSchema,
  output: celebratedSchema,
  limits: [LIMITS.switchPerViewer],
  run: ({ deps, params, viewer, body }) =>
    celebrateMilestone(deps, { code: params.code, userId: viewer.userId, ...body }),
});
