import { formatNearDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { Supporter } from "@/lib/policies/views";
import { addDays, type CalendarDate } from "@/lib/pricing/calendar";
import { ConfirmAct } from "./confirm-act";
import { failureWords } from "./failure-words";
import { Points } from "./points";

/** The insured may decline a friend's unit until it takes effect (R26): a quiet word in its row. */
export function RefuseUnit({
  code,
  friend,
  today,
  hotline,
  locale,
}: {
  code: string;
  friend: Supporter;
  today: CalendarDate;
  hotline: string;
  locale: Locale;
}) {
  const { refuse: words, failures } = endingsMessages(locale);
  const name = friend.nickname ?? ownerMessages(locale).supporters.anonymous;
  const { seq, endorsementNo, coverYuan } = friend;
  return (
    <ConfirmAct
      path={`/api/policies/${code}/units/${seq}/refusal`}
      body={{ endorsementNo }}
      isInline
      words={{
        label: words.button,
        longLabel: words.buttonFor(name, seq),
        title: words.title(name),
        confirm: words.confirm,
        keep: words.keep,
        busy: words.busy,
        failures: {
          ...failureWords(failures, hotline),
          unit_in_effect: words.unit_in_effect,
          not_settled: words.not_settled,
        },
        done: { title: words.doneTitle, body: words.done, close: words.close },
      }}
    >
      <Points
        points={[
          words.back(name),
          words.less(seq, formatYuan(coverYuan)),
          words.until(formatNearDay(addDays(today, 1), today, locale)),
        ]}
      />
    </ConfirmAct>
  );
}
