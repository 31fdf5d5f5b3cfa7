import { LinkButton } from "@/components/ui/button";
import { EndBar, Section } from "@/components/ui/page";
import { formatFullDay } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { EndReason } from "@/lib/policies/contract";
import type { PolicyEnding } from "@/lib/policies/views";
import { addDays, type CalendarDate } from "@/lib/pricing/calendar";
import { RefundRows } from "./refund-rows";

/** A policy that is over: why, under which number, what went back, and where to see it. */
export function PolicyEnded({
  code,
  reason,
  ending,
  endedOn,
  payableNowYuan,
  ownOutTradeNo,
  locale,
}: {
  code: string;
  reason: EndReason;
  /** Null when nothing went back, because the year is over. */
  ending: PolicyEnding | null;
  endedOn: CalendarDate | null;
  payableNowYuan: number;
  ownOutTradeNo: string | null;
  locale: Locale;
}) {
  const { ended: words, surrender, service } = endingsMessages(locale);
  const isOwnReturned = ending?.units.some(({ isOwn, refundFen }) => isOwn && refundFen > 0);
  return (
    <>
      <h1 className="mt-3 text-title font-semibold">{words.title[reason]}</h1>
      <p className="mt-1 text-pretty text-soft">{words.body[reason]}</p>
      {payableNowYuan > 0 && (
        <p className="mt-3 rounded-card bg-sunk px-4 py-3 text-small">
          {words.stillCounts(formatYuan(payableNowYuan))}
        </p>
      )}
      {ending && (
        <>
          <RefundRows
            units={ending.units}
            locale={locale}
            rows={[
              { label: words.refunded, value: formatFen(ending.totalFen) },
              ...(reason === "surrender" && endedOn
                ? [
                    {
                      label: surrender.coverUntil,
                      value: surrender.until(formatFullDay(addDays(endedOn, -1), locale)),
                    },
                  ]
                : []),
              { label: words.endorsement, value: ending.endorsementNo },
            ]}
          />
          <Section title={words.where}>
            <p className="text-small text-soft">{words.friendsRefunds}</p>
            {!isOwnReturned && <p className="mt-2 text-small text-soft">{words.noOwnRefund}</p>}
          </Section>
        </>
      )}
      <EndBar>
        {isOwnReturned && ownOutTradeNo && (
          <LinkButton variant="quiet" href={`/orders/${ownOutTradeNo}`}>
            {words.ownRefund}
          </LinkButton>
        )}
        <LinkButton variant="text" href={`/me/policies/${code}`}>
          {service.backToPolicy}
        </LinkButton>
      </EndBar>
    </>
  );
}
