// POST /api/locale (form: lang, next): remembers the language of this browser; works without JavaScript.
import { handle } from "@/lib/http/handle";
import { safeNextPath } from "@/lib/http/next-path";
import { readForm } from "@/lib/http/read-body";
import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE } from "@/lib/i18n/locale";

const YEAR_SECONDS = 365 * 24 * 3600;

export const POST = handle({
  auth: "optional",
  run: async ({ request }) => {
    const form = await readForm(request);
    const lang = form.get("lang");
    const cookie = `${LOCALE_COOKIE}=${isLocale(lang) ? lang : DEFAULT_LOCALE}`;
    return new Response(null, {
      status: 303,
      headers: {
        location: safeNextPath(form.get("next")),
        "set-cookie": `${cookie}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`,
      },
    });
  },
});
