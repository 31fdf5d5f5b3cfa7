import { Card } from "@/components/ui/card";
import { formatFullDay } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { milestonesMessages } from "@/lib/i18n/milestones";
import type { FullStory as Story } from "@/lib/milestones/rules";

/** From the first cell to the last, a day each, with the line that joins them. */
export function FullStory({ story, locale }: { story: Story; locale: Locale }) {
  const words = milestonesMessages(locale).full;
  return (
    <Card>
      <p className="text-lead font-semibold">{words.took(story.days)}</p>
      <ol className="mt-3 border-l-2 border-wait pl-4">
        {story.moments.map(({ cells, on }, index) => {
          const isLast = index === story.moments.length - 1;
          return (
            <li
              key={cells}
              className="relative flex flex-wrap justify-between gap-x-4 py-1.5 text-small"
            >
              <span
                aria-hidden="true"
                className="absolute top-3.5 -left-[1.44rem] size-3 rounded-[32%] bg-coral"
              />
              <span className="font-medium">
                {isLast ? words.lastCell(cells) : words.cell(cells)}
              </span>
              <time dateTime={on} className="text-soft tabular-nums">
                {formatFullDay(on, locale)}
              </time>
            </li>
          );
        })}
      </ol>
      {story.busiest && (
        <p className="mt-3 text-small text-pretty text-soft">
          {words.busiest(formatFullDay(story.busiest.on, locale), story.busiest.cells)}
        </p>
      )}
    </Card>
  );
}
