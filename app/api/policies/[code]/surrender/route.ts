// GET, POST /api/policies/{code}/surrender: the insured ends it all, having seen the sum (R26–R28).
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import {
  policyCodeSchema,
  surrenderedSchema,
  surrenderPreviewSchema,
  surrenderRequestSchema,
} from "@/lib/policies/contract";
import { previewSurrender, surrenderPolicy } from "@/lib/policies/surrender-policy";

export const dynamic = "force-dynamic";

const params = z.object({ code: policyCodeSchema });

export const GET = handle({
  auth: "viewer",
  params,
  output: surrenderPreviewSchema,
  run: ({ deps, params, viewer }) =>
    previewSurrender(deps, { code: params.code, userId: viewer.userId }),
});

export const POST = handle({
  auth: "viewer",
  params,
  body: surrenderRequestSchema,
  output: surrenderedSchema,
  limits: [LIMITS.endPerViewer],
  run: ({ deps, params, viewer, body }) =>
    surrenderPolicy(deps, { code: params.code, userId: viewer.userId, seen: body }),
});
