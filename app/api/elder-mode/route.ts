// POST /api/elder-mode (form: elder, next): large pages in this browser or not; works without JavaScript.
import { ELDER_COOKIE, isElderValue } from "@/lib/http/elder-mode";
import { handle } from "@/lib/http/handle";
import { safeNextPath } from "@/lib/http/next-path";
import { readForm } from "@/lib/http/read-body";

const YEAR_SECONDS = 365 * 24 * 3600;

export const POST = handle({
  auth: "optional",
  run: async ({ request }) => {
    const form = await readForm(request);
    const isElder = isElderValue(form.get("elder"));
    // A page without the mode has no trace of it.
    const maxAgeSeconds = isElder ? YEAR_SECONDS : 0;
    return new Response(null, {
      status: 303,
      headers: {
        location: safeNextPath(form.get("next")),
        "set-cookie": `${ELDER_COOKIE}=${isElder ? 1 : 0}; Path=/; Max-Age=${maxAgeSeconds}; SameSite=Lax`,
      },
    });
  },
});
