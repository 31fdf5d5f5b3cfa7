import { classNames } from "@/components/ui/class-names";
import { dayOfInstant, formatFullDay, formatTime } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import { tell } from "@/lib/format/tell";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";
import type { Ending } from "@/lib/yuan/contract";
import type { StoryPage } from "@/lib/yuan/views";

/** Where the yuan is now, and the days that are still to come for it. */
export function StoryEnding({
  page,
  hotline,
  locale,
}: {
  page: StoryPage;
  hotline: string;
  locale: Locale;
}) {
  const words = yuanMessages(locale).payer;
  const ahead = page.story.events.filter(({ isAhead }) => isAhead);
  const { title, lead } = sayEnding(page, hotline, locale);
  return (
    <section aria-labelledby="now" className="relative">
      <div className="rounded-card bg-card p-5 shadow-lift">
        <div className="flex flex-wrap items-start gap-4">
          <Cell ending={page.story.ending} />
          <div className="min-w-0 flex-1 basis-40">
            <p className="text-fine text-soft">{words.now}</p>
            <h2 id="now" className="text-lead font-semibold text-balance">
              {title}
            </h2>
            <p className="mt-1 text-small text-pretty text-soft">{lead}</p>
          </div>
        </div>
        {ahead.length > 0 && (
          <>
            <h3 className="mt-5 border-t border-line pt-4 text-fine font-medium text-soft">
              {words.ahead}
            </h3>
            <ol className="mt-2 space-y-2">
              {ahead.map((step) => (
                <li key={step.kind} className="relative pl-5 text-small">
                  <span
                    aria-hidden="true"
                    className="absolute top-1.5 left-0 size-2.5 rounded-[32%] border-[1.5px] border-edge"
                  />
                  <time dateTime={step.at} className="block text-fine text-soft figure-numbers">
                    {formatFullDay(dayOfInstant(step.at), locale)}
                  </time>
                  {tell(step, words, locale)}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </section>
  );
}

function sayEnding({ story, kind, askerName }: StoryPage, hotline: string, locale: Locale) {
  const { ending: words, names } = yuanMessages(locale).payer;
  const { ending } = story;
  switch (ending.kind) {
    case "waiting":
      return {
        title: words.waiting.title,
        lead: words.waiting.lead(formatTime(ending.placeUntil)),
      };
    case "closed_unpaid":
      return words.closed_unpaid;
    case "unit": {
      const { seq, phase, coverYuan, maturesOn, lastDayOn } = ending;
      const cover = formatYuan(coverYuan);
      const leads = {
        waiting: words.unit.waiting(cover, formatFullDay(maturesOn, locale)),
        counting: words.unit.counting(cover, formatFullDay(lastDayOn, locale)),
        ended: words.unit.ended,
      };
      const isOver = phase === "ended";
      const own = isOver ? words.endedOwn : words.unitOwn;
      const gift = isOver ? words.endedGift : words.unitGift;
      return {
        title: kind === "first" ? own(seq) : gift(askerName, seq),
        lead: leads[phase],
      };
    }
    case "refund_on_its_way":
      return {
        title: words.refund_on_its_way.title(formatFen(ending.amountFen)),
        lead: words.refund_on_its_way.lead,
      };
    case "refunded": {
      const usedFen = story.amountFen - ending.amountFen;
      const { receivedBy } = ending;
      const place = (names.receivedBy as Record<string, string>)[receivedBy ?? ""] ?? receivedBy;
      return {
        title: words.refunded.title(formatFen(ending.amountFen)),
        lead:
          usedFen > 0 ? words.refunded.used(formatFen(usedFen)) : words.refunded.lead(place ?? ""),
      };
    }
    case "needs_person":
      return { title: words.needs_person.title, lead: words.needs_person.lead(hotline) };
  }
}

/** The same cell as on the grid: warm while it waits, solid when it counts, hollow without a yuan. */
function Cell({ ending }: { ending: Ending }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "mt-1 grid size-13 shrink-0 place-items-center rounded-[32%] text-lead font-semibold figure-numbers",
        lookOf(ending),
      )}
    >
      {ending.kind === "unit" ? ending.seq : "¥"}
    </span>
  );
}

function lookOf(ending: Ending): string {
  switch (ending.kind) {
    case "unit":
      return {
        waiting: "bg-wait text-ink",
        counting: "bg-accent text-accent-ink",
        ended: "border-2 border-edge text-soft",
      }[ending.phase];
    case "refunded":
      return "bg-ink text-paper";
    case "needs_person":
      return "bg-warn-wash text-warn";
    case "closed_unpaid":
      return "border-2 border-empty-edge text-soft";
    default:
      return "border-2 border-dashed border-edge text-soft";
  }
}
