// GET /api/me/notices: what the signed-in person has been told about his money and his policy.
import { handle } from "@/lib/http/handle";
import { noticesSchema } from "@/lib/notices/contract";
import { listNotices } from "@/lib/notices/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  output: noticesSchema,
  run: ({ deps, viewer }) => listNotices(deps, { userId: viewer.userId }),
});
