import { HundredCells } from "@/components/policies/hundred-cells";
import { cellsFromCounts } from "@/lib/format/cells";
import type { Locale } from "@/lib/i18n/locale";
import { milestonesMessages } from "@/lib/i18n/milestones";
import type { MilestoneName } from "@/lib/milestones/contract";
import { CelebrationFrame } from "./celebration-frame";

/**
 * One quiet moment on the owner's page: the grid as it was reached, and a sentence. It is read where
 * it stands and takes nothing away from the page under it.
 */
export function Celebration({
  code,
  name,
  cells,
  unitsMax,
  units,
  locale,
}: {
  code: string;
  name: MilestoneName;
  /** Lit cells at which it was reached. */
  cells: number;
  unitsMax: number;
  units: readonly { isMatured: boolean }[];
  locale: Locale;
}) {
  const words = milestonesMessages(locale);
  const { title, body } = words.moments[name];
  const matured = Math.min(cells, units.filter(({ isMatured }) => isMatured).length);
  return (
    <CelebrationFrame code={code} name={name} title={title} closeLabel={words.close}>
      <div className="flex items-center gap-4">
        {/* The words beside it say what it shows; lit from the top in a second and a half. */}
        <div
          aria-hidden="true"
          className="w-24 shrink-0 [clip-path:inset(-4%)] motion-safe:transition-[clip-path] motion-safe:duration-[1.5s] motion-safe:ease-out motion-safe:starting:[clip-path:inset(-4%_-4%_100%)]"
        >
          <HundredCells
            cells={cellsFromCounts({ total: unitsMax, lit: cells, matured })}
            label=""
            isSmall
          />
        </div>
        <div className="min-w-0">
          <p className="text-lead font-semibold">{title}</p>
          <p className="mt-1 text-small text-pretty">{body(cells)}</p>
          {name === 100 && (
            <a
              href={`/me/policies/${code}/full`}
              className="inline-flex min-h-11 items-center text-small text-accent-text underline underline-offset-4"
            >
              {words.keep}
            </a>
          )}
        </div>
      </div>
    </CelebrationFrame>
  );
}
