import { Card } from "@/components/ui/card";
import type { Locale } from "@/lib/i18n/locale";
import { noticesMessages } from "@/lib/i18n/notices";
import type { Notices } from "@/lib/notices/contract";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { NoticeList } from "./notice-list";

/** As many as leave the rest of the page in sight. */
const SHOWN_AT_ONCE = 3;

/** The newest news, the unread ones first; more of them folded, all of them on their own page. */
export function NoticeCard({
  news,
  today,
  locale,
}: {
  news: Notices;
  today: CalendarDate;
  locale: Locale;
}) {
  const words = noticesMessages(locale);
  const rest = news.notices.slice(SHOWN_AT_ONCE);
  return (
    <Card className="py-1!">
      <NoticeList notices={news.notices.slice(0, SHOWN_AT_ONCE)} today={today} locale={locale} />
      {rest.length > 0 && (
        <details className="group border-t border-line">
          <summary className="flex min-h-12 items-center justify-between text-small text-soft group-open:hidden">
            {words.more(rest.length)}
            <span aria-hidden="true">›</span>
          </summary>
          <NoticeList notices={rest} today={today} locale={locale} />
          <a
            href="/me/notices"
            className="flex min-h-12 items-center justify-center border-t border-line text-small text-accent-text underline underline-offset-4"
          >
            {words.all}
          </a>
        </details>
      )}
    </Card>
  );
}
