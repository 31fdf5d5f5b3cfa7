// GET /api/auth/wechat/callback?code=&state=: WeChat sends the browser back here.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { finishSignIn } from "@/lib/identity/oauth-flow";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "none",
  query: z.object({ code: z.string().max(256).optional(), state: z.string().max(128).optional() }),
  limits: [LIMITS.signInPerAddress],
  run: ({ deps, request, query }) => finishSignIn(deps, request, query),
});
