import { classNames } from "@/components/ui/class-names";
import type { BoardId } from "@/lib/leaderboard/contract";

/** Links, not buttons: each board is a page of its own, to go back to and to share. */
export function BoardTabs({
  boards,
  current,
  words,
}: {
  boards: readonly BoardId[];
  current: BoardId;
  words: Record<BoardId | "label", string>;
}) {
  return (
    <nav aria-label={words.label} className="mt-5 border-b border-line">
      <ul className="-mb-px flex flex-wrap justify-between">
        {boards.map((board) => (
          <li key={board}>
            <a
              href={`/boards/${board}`}
              aria-current={board === current ? "page" : undefined}
              className={classNames(
                "inline-flex min-h-11 min-w-11 items-center justify-center border-b-2 px-1",
                board === current ? "border-coral font-semibold" : "border-transparent text-soft",
              )}
            >
              {words[board]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
