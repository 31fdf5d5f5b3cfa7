// GET, POST /api/policies/{code}/diagnosis: the insured tells of a diagnosis (R31).
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import {
  diagnosisPreviewQuerySchema,
  diagnosisPreviewSchema,
  diagnosisReportRequestSchema,
  diagnosisReportSchema,
  policyCodeSchema,
} from "@/lib/policies/contract";
import { previewDiagnosis, reportDiagnosis } from "@/lib/policies/report-diagnosis";

export const dynamic = "force-dynamic";

const params = z.object({ code: policyCodeSchema });

export const GET = handle({
  auth: "viewer",
  params,
  query: diagnosisPreviewQuerySchema,
  output: diagnosisPreviewSchema,
  run: ({ deps, params, viewer, query }) =>
    previewDiagnosis(deps, { code: params.code, userId: viewer.userId, diagnosedOn: query.on }),
});

export const POST = handle({
  auth: "viewer",
  params,
  body: diagnosisReportRequestSchema,
  output: diagnosisReportSchema,
  limits: [LIMITS.endPerViewer],
  run: ({ deps, params, viewer, body }) =>
    reportDiagnosis(deps, { code: params.code, userId: viewer.userId, seen: body }),
});
