import { classNames } from "@/components/ui/class-names";
import { formatStamp } from "@/lib/format/stamp";
import { tell } from "@/lib/format/tell";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";
import { type EventKind, isAhead } from "@/lib/yuan/contract";
import type { StaffYuan, StoryEvent } from "@/lib/yuan/views";

/** What somebody has to look at. */
const WARNINGS: readonly EventKind[] = [
  "incident",
  "difference_found",
  "refund_abnormal",
  "refund_closed",
];

/** Every event on record in its order, with the table it is written in. */
export function StaffEvents({ yuan, now, locale }: { yuan: StaffYuan; now: Date; locale: Locale }) {
  const words = yuanMessages(locale).staff;
  return (
    <section className="min-w-0">
      <table className="w-full text-left text-small">
        <thead className="text-fine text-soft">
          <tr className="border-b border-line">
            <th scope="col" className="w-48 py-2 pr-4 font-normal">
              {words.columns.at}
            </th>
            <th scope="col" className="py-2 pr-4 font-normal">
              {words.columns.event}
            </th>
            <th scope="col" className="w-36 py-2 font-normal max-sm:sr-only">
              {words.columns.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {yuan.events.map((event, at) => (
            <EventRow
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never reorder.
              key={at}
              event={event}
              isToCome={isAhead(event, now)}
              locale={locale}
            />
          ))}
        </tbody>
      </table>
      {yuan.facts.eventsLeftOut > 0 && (
        <p className="mt-3 text-fine text-soft">{words.left(yuan.facts.eventsLeftOut)}</p>
      )}
    </section>
  );
}

function EventRow({
  event,
  isToCome,
  locale,
}: {
  event: StoryEvent;
  isToCome: boolean;
  locale: Locale;
}) {
  const { staff, numbers } = yuanMessages(locale);
  const stamp = formatStamp(event.at);
  return (
    <tr className={classNames("border-b border-line align-top", isToCome && "text-soft")}>
      <td className="py-2.5 pr-4 text-fine whitespace-nowrap figure-numbers">
        <time dateTime={event.at.toISOString()}>
          {isToCome ? stamp.slice(0, 10) : stamp}
          {isToCome && <span className="block">{staff.ahead}</span>}
        </time>
      </td>
      <td className="py-2.5 pr-4">
        <span className={classNames(WARNINGS.includes(event.kind) && "font-medium text-bad")}>
          {tell({ ...event, at: event.at.toISOString() }, staff, locale)}
        </span>
        {event.numbers.length > 0 && (
          <span className="mt-0.5 flex flex-wrap gap-x-4 text-fine text-soft">
            {event.numbers.map(({ name, value }) => (
              <span key={name}>
                {numbers[name]} <span className="select-all text-ink">{value}</span>
              </span>
            ))}
          </span>
        )}
      </td>
      <td className="py-2.5 text-fine text-soft max-sm:sr-only">{event.source}</td>
    </tr>
  );
}
