/** What the pictures of a policy have in common: whoever has its code may open them. */
import { z } from "zod";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { localeOfRequest } from "@/lib/http/request-locale";
import { answerPicture } from "@/lib/pictures/answer-picture";
import { pictureQuerySchema } from "@/lib/pictures/contract";
import { findPolicyPicture } from "@/lib/pictures/queries";
import { policyCodeSchema } from "@/lib/policies/contract";

export function handlePicture(kind: "card" | "poster" | "thumb", freshness: "shared" | "always") {
  return handle({
    auth: "none",
    params: z.object({ code: policyCodeSchema }),
    query: pictureQuerySchema,
    limits: [LIMITS.picturePerAddress],
    run: async ({ deps, request, params, query }) => {
      const locale = query.lang ?? localeOfRequest(request);
      const picture = await findPolicyPicture(deps, { code: params.code, locale });
      if (!picture) throw new DomainError("not_found");
      return answerPicture({ deps, request }, { kind, picture, freshness });
    },
  });
}
