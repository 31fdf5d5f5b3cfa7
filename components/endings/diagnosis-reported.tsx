import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EndBar } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { formatDayAndTime } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { OwnerPolicy } from "@/lib/policies/views";
import type { CalendarDate } from "@/lib/pricing/calendar";

/** The report waits for a claim: who will call, and that nothing has ended. */
export function DiagnosisReported({
  code,
  report,
  today,
  hotline,
  shownHotline,
  locale,
}: {
  code: string;
  report: NonNullable<OwnerPolicy["diagnosis"]>;
  today: CalendarDate;
  hotline: string;
  shownHotline: string;
  locale: Locale;
}) {
  const { diagnosis: words, service } = endingsMessages(locale);
  return (
    <>
      <h1 className="mt-3 text-title font-semibold">{words.reportedClaimTitle}</h1>
      <p className="mt-3">{words.reportedClaim(formatYuan(report.payableYuan), shownHotline)}</p>
      <p className="mt-3 text-soft">{words.reportedNote}</p>
      <Card className="mt-6">
        <Rows
          rows={[
            {
              label: words.reportedAt,
              value: formatDayAndTime(report.reportedAt, today, locale),
            },
          ]}
        />
      </Card>
      <EndBar>
        <LinkButton variant="quiet" href={`tel:${hotline}`}>
          {words.call(shownHotline)}
        </LinkButton>
        <LinkButton variant="text" href="/documents/terms">
          {words.papers}
        </LinkButton>
        <LinkButton variant="text" href={`/me/policies/${code}`}>
          {service.backToPolicy}
        </LinkButton>
      </EndBar>
    </>
  );
}
