// GET /api/me/appraisal/certificate: one's own, whatever others may see.
import { getMyCertificate } from "@/lib/appraisal/certificate";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { localeOfRequest } from "@/lib/http/request-locale";
import { answerPicture } from "@/lib/pictures/answer-picture";
import { pictureQuerySchema } from "@/lib/pictures/contract";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  query: pictureQuerySchema,
  limits: [LIMITS.picturePerAddress],
  run: async ({ deps, request, query, viewer }) => {
    const picture = await getMyCertificate(deps, {
      userId: viewer.userId,
      locale: query.lang ?? localeOfRequest(request),
    });
    return answerPicture({ deps, request }, { kind: "certificate", picture, freshness: "always" });
  },
});
