// GET /api/policies/{code}/asking: short code, link and the words of each tone; for the insured only.
import { z } from "zod";
import { askingSchema } from "@/lib/asking/contract";
import { getAsking } from "@/lib/asking/queries";
import { handle } from "@/lib/http/handle";
import { localeOfRequest } from "@/lib/http/request-locale";
import { policyCodeSchema } from "@/lib/policies/contract";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  output: askingSchema,
  run: ({ deps, params, viewer, request }) =>
    getAsking(deps, {
      code: params.code,
      userId: viewer.userId,
      locale: localeOfRequest(request),
    }),
});
