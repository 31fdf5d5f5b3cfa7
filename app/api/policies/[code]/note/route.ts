// POST /api/policies/{code}/note: what the insured says to everybody who opens his link.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { policyCodeSchema } from "@/lib/policies/contract";
import { writeWordsSchema, writtenWordsSchema } from "@/lib/words/contract";
import { writeNote } from "@/lib/words/write-note";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  body: writeWordsSchema,
  output: writtenWordsSchema,
  limits: [LIMITS.wordsPerViewer],
  run: ({ deps, params, viewer, body }) =>
    writeNote(deps, { code: params.code, userId: viewer.userId, text: body.text }),
});
