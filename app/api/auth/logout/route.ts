// POST /api/auth/logout: ends this browser's session.
import { handle } from "@/lib/http/handle";
import { endedSessionCookie } from "@/lib/http/session";

export const POST = handle({
  auth: "optional",
  run: async ({ deps }) =>
    new Response(null, {
      status: 204,
      headers: { "set-cookie": endedSessionCookie(deps.config.isSecure) },
    }),
});
