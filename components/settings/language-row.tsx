import type { Locale } from "@/lib/i18n/locale";

/** The language now, and a button for the other one; works without JavaScript. */
export function LanguageRow({
  nextPath,
  words,
  locale,
}: {
  nextPath: string;
  words: { language: string; languageValue: string; languageOther: string };
  locale: Locale;
}) {
  const other = locale === "en" ? "zh-CN" : "en";
  return (
    <form method="post" action="/api/locale" className="flex items-center justify-between gap-5">
      <input type="hidden" name="next" value={nextPath} />
      <input type="hidden" name="lang" value={other} />
      <p className="py-3">
        <span className="font-medium">{words.language}</span>{" "}
        <span className="text-small text-soft">{words.languageValue}</span>
      </p>
      <button
        type="submit"
        lang={other}
        className="min-h-11 text-accent-text underline underline-offset-4"
      >
        {words.languageOther}
      </button>
    </form>
  );
}
