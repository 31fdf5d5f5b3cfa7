import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Rows } from "@/components/ui/rows";
import { formatFullDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { orderMessages } from "@/lib/i18n/order";
import type { OrderOut } from "@/lib/payments/contract";
import type { OrderPage } from "@/lib/payments/views";
import { addDays, type CalendarDate } from "@/lib/pricing/calendar";

/** The paper a yuan stands on: its endorsement, its cover, its days, and the giver's words. */
export function UnitPaper({
  page,
  outcome,
  endedOn,
  locale,
}: {
  page: OrderPage;
  outcome: Extract<OrderOut["outcome"], { kind: "unit" }>;
  /** First day without cover; absent while the unit lives. */
  endedOn?: CalendarDate;
  locale: Locale;
}) {
  const words = orderMessages(locale).unit;
  return (
    <Card className="mt-8">
      <Rows
        rows={[
          { label: words.endorsement, value: outcome.endorsementNo },
          { label: words.cover, value: formatYuan(outcome.coverYuan) },
          endedOn
            ? { label: words.coveredUntil, value: words.until(lastDay(endedOn, locale)) }
            : { label: words.matures, value: formatFullDay(outcome.waitingUntil, locale) },
        ]}
      />
      {!endedOn && page.kind === "gift" && !page.isAnonymous && page.payerNickname === null && (
        // WeChat asks by itself whether the nickname may be told; nothing is shown without a yes.
        <LinkButton
          variant="text"
          href={`/api/auth/wechat?profile=1&next=${encodeURIComponent(`/orders/${page.order.outTradeNo}`)}`}
        >
          {words.showWhoIAm(page.askerName)}
        </LinkButton>
      )}
    </Card>
  );
}

function lastDay(endedOn: CalendarDate, locale: Locale): string {
  return formatFullDay(addDays(endedOn, -1), locale);
}
