// GET /api/policies/{code}/appraisal/certificate: the insured's, for whom he lets see it (R43).
import { z } from "zod";
import { findSharedCertificate } from "@/lib/appraisal/certificate";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { localeOfRequest } from "@/lib/http/request-locale";
import { answerPicture } from "@/lib/pictures/answer-picture";
import { pictureQuerySchema } from "@/lib/pictures/contract";
import { policyCodeSchema } from "@/lib/policies/contract";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "optional",
  params: z.object({ code: policyCodeSchema }),
  query: pictureQuerySchema,
  limits: [LIMITS.picturePerAddress],
  run: async ({ deps, request, params, query, viewer }) => {
    const picture = await findSharedCertificate(deps, {
      code: params.code,
      userId: viewer?.userId ?? null,
      locale: query.lang ?? localeOfRequest(request),
    });
    if (!picture) throw new DomainError("not_found");
    return answerPicture({ deps, request }, { kind: "certificate", picture, freshness: "always" });
  },
});
