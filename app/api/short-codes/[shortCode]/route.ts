// GET /api/short-codes/{shortCode}: the policy that a typed code leads to.
import { z } from "zod";
import { foundPolicySchema, shortCodeSchema } from "@/lib/asking/contract";
import { findByShortCode } from "@/lib/asking/queries";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "optional",
  params: z.object({ shortCode: shortCodeSchema }),
  output: foundPolicySchema,
  limits: [LIMITS.shortCodePerAddress, LIMITS.shortCodePerViewer],
  run: async ({ deps, params }) => {
    const found = await findByShortCode(deps, params.shortCode);
    if (!found) throw new DomainError("not_found");
    return found;
  },
});
