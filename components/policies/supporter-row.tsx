import type { ReactNode } from "react";
import { Face } from "@/components/ui/face";
import { formatMoment } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { Supporter } from "@/lib/policies/views";
import type { CalendarDate } from "@/lib/pricing/calendar";

export interface SupporterContext {
  code: string;
  today: CalendarDate;
  hotline: string;
  locale: Locale;
}

/** One friend with his words; `children` is what the insured says and does about them. */
export function SupporterRow({
  friend,
  today,
  locale,
  children,
}: {
  friend: Supporter;
  today: CalendarDate;
  locale: Locale;
  children?: ReactNode;
}) {
  const words = ownerMessages(locale).supporters;
  const name = friend.nickname ?? words.anonymous;
  return (
    <li className="flex items-start gap-3 py-3">
      <Face name={friend.nickname ?? words.anonymousMark} size="small" />
      <div className="min-w-0 flex-1 leading-snug">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="truncate font-medium">{name}</span>
            <span className="shrink-0 text-fine text-soft figure-numbers">
              {words.cell(friend.seq)}
            </span>
          </span>
          <time
            dateTime={friend.supportedAt}
            className="shrink-0 text-fine text-soft figure-numbers"
          >
            {formatMoment(friend.supportedAt, today, locale)}
          </time>
        </p>
        {friend.message && (
          <p className="mt-0.5 text-small whitespace-pre-line">{friend.message}</p>
        )}
        {children}
      </div>
    </li>
  );
}
