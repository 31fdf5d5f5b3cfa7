import { publicConfig } from "@/lib/env/public";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";

/**
 * The sentence that stands wherever this insurance is offered (R44). It breaks only between its
 * parts, so that a company's name is never cut.
 */
export function InsuranceLine({ waitingDays, locale }: { waitingDays: number; locale: Locale }) {
  const words = commonMessages(locale).insuranceParts;
  return (
    <>
      <span className="inline-block">
        <span className="inline-block">{words.kind} ·</span>{" "}
        <span className="inline-block">{publicConfig().insurer.name}</span>
      </span>{" "}
      <a
        href="/documents/terms"
        className="inline-block underline decoration-line underline-offset-2"
      >
        {words.waiting(waitingDays)}
      </a>
    </>
  );
}
