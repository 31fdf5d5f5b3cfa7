import type { Locale } from "@/lib/i18n/locale";
import { milestonesMessages } from "@/lib/i18n/milestones";

/** From a full policy to its keepsake. */
export function KeepsakeLink({ code, locale }: { code: string; locale: Locale }) {
  return (
    <a
      href={`/me/policies/${code}/full`}
      className="mt-5 flex min-h-13 items-center justify-between rounded-card bg-card px-4 font-medium shadow-lift"
    >
      {milestonesMessages(locale).keep}
      <span aria-hidden="true">›</span>
    </a>
  );
}
