import { Notice } from "@/components/ui/notice";
import { formatTime } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { orderMessages } from "@/lib/i18n/order";
import type { OrderPage } from "@/lib/payments/views";
import { isMoving, type OrderStory } from "./order-story";
import { OrderWatcher } from "./order-watcher";
import { UnitPaper } from "./unit-paper";
import { UnitStory } from "./unit-story";

/** What follows the lights: the unit's paper, the refund's story, or the asking. */
export function OrderEnding({
  page,
  story,
  hotline,
  locale,
}: {
  page: OrderPage;
  story: OrderStory;
  hotline: string;
  locale: Locale;
}) {
  const words = orderMessages(locale);
  if (story.kind === "unit") {
    return <UnitStory page={page} outcome={story.outcome} locale={locale} />;
  }
  if (story.kind === "ended") return <UnitPaper page={page} {...story} locale={locale} />;
  const isRefund = story.kind === "refund";
  return (
    <>
      {isRefund && (
        <Notice tone={story.phase === "failed" ? "warn" : "plain"} className="mt-7">
          {story.phase === "failed" ? words.refund.failedLead(hotline) : words.refund.lead}
        </Notice>
      )}
      {isMoving(story) && (
        <OrderWatcher
          outTradeNo={page.order.outTradeNo}
          state={page.order.state}
          mode={isRefund ? "read" : "sync"}
          payHref={
            page.kind === "first" ? `/me/policies/${page.policyCode}` : `/p/${page.policyCode}`
          }
          words={{
            asking: isRefund ? words.refundLights.returning : words.pending.stillAsking,
            unpaid: `${words.pending.unpaidTitle}${words.sentenceGap}${words.pending.unpaidLead(formatTime(page.order.expiresAt))}`,
            noAnswer: words.pending.noAnswer,
            offline: words.pending.offline,
            askAgain: words.pending.askAgain,
            toPay: words.pending.toPay,
          }}
        />
      )}
    </>
  );
}
