// POST /api/policies/{code}/diagnosis/preview: what a report would do, before it is made (R31).
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import {
  diagnosisPreviewRequestSchema,
  diagnosisPreviewSchema,
  policyCodeSchema,
} from "@/lib/policies/contract";
import { previewDiagnosis } from "@/lib/policies/report-diagnosis";

export const dynamic = "force-dynamic";

export const POST = handle({
  auth: "viewer",
  params: z.object({ code: policyCodeSchema }),
  body: diagnosisPreviewRequestSchema,
  output: diagnosisPreviewSchema,
  limits: [LIMITS.previewPerViewer],
  run: ({ deps, params, viewer, body }) =>
    previewDiagnosis(deps, { code: params.code, userId: viewer.userId, ...body }),
});
