import { Section } from "@/components/ui/page";
import type { Locale } from "@/lib/i18n/locale";
import { shareMessages } from "@/lib/i18n/share";

/** What a careful friend wants to know before paying; folded, so that it does not stand in the way. */
export function Assurances({ askerName, locale }: { askerName: string; locale: Locale }) {
  const words = shareMessages(locale).assurances;
  return (
    <Section title={words.title} className="mb-2">
      <div className="divide-y divide-line border-y border-line">
        {words.items(askerName).map((item) => (
          <details key={item.question} className="group">
            <summary className="flex min-h-12 items-center justify-between gap-4 py-2">
              {item.question}
              <span
                aria-hidden="true"
                className="text-soft motion-safe:transition-transform group-open:rotate-90"
              >
                ›
              </span>
            </summary>
            <p className="pb-4 text-small text-soft">{item.answer}</p>
          </details>
        ))}
      </div>
    </Section>
  );
}
