// POST /api/orders/{outTradeNo}/words: a giver says something to the insured, or unsays it; payer only.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { outTradeNoSchema } from "@/lib/payments/contract";
import { writeWordsSchema, writtenWordsSchema } from "@/lib/words/contract";
import { writeWish } from "@/lib/words/write-wish";

export const POST = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  body: writeWordsSchema,
  output: writtenWordsSchema,
  limits: [LIMITS.wordsPerViewer],
  run: ({ deps, params, viewer, body }) =>
    writeWish(deps, { ...params, userId: viewer.userId, text: body.text }),
});
