// GET /api/me: the signed-in person and his policies.
import { handle } from "@/lib/http/handle";
import { meSchema } from "@/lib/identity/contract";
import { getMe } from "@/lib/identity/get-me";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  output: meSchema,
  run: ({ deps, viewer }) => getMe(deps, viewer),
});
