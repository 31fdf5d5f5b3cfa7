// POST /api/policies/{code}/diagnosis: the insured tells of a diagnosis (R31).
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import {
  diagnosisReportRequestSchema,
  diagnosisReportSchema,
  policyCodeSchema,
} from "@/lib/policies/contract";
import { reportDiagnosis } from "@/lib/policies/report-diagnosis";

export const dynamic = "force-dynamic";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  body: diagnosisReportRequestSchema,
  output: diagnosisReportSchema,
  limits: [LIMITS.endPerViewer],
  run: ({ deps, params, viewer, body }) =>
    reportDiagnosis(deps, { code: params.code, userId: viewer.userId, seen: body }),
});
