import { classNames } from "@/components/ui/class-names";
import { fill } from "@/lib/i18n/fill";
import type { ApplyWords } from "./apply-props";
import { type ApplyStep, STEPS } from "./draft";

/** Where one is, in cells; the words say it for everyone. */
export function Progress({ step, words }: { step: ApplyStep; words: ApplyWords }) {
  const place = STEPS.indexOf(step) + 1;
  return (
    <div>
      <div aria-hidden="true" className="flex gap-1.5">
        {STEPS.map((name, index) => (
          <span
            key={name}
            className={classNames(
              "h-1.5 flex-1 rounded-full",
              index + 1 < place ? "bg-wait-edge" : index + 1 === place ? "bg-coral" : "bg-line",
            )}
          />
        ))}
      </div>
      <p className="mt-2 text-fine text-soft figure-numbers">
        {fill(words.progress, { step: place, total: STEPS.length })} · {words.steps[step]}
      </p>
    </div>
  );
}
