// GET /api/auth/wechat?next=: sends a guest to WeChat's silent sign-in and back to `next`. With
// `profile` WeChat asks the person whether his nickname may be shown; only ever after a tap.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { startSignIn } from "@/lib/identity/oauth-flow";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "none",
  query: z.object({
    next: z.string().optional(),
    relogin: z.string().optional(),
    profile: z.string().optional(),
  }),
  limits: [LIMITS.signInPerAddress],
  run: async ({ deps, request, query }) => startSignIn(deps, request, query),
});
