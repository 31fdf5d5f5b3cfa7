// GET /api/policies/{code}/appraisal: the insured's 人品鉴定, for others only if he shows it (R43).
import { z } from "zod";
import { publicAppraisalSchema } from "@/lib/appraisal/contract";
import { findSharedAppraisal } from "@/lib/appraisal/queries";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { policyCodeSchema } from "@/lib/policies/contract";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "optional",
  params: z.object({ code: policyCodeSchema }),
  output: publicAppraisalSchema,
  limits: [LIMITS.readPerAddress],
  run: async ({ deps, params, viewer }) => {
    const shared = await findSharedAppraisal(deps, {
      code: params.code,
      userId: viewer?.userId ?? null,
    });
    if (!shared) throw new DomainError("not_found");
    return shared.appraisal;
  },
});
