import { RefuseUnit } from "@/components/endings/refuse-unit";
import { Face } from "@/components/ui/face";
import { Section } from "@/components/ui/page";
import { formatMoment } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { Supporter } from "@/lib/policies/views";
import type { CalendarDate } from "@/lib/pricing/calendar";

/** As many as fill a phone's screen; the rest is one tap away. */
const SHOWN_AT_ONCE = 8;

/** Friends with their words, newest first. For the insured only (R42). */
export function SupportersList({
  supporters,
  ...context
}: { supporters: readonly Supporter[] } & RowContext) {
  const { locale } = context;
  const words = ownerMessages(locale).supporters;
  const friends = supporters.filter((supporter) => !supporter.isInsured);
  const rest = friends.slice(SHOWN_AT_ONCE);
  const rows = (shown: readonly Supporter[]) =>
    shown.map((friend) => <SupporterRow key={friend.endorsementNo} friend={friend} {...context} />);
  return (
    <Section title={words.title(friends.length)} aside={friends.length > 0 && words.privacy}>
      {friends.length === 0 && <p className="text-small text-soft">{words.empty}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {rows(friends.slice(0, SHOWN_AT_ONCE))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary className="flex min-h-12 items-center justify-center text-small text-soft underline decoration-line underline-offset-4">
            {words.showAll(friends.length)}
          </summary>
          <ul className="divide-y divide-line border-y border-line">{rows(rest)}</ul>
        </details>
      )}
    </Section>
  );
}

interface RowContext {
  code: string;
  today: CalendarDate;
  hotline: string;
  locale: Locale;
}

function SupporterRow({ friend, ...context }: { friend: Supporter } & RowContext) {
  const { today, locale } = context;
  const words = ownerMessages(locale).supporters;
  const name = friend.nickname ?? words.anonymous;
  return (
    <li className="flex items-start gap-3 py-3">
      <Face name={friend.nickname ?? "·"} size="small" />
      <div className="min-w-0 flex-1 leading-snug">
        <p className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <time
            dateTime={friend.supportedAt}
            className="shrink-0 text-fine text-soft figure-numbers"
          >
            {formatMoment(friend.supportedAt, today, locale)}
          </time>
        </p>
        {friend.message && <p className="mt-0.5 text-small">{friend.message}</p>}
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <p className="text-fine text-soft figure-numbers">{words.cell(friend.seq)}</p>
          {friend.canRefuse && <RefuseUnit friend={friend} {...context} />}
        </div>
      </div>
    </li>
  );
}
