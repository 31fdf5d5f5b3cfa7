import type { ReactNode } from "react";
import { HundredCells } from "@/components/policies/hundred-cells";
import { TITLES, type Title } from "@/lib/appraisal/contract";
import { cellsFromCounts } from "@/lib/format/cells";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import type { Locale } from "@/lib/i18n/locale";

/** The score and what one may call oneself for it; the row of cells is the ladder of titles. */
export function ScoreCard({
  eyebrow,
  score,
  title,
  outlook,
  locale,
}: {
  eyebrow: ReactNode;
  score: number;
  title: Title;
  /** One sentence under the ladder. */
  outlook: ReactNode;
  locale: Locale;
}) {
  const words = appraisalMessages(locale);
  const step = TITLES.indexOf(title) + 1;
  const ladder = cellsFromCounts({ total: TITLES.length, lit: step, matured: step });
  return (
    <div className="mt-3 rounded-card bg-card px-5 pt-6 pb-5 text-center shadow-lift">
      <p className="text-small text-soft">{eyebrow}</p>
      <h1 className="mt-3">
        {/* Nobody is told that he has done nothing. */}
        {score > 0 && (
          <span className="flex items-baseline justify-center gap-2">
            <strong className="figure-numbers text-[5rem]/[1] font-bold text-accent-text">
              {score}
            </strong>
            <span className="text-lead text-soft">{words.points}</span>
          </span>
        )}
        <span className="mt-3 block text-title font-semibold">{words.titles[title]}</span>
      </h1>
      <div aria-hidden="true" className="mx-auto mt-5 max-w-60">
        <HundredCells cells={ladder} label="" />
      </div>
      <p className="mt-3 text-small text-balance text-soft">{outlook}</p>
    </div>
  );
}
