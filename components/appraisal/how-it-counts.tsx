import { appraisalMessages } from "@/lib/i18n/appraisal";
import type { Locale } from "@/lib/i18n/locale";

/** What is looked at and what never is (R43), folded. */
export function HowItCounts({ locale }: { locale: Locale }) {
  const words = appraisalMessages(locale).how;
  return (
    <details className="group mt-4 text-small">
      <summary className="inline-flex min-h-11 items-center gap-2 text-soft underline decoration-line underline-offset-4">
        {words.title}
      </summary>
      <ul className="mt-1 list-disc space-y-1.5 pl-5 text-soft">
        {words.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </details>
  );
}
