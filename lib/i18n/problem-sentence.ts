import type { ErrorCode } from "@/lib/errors/errors";
import { decideLocale, LOCALE_COOKIE } from "./locale";
import { problemMessages } from "./problems";

/** The sentence for an error code in the language this request asks for. */
export function problemSentence(headers: Headers, code: ErrorCode): string {
  const cookie = new RegExp(`(?:^|;\\s*)${LOCALE_COOKIE}=([^;]*)`).exec(
    headers.get("cookie") ?? "",
  )?.[1];
  const locale = decideLocale({ cookie, acceptLanguage: headers.get("accept-language") });
  return problemMessages(locale).codes[code];
}
