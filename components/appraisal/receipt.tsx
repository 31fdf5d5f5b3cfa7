import type { AppraisalLine } from "@/lib/appraisal/contract";
import { formatFormula } from "@/lib/format/formula";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import type { Locale } from "@/lib/i18n/locale";

/** Every line with its sum, as on a till's receipt, so that anybody can check the total. */
export function Receipt({
  lines,
  score,
  locale,
}: {
  lines: readonly AppraisalLine[];
  score: number;
  locale: Locale;
}) {
  const words = appraisalMessages(locale);
  return (
    <div className="rounded-card bg-card px-4 py-2 shadow-lift">
      <ul className="divide-y divide-dashed divide-line">
        {lines.map((line) => (
          <li key={line.kind} className="flex flex-wrap justify-between gap-x-4 gap-y-1 py-3">
            <div className="min-w-0 flex-1 basis-44">
              <p className="font-medium">{words.lines[line.kind](line.count)}</p>
              <p className="text-fine text-pretty text-soft">
                {words.reasons[line.kind](line.pointsEach, line.countMax)}
              </p>
            </div>
            <p className="font-medium whitespace-nowrap tabular-nums">{formatFormula(line)}</p>
          </li>
        ))}
      </ul>
      <p className="flex items-baseline justify-between border-t-2 border-line py-3 font-semibold">
        {words.total}
        <span className="figure-numbers text-lead">{score}</span>
      </p>
    </div>
  );
}
