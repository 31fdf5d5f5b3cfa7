import { classNames } from "@/components/ui/class-names";
import { Face } from "@/components/ui/face";
import { formatCount } from "@/lib/format/count";
import { fill } from "@/lib/i18n/fill";
import type { BoardRow } from "@/lib/leaderboard/contract";
import { CellStrip } from "./cell-strip";

export interface RowWords {
  heading: string;
  rank: string;
  units: string;
  nameless: string;
  me: string;
  tied: string;
}

/** People who want to be listed. Nothing here leads to them (R43). */
export function BoardRows({
  rows,
  topUnits,
  words,
}: {
  rows: readonly BoardRow[];
  topUnits: number;
  words: RowWords;
}) {
  // A day's few cells are drawn one by one, a whole policy by tens.
  const perCell = topUnits <= 10 ? 1 : 10;
  return (
    <ol className="divide-y divide-line">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing that tells who it is.
        <Row key={index} row={row} perCell={perCell} words={words} />
      ))}
    </ol>
  );
}

function Row({ row, perCell, words }: { row: BoardRow; perCell: number; words: RowWords }) {
  const { rank, name, units, isMe, tiedWith } = row;
  const isTop = rank <= 3;
  return (
    <li className={classNames("-mx-4 flex items-center gap-3 px-4 py-3", isMe && "bg-sunk")}>
      <span className="w-9 shrink-0 text-center leading-tight">
        <span className="sr-only">{fill(words.rank, { rank: formatCount(rank) })}</span>
        <span
          aria-hidden="true"
          className={classNames(
            "figure-numbers block",
            rank > 9_999 ? "text-fine" : rank > 99 ? "text-small" : "text-lead",
            isTop ? "font-bold text-accent-text" : "text-soft",
          )}
        >
          {formatCount(rank)}
        </span>
        {tiedWith > 0 && <span className="block text-fine text-soft">{words.tied}</span>}
      </span>
      <span className="hidden min-[22.5rem]:block">
        <Face name={name ?? ""} size="small" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center justify-between gap-x-3">
          <span className="flex flex-wrap items-center gap-x-2">
            <bdi className="font-medium">{name ?? words.nameless}</bdi>
            {isMe && (
              <span className="rounded-full bg-accent-text px-2 text-fine font-semibold text-card">
                {words.me}
              </span>
            )}
          </span>
          <span className="figure-numbers font-semibold">{fill(words.units, { units })}</span>
        </span>
        <span className="mt-1.5 block">
          <CellStrip units={units} perCell={perCell} />
        </span>
      </span>
    </li>
  );
}
