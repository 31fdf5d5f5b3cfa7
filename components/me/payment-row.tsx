import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatDay, formatDayAndTime } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import type { Messages } from "@/lib/i18n/by-locale";
import type { Locale } from "@/lib/i18n/locale";
import type { me } from "@/lib/i18n/messages/zh-CN/me";
import type { problems } from "@/lib/i18n/messages/zh-CN/problems";
import type { MyPayment } from "@/lib/payments/views";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { CheckPayment } from "./check-payment";
import { decidePaymentStory, type PaymentStory } from "./payment-story";

interface Context {
  words: Messages<typeof me>["payments"];
  reasons: Messages<typeof problems>["refundReasons"];
  hotline: string;
  today: CalendarDate;
  locale: Locale;
}

/** One payment and where it ended: a cell, the way back, or still being asked. */
export function PaymentRow({ payment, ...context }: { payment: MyPayment } & Context) {
  const { words, today, locale } = context;
  const story = decidePaymentStory(payment.order);
  const told = tell(story, context);
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex items-start gap-4">
        <Mark story={story} today={today} />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline justify-between gap-4">
            <span className="font-medium">
              {payment.kind === "first" ? words.first : words.gift(payment.askerName)}
            </span>
            <span className="shrink-0 figure-numbers">{formatFen(payment.order.amountFen)}</span>
          </p>
          <p className="text-fine text-soft figure-numbers">
            {words.at(formatDayAndTime(payment.createdAt, today, locale))}
          </p>
          <p className="mt-2 font-medium">{told.title}</p>
          {told.lines.map((line) => (
            <p key={line} className="text-small text-soft figure-numbers">
              {line}
            </p>
          ))}
          <div className="mt-1 flex flex-wrap items-start gap-x-5">
            {story.kind === "pending" && (
              <CheckPayment
                outTradeNo={payment.order.outTradeNo}
                words={{
                  check: words.check,
                  checking: words.checking,
                  checkFailed: words.checkFailed,
                }}
              />
            )}
            {story.kind !== "closed" && (
              <a
                href={`/orders/${payment.order.outTradeNo}`}
                className="inline-flex min-h-11 items-center text-small text-accent-text underline underline-offset-4"
              >
                {words.detail}
              </a>
            )}
          </div>
        </div>
      </div>
    </li>
  );
}

function tell(story: PaymentStory, context: Context): { title: string; lines: string[] } {
  const { words, reasons, hotline, today, locale } = context;
  switch (story.kind) {
    case "unit": {
      const { seq, endorsementNo, coverYuan, waitingUntil } = story.outcome;
      return {
        title: words.unit(seq),
        lines: [
          words.matures(formatDay(waitingUntil, today, locale), formatYuan(coverYuan)),
          words.endorsement(endorsementNo),
        ],
      };
    }
    case "ended": {
      const { seq, endorsementNo } = story.outcome;
      return {
        title: words.ended(seq),
        lines: [words.endedNote, words.endorsement(endorsementNo)],
      };
    }
    case "refund": {
      const lines = [
        words.refundAmount(formatFen(story.outcome.amountFen)),
        words.refundReason(reasons[story.outcome.reason]),
      ];
      if (story.needsPerson) lines.push(words.hotline(hotline));
      const state = story.needsPerson ? "abnormal" : story.outcome.state;
      return { title: words.refund[state], lines };
    }
    case "settling":
      return { title: words.settledNote, lines: [] };
    case "pending":
      return { title: words.pending, lines: [words.pendingNote] };
    case "closed":
      return { title: words.closed, lines: [words.closedNote] };
  }
}

/** The same cell as on the grid: solid when it counts, warm while it waits, hollow otherwise. */
function Mark({ story, today }: { story: PaymentStory; today: CalendarDate }): ReactNode {
  const look =
    story.kind === "unit"
      ? story.outcome.waitingUntil <= today
        ? "bg-coral"
        : "bg-wait"
      : story.kind === "settling"
        ? "bg-wait"
        : story.kind === "pending"
          ? "border-2 border-dashed border-edge motion-safe:animate-pulse-soft"
          : "border-2 border-empty-edge";
  return (
    <span aria-hidden="true" className={classNames("mt-1 size-5 shrink-0 rounded-[32%]", look)} />
  );
}
