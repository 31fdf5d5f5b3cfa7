import { decideLocale, LOCALE_COOKIE, type Locale } from "@/lib/i18n/locale";
import { findCookie } from "./cookies";

/** The language a request asks for: its cookie's choice, else its browser's list. */
export function requestLocale(headers: {
  cookie: string | null | undefined;
  acceptLanguage: string | null | undefined;
}): Locale {
  return decideLocale({
    cookie: findCookie(headers.cookie, LOCALE_COOKIE),
    acceptLanguage: headers.acceptLanguage,
  });
}

export function localeOfRequest({ headers }: Request): Locale {
  return requestLocale({
    cookie: headers.get("cookie"),
    acceptLanguage: headers.get("accept-language"),
  });
}
