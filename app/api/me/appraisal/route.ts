// GET /api/me/appraisal: the signed-in person's own 人品鉴定, line by line (R43).
import { myAppraisalSchema } from "@/lib/appraisal/contract";
import { getMyAppraisal } from "@/lib/appraisal/queries";
import { handle } from "@/lib/http/handle";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  output: myAppraisalSchema,
  run: ({ deps, viewer }) => getMyAppraisal(deps, viewer),
});
