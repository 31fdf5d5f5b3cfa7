// GET /api/policies/{code}/supporters: who supported; for the insured only (R42).
import { z } from "zod";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { policyCodeSchema, supportersSchema } from "@/lib/policies/contract";
import { findSupporters } from "@/lib/policies/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  output: supportersSchema,
  run: async ({ deps, params, viewer }) => {
    const supporters = await findSupporters(deps, { code: params.code, userId: viewer.userId });
    if (!supporters) throw new DomainError("not_found");
    return supporters;
  },
});
