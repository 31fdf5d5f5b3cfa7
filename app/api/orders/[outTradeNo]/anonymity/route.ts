// POST /api/orders/{outTradeNo}/anonymity: may the insured read the giver's name; payer only, at any time.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { outTradeNoSchema } from "@/lib/payments/contract";
import { anonymitySchema } from "@/lib/words/contract";
import { setAnonymity } from "@/lib/words/set-anonymity";

export const POST = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  body: anonymitySchema,
  output: anonymitySchema,
  limits: [LIMITS.wordsPerViewer],
  run: ({ deps, params, viewer, body }) =>
    setAnonymity(deps, { ...params, userId: viewer.userId, anonymous: body.anonymous }),
});
