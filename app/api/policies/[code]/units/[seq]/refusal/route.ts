// POST /api/policies/{code}/units/{seq}/refusal: the insured declines a friend's unit (R26).
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import {
  policyCodeSchema,
  refusedUnitSchema,
  refuseUnitSchema,
  unitSeqSchema,
} from "@/lib/policies/contract";
import { refuseUnit } from "@/lib/policies/refuse-unit";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema, seq: unitSeqSchema }),
  body: refuseUnitSchema,
  output: refusedUnitSchema,
  limits: [LIMITS.endPerViewer],
  run: ({ deps, params, viewer, body }) =>
    refuseUnit(deps, { ...params, userId: viewer.userId, endorsementNo: body.endorsementNo }),
});
