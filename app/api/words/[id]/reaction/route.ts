// GET and POST /api/words/{id}/reaction: how many reacted how, and one's own; never who.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { reactionsSchema, reactSchema, wordsIdSchema } from "@/lib/words/contract";
import { getReactions, react } from "@/lib/words/react";

export const dynamic = "force-dynamic";

const params = z.object({ id: wordsIdSchema });

export const GET = handle({
  auth: "optional",
  params,
  output: reactionsSchema,
  limits: [LIMITS.readPerAddress],
  run: ({ deps, params, viewer }) =>
    getReactions(deps, { wordsId: params.id, userId: viewer?.userId ?? null }),
});

export const POST = handle({
  auth: "viewer",
  params,
  body: reactSchema,
  output: reactionsSchema,
  limits: [LIMITS.wordsPerViewer],
  run: ({ deps, params, viewer, body }) =>
    react(deps, { wordsId: params.id, userId: viewer.userId, emoji: body.emoji }),
});
