"use client";

import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import type { CellState } from "@/lib/format/cells";
import { formatCount } from "@/lib/format/count";
import { fill } from "@/lib/i18n/fill";
import type { Board } from "@/lib/leaderboard/contract";
import { BoardRows, type RowWords } from "./board-rows";
import { OwnPlace, type OwnWords } from "./own-place";
import { useBoard } from "./use-board";

export interface BoardWords {
  own: OwnWords & { announce: string };
  rows: RowWords;
  notes: { total: string; ties: string; noPrize: string };
  empty: string;
}

/** Own place, the names, and what the places are counted from; all of it follows the server. */
export function LiveBoard({
  initial,
  address,
  cells,
  cellsLabel,
  words,
  invitation,
  isOpen,
}: {
  initial: Board;
  /** What is asked again: the page of the board that is shown. */
  address: string;
  cells: readonly CellState[];
  cellsLabel: string;
  words: BoardWords;
  /** Instead of the own place, for whom there is none. */
  invitation: ReactNode;
  /** False where only those who take part see anything. */
  isOpen: boolean;
}) {
  const { own, viewer, rows, total, topUnits } = useBoard(initial, address);
  return (
    <>
      {own ? (
        <OwnPlace
          own={own}
          isListed={viewer?.isListed ?? false}
          cells={cells}
          cellsLabel={cellsLabel}
          words={words.own}
        />
      ) : (
        invitation
      )}
      <p role="status" className="sr-only">
        {own && own !== initial.own
          ? fill(words.own.announce, { rank: formatCount(own.rank), units: own.units })
          : ""}
      </p>
      {isOpen && (
        <section className="mt-7">
          <h2 className="mb-2 text-lead font-semibold">{words.rows.heading}</h2>
          <Card className="overflow-hidden py-0!">
            {rows.length > 0 ? (
              <BoardRows rows={rows} topUnits={topUnits} words={words.rows} />
            ) : (
              <p className="py-4 text-soft">{words.empty}</p>
            )}
          </Card>
        </section>
      )}
      {total > 0 && (
        <div className="mt-4 space-y-1 text-small text-pretty text-soft">
          <p>{fill(words.notes.total, { total: formatCount(total) })}</p>
          <p>{words.notes.ties}</p>
          <p>{words.notes.noPrize}</p>
        </div>
      )}
    </>
  );
}
