import { classNames } from "@/components/ui/class-names";
import type { Locale } from "@/lib/i18n/locale";
import { wordsMessages } from "@/lib/i18n/words";
import type { Supporter } from "@/lib/policies/views";

export const WALL_FILTERS = ["all", "words", "unthanked"] as const;
export type WallFilter = (typeof WALL_FILTERS)[number];

export function matchesFilter(friend: Supporter, filter: WallFilter): boolean {
  if (filter === "words") return friend.message !== null;
  return filter === "all" || friend.thanks === null;
}

/** Plain links: they work before the scripts arrive, and the way back is the browser's. */
export function WallFilters({
  code,
  current,
  locale,
}: {
  code: string;
  current: WallFilter;
  locale: Locale;
}) {
  const words = wordsMessages(locale).wall;
  return (
    <nav
      aria-label={words.filterLabel}
      className="mt-6 flex flex-wrap gap-x-5 border-b border-line"
    >
      {WALL_FILTERS.map((filter) => (
        <a
          key={filter}
          href={`/me/policies/${code}/wall${filter === "all" ? "" : `?show=${filter}`}`}
          aria-current={filter === current ? "page" : undefined}
          className={classNames(
            "-mb-px inline-flex min-h-11 shrink-0 items-center border-b-2 text-small",
            filter === current ? "border-accent font-semibold" : "border-transparent text-soft",
          )}
        >
          {words.filters[filter]}
        </a>
      ))}
    </nav>
  );
}
