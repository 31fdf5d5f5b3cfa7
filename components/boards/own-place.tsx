import { HundredCells } from "@/components/policies/hundred-cells";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import type { CellState } from "@/lib/format/cells";
import { formatCount } from "@/lib/format/count";
import { fill } from "@/lib/i18n/fill";
import type { OwnPosition } from "@/lib/leaderboard/contract";

export interface OwnWords {
  heading: string;
  rank: string;
  units: string;
  ahead: string;
  start: string;
  alone: string;
  tied: string;
  listed: string;
  hidden: string;
  settings: string;
}

/** Where I am: for my eyes, whether my name is listed or not. */
export function OwnPlace({
  own,
  isListed,
  cells,
  cellsLabel,
  words,
}: {
  own: OwnPosition;
  isListed: boolean;
  cells: readonly CellState[];
  cellsLabel: string;
  words: OwnWords;
}) {
  return (
    <Card>
      <h2 className="sr-only">{words.heading}</h2>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <HundredCells cells={cells} label={cellsLabel} isSmall className="w-24! shrink-0" />
        <div className="min-w-32 flex-1">
          <p
            className={classNames(
              "figure-numbers font-bold",
              own.rank < 1_000 ? "text-[2.125rem] leading-tight" : "text-title",
            )}
          >
            {fill(words.rank, { rank: formatCount(own.rank) })}
          </p>
          <p className="figure-numbers text-soft">{fill(words.units, { units: own.units })}</p>
          <p className="mt-1.5 text-pretty">{praise(own, words)}</p>
        </div>
      </div>
      {own.tiedWith > 0 && (
        <p className="mt-3 text-small text-soft">
          {fill(words.tied, { count: formatCount(own.tiedWith) })}
        </p>
      )}
      <p className="mt-3 flex flex-wrap items-center justify-between gap-x-4 border-t border-line pt-1 text-small text-soft">
        <span className="py-2">{isListed ? words.listed : words.hidden}</span>
        <a
          href="/me/settings"
          className="inline-flex min-h-11 items-center text-accent-text underline underline-offset-4"
        >
          {words.settings}
        </a>
      </p>
    </Card>
  );
}

/** Nobody is told that he is behind: who is ahead of nobody yet hears that each cell counts. */
function praise({ aheadOfPercent }: OwnPosition, words: OwnWords): string {
  if (aheadOfPercent === null) return words.alone;
  return aheadOfPercent > 0 ? fill(words.ahead, { percent: aheadOfPercent }) : words.start;
}
