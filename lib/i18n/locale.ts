/** Chinese first: it is the default and the shape every translation is checked against. */
export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "zh-CN";

/** The cookie that `POST /api/locale` sets. */
export const LOCALE_COOKIE = "lang";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/**
 * A choice made by the person wins over the browser's list, and the list over the default. Weights
 * in `Accept-Language` are honoured; anything but Chinese and English is skipped.
 */
export function decideLocale(request: {
  cookie?: string | null | undefined;
  acceptLanguage?: string | null | undefined;
}): Locale {
  if (isLocale(request.cookie)) return request.cookie;
  const ranges = (request.acceptLanguage ?? "")
    .split(",")
    // A header is untrusted: a handful of ranges is all a browser ever sends.
    .slice(0, 12)
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
      const weight = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { tag, weight: weight ? Number(weight.trim().slice(2)) || 0 : 1 };
    })
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of ranges) {
    if (tag === "zh" || tag.startsWith("zh-")) return "zh-CN";
    if (tag === "en" || tag.startsWith("en-")) return "en";
  }
  return DEFAULT_LOCALE;
}
