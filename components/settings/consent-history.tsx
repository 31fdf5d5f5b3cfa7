import { formatDay } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { settingsMessages } from "@/lib/i18n/settings";
import { type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import type { PastConsent } from "@/lib/profile/queries";

/** What the person agreed to and took back, newest first (R51); folded, because few ever ask. */
export function ConsentHistory({
  consents,
  today,
  locale,
}: {
  consents: readonly PastConsent[];
  today: CalendarDate;
  locale: Locale;
}) {
  const words = settingsMessages(locale).history;
  return (
    <details className="group">
      <summary className="flex min-h-12 items-center justify-between text-soft">
        {words.heading}
        <span aria-hidden="true" className="group-open:rotate-90">
          ›
        </span>
      </summary>
      <p className="text-small text-soft">{consents.length > 0 ? words.lead : words.empty}</p>
      <ul className="mt-2 space-y-1 text-small">
        {consents.map(({ id, kind, isGranted, at }) => {
          const say = isGranted ? words.granted : words.withdrawn;
          return (
            <li key={id}>{say(formatDay(shanghaiDateOf(at), today, locale), words.what[kind])}</li>
          );
        })}
      </ul>
    </details>
  );
}
