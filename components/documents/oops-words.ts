import { isLocale, type Locale } from "@/lib/i18n/locale";
import { crash as english } from "@/lib/i18n/messages/en/crash";
import { crash as chinese } from "@/lib/i18n/messages/zh-CN/crash";

/**
 * The words of the error pages, which run in the browser when the server could not give any. The
 * few words of both languages travel with them; the page's own language says which.
 */
export function findErrorWords(): { locale: Locale; words: typeof chinese } {
  const lang = typeof document === "undefined" ? null : document.documentElement.lang;
  const locale = isLocale(lang) ? lang : "zh-CN";
  return { locale, words: locale === "en" ? english : chinese };
}
