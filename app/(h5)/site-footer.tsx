import { readIsElder } from "@/app/viewer";
import { ElderLink } from "@/components/settings/elder-switch";
import { publicConfig } from "@/lib/env/public";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";

/** Who stands behind the page, in small print (R44, R53); the same on every selling page. */
export async function SiteFooter({ locale, nextPath }: { locale: Locale; nextPath: string }) {
  const words = commonMessages(locale);
  const { insurer } = publicConfig();
  const isElder = await readIsElder();
  return (
    <footer className="safe-bottom mt-10 border-t border-line pt-5 text-fine text-soft">
      <p>
        {insurer.name}
        {insurer.isDemonstration && (
          <span className="ml-2 rounded-full border border-edge px-2 py-0.5 whitespace-nowrap">
            {words.demonstration}
          </span>
        )}
      </p>
      {insurer.isDemonstration && <p className="mt-1">{words.demonstrationNote}</p>}
      <div className="flex flex-wrap items-center gap-x-5">
        <a
          href="/disclosure"
          className="inline-flex min-h-11 items-center underline underline-offset-4"
        >
          {words.disclosure}
        </a>
        <a href="/me" className="inline-flex min-h-11 items-center underline underline-offset-4">
          {words.myPolicies}
        </a>
        <a href="/c" className="inline-flex min-h-11 items-center underline underline-offset-4">
          {words.shortCode}
        </a>
      </div>
      <div className="flex flex-wrap items-center gap-x-5">
        <ElderLink
          isElder={isElder}
          nextPath={nextPath}
          label={isElder ? words.elderOff : words.elderOn}
        />
        <form method="post" action="/api/locale">
          <input type="hidden" name="next" value={nextPath} />
          <input type="hidden" name="lang" value={locale === "en" ? "zh-CN" : "en"} />
          <button
            type="submit"
            lang={locale === "en" ? "zh-CN" : "en"}
            className="inline-flex min-h-11 items-center underline underline-offset-4"
          >
            {locale === "en" ? "中文" : "English"}
          </button>
        </form>
      </div>
    </footer>
  );
}
