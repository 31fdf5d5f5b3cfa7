import { classNames } from "@/components/ui/class-names";
import { formatDayAndTime } from "@/lib/format/dates";
import { tell } from "@/lib/format/tell";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import { noticesMessages } from "@/lib/i18n/notices";
import { problemMessages } from "@/lib/i18n/problems";
import type { Notice } from "@/lib/notices/contract";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { MarkRead } from "./mark-read";
import { decideSentence } from "./notice-sentence";

/** What a person was told, a sentence each; showing it is telling it. */
export function NoticeList({
  notices,
  today,
  locale,
}: {
  notices: readonly Notice[];
  today: CalendarDate;
  locale: Locale;
}) {
  const unreadIds = notices.filter(({ isRead }) => !isRead).map(({ id }) => id);
  return (
    <>
      <ul className="divide-y divide-line">
        {notices.map((notice) => (
          <li key={notice.id}>
            <Row notice={notice} hasMarks={unreadIds.length > 0} today={today} locale={locale} />
          </li>
        ))}
      </ul>
      {unreadIds.length > 0 && <MarkRead ids={unreadIds} />}
    </>
  );
}

function Row({
  notice,
  hasMarks,
  today,
  locale,
}: {
  notice: Notice;
  /** Beside unread ones a read one keeps the mark's place, or the column would be ragged. */
  hasMarks: boolean;
  today: CalendarDate;
  locale: Locale;
}) {
  const words = noticesMessages(locale);
  const names = {
    reason: problemMessages(locale).refundReasons,
    endReason: endingsMessages(locale).ended.reason,
  };
  const sentence = tell(
    { ...decideSentence(notice), at: notice.createdAt },
    { events: words.events, names },
    locale,
  );
  const content = (
    <>
      {hasMarks && (
        <span
          className={classNames(
            "mt-[0.6em] size-2 shrink-0 self-start rounded-full",
            !notice.isRead && "bg-coral",
          )}
        >
          {!notice.isRead && <span className="sr-only">{words.newMark}</span>}
        </span>
      )}
      <span className="min-w-0 flex-1">
        <span className="block">{sentence}</span>
        <time dateTime={notice.createdAt} className="block text-fine text-soft figure-numbers">
          {formatDayAndTime(notice.createdAt, today, locale)}
        </time>
      </span>
    </>
  );
  const shape = "flex min-h-11 items-center gap-3 py-3 text-small";
  return notice.path ? (
    <a href={notice.path} className={shape}>
      {content}
      <span aria-hidden="true" className="text-soft">
        ›
      </span>
    </a>
  ) : (
    <div className={shape}>{content}</div>
  );
}
