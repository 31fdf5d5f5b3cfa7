// GET /api/policies/{code}: the public state of a policy and what this viewer may do.
import { z } from "zod";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { policyCodeSchema, publicPolicySchema } from "@/lib/policies/contract";
import { findPublicPolicy } from "@/lib/policies/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "optional",
  params: z.object({ code: policyCodeSchema }),
  output: publicPolicySchema,
  limits: [LIMITS.readPerAddress],
  run: async ({ deps, params, viewer }) => {
    const policy = await findPublicPolicy(deps, {
      code: params.code,
      userId: viewer?.userId ?? null,
    });
    if (!policy) throw new DomainError("not_found");
    return policy;
  },
});
