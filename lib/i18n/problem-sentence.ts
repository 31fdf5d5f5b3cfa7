import type { ErrorCode } from "@/lib/errors/errors";
import { requestLocale } from "@/lib/http/request-locale";
import { problemMessages } from "./problems";

/** The sentence for an error code in the language this request asks for. */
export function problemSentence(headers: Headers, code: ErrorCode): string {
  const locale = requestLocale({
    cookie: headers.get("cookie"),
    acceptLanguage: headers.get("accept-language"),
  });
  return problemMessages(locale).codes[code];
}
