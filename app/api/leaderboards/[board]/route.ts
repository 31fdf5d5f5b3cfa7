// GET /api/leaderboards/{board}: places among all policies, names of those who want to be listed.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { boardIdSchema, boardQuerySchema, boardSchema } from "@/lib/leaderboard/contract";
import { findBoard } from "@/lib/leaderboard/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "optional",
  params: z.object({ board: boardIdSchema }),
  query: boardQuerySchema,
  output: boardSchema,
  limits: [LIMITS.readPerAddress],
  run: ({ deps, params, query, viewer }) =>
    findBoard(deps, { board: params.board, userId: viewer?.userId ?? null, after: query.after }),
});
