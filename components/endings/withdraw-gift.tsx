import { formatNearDay } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { OrderPage } from "@/lib/payments/views";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { ConfirmAct } from "./confirm-act";
import { failureWords } from "./failure-words";
import { Points } from "./points";

/** Until when this yuan can still come back, and the way to take it back (R26, R30). */
export function WithdrawGift({
  page,
  today,
  hotline,
  locale,
}: {
  page: OrderPage;
  today: CalendarDate;
  hotline: string;
  locale: Locale;
}) {
  const { withdraw: words, failures } = endingsMessages(locale);
  const { effectiveOn, order, kind } = page;
  if (effectiveOn === null) return null;
  const isInEffect = effectiveOn <= today;
  if (kind === "first") {
    if (isInEffect) return null;
    return <Note>{words.ownUntil(formatNearDay(effectiveOn, today, locale))}</Note>;
  }
  if (isInEffect) return <Note>{words.inEffect}</Note>;
  return (
    <div className="mt-3">
      <p className="text-fine text-soft">
        {words.until(formatNearDay(effectiveOn, today, locale))}
      </p>
      <ConfirmAct
        path={`/api/orders/${order.outTradeNo}/withdrawal`}
        isInline
        words={{
          label: words.button,
          title: words.title,
          confirm: words.confirm,
          keep: words.keep,
          busy: words.busy,
          failures: {
            ...failureWords(failures, hotline),
            unit_in_effect: words.unit_in_effect,
            not_settled: words.not_settled,
          },
        }}
      >
        <Points
          points={[
            words.back(formatFen(order.amountFen)),
            words.less(page.askerName, formatYuan(page.policy.coverPerUnitYuan)),
            words.again,
          ]}
        />
      </ConfirmAct>
    </div>
  );
}

function Note({ children }: { children: string }) {
  return <p className="mt-3 text-fine text-pretty text-soft">{children}</p>;
}
