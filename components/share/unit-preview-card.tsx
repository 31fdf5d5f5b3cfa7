import { Card } from "@/components/ui/card";
import { Section } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { formatDay, formatNearDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { shareMessages } from "@/lib/i18n/share";
import type { UnitPreview } from "@/lib/policies/views";
import type { CalendarDate } from "@/lib/pricing/calendar";

/**
 * R25: what a yuan paid now gets, before it is paid. The bar is the unit's own life to scale, in
 * the colours of the cells: first waiting, then counting.
 */
export function UnitPreviewCard({
  unit,
  waitingDays,
  today,
  locale,
}: {
  unit: UnitPreview;
  waitingDays: number;
  today: CalendarDate;
  locale: Locale;
}) {
  const words = shareMessages(locale).unit;
  return (
    <Section title={words.title}>
      <Card>
        <p className="text-lead font-semibold figure-numbers">
          {words.cover(formatYuan(unit.coverYuan))}
        </p>
        <div
          role="img"
          aria-label={words.barLabel(waitingDays, unit.coverDays)}
          className="mt-3 mb-4 flex h-3 gap-1"
        >
          <span className="rounded-l-full bg-wait" style={{ flexGrow: waitingDays }} />
          <span className="rounded-r-full bg-coral" style={{ flexGrow: unit.coverDays }} />
        </div>
        <Rows
          rows={[
            {
              label: words.effective,
              value: words.effectiveAt(formatNearDay(unit.effectiveOn, today, locale)),
            },
            { label: words.matures, value: formatDay(unit.maturesOn, today, locale) },
            {
              label: words.covers,
              value: words.coverDays(unit.coverDays, formatDay(unit.lastDayOn, today, locale)),
            },
          ]}
        />
        <p className="mt-4 text-fine text-soft">{words.note(waitingDays)}</p>
      </Card>
    </Section>
  );
}
