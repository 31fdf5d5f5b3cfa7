// GET /api/plans/current: the plan sold today, its questions and its documents.
import { handle } from "@/lib/http/handle";
import { planSchema } from "@/lib/plans/contract";
import { getCurrentPlan } from "@/lib/plans/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "none",
  output: planSchema,
  run: ({ deps }) => getCurrentPlan(deps),
});
