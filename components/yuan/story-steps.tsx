import { classNames } from "@/components/ui/class-names";
import { dayOfInstant, formatDay, formatNearDay, formatTime } from "@/lib/format/dates";
import { tell } from "@/lib/format/tell";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { PayerEventKind, Story } from "@/lib/yuan/contract";
import { CopyNumber } from "./copy-number";

type Step = Story["events"][number];

/** The steps that have been taken, day by day, on one line from the order to now. */
export function StorySteps({
  steps,
  today,
  locale,
}: {
  steps: readonly Step[];
  today: CalendarDate;
  locale: Locale;
}) {
  const days = [...new Set(steps.map(({ at }) => dayOfInstant(at)))];
  return (
    <div className="mt-7">
      {days.map((day, at) => (
        <section key={day} className="relative">
          {at > 0 && <Rail className="top-0 h-10" />}
          <h2 className="mb-3 pl-9 text-fine font-medium text-soft">
            {nameDay(day, today, locale)}
          </h2>
          <ol>
            {steps
              .filter((step) => dayOfInstant(step.at) === day)
              .map((step, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the past does not reorder.
                <StoryStep key={place} step={step} locale={locale} />
              ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** The date, and what people call it today. */
function nameDay(day: CalendarDate, today: CalendarDate, locale: Locale): string {
  const date = formatDay(day, today, locale);
  const near = formatNearDay(day, today, locale);
  return near === date ? date : `${date} · ${near}`;
}

function Rail({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames("absolute left-[0.5625rem] w-0.5 bg-line", className)}
    />
  );
}

function StoryStep({ step, locale }: { step: Step; locale: Locale }) {
  const words = yuanMessages(locale);
  return (
    <li className="relative pb-6 pl-9">
      <Rail className="top-3 -bottom-3" />
      <Mark kind={step.kind} />
      <p className="flex flex-wrap items-baseline gap-x-4">
        <span className="min-w-0 flex-1 basis-40 text-pretty">
          {tell(step, words.payer, locale)}
        </span>
        <time dateTime={step.at} className="text-fine text-soft figure-numbers">
          {formatTime(step.at, "second")}
        </time>
      </p>
      {step.numbers.map(({ name, value }) => (
        <p
          key={name}
          className="mt-0.5 flex items-center justify-between gap-2 text-fine text-soft"
        >
          <span className="min-w-0">
            {words.numbers[name]}{" "}
            <span className="inline-block max-w-full break-all text-ink select-all figure-numbers">
              {value}
            </span>
          </span>
          <CopyNumber
            value={value}
            label={words.numbers[name]}
            words={{
              copy: words.payer.copy,
              copied: words.payer.copied,
              copyFailed: words.payer.copyFailed,
            }}
          />
        </p>
      ))}
    </li>
  );
}

/** Steps at which the yuan itself moved; the others are paper about it. */
const MOVES: Partial<Record<PayerEventKind, string>> = {
  paid: "bg-coral",
  unit_added: "bg-wait shadow-[inset_0_0_0_1.5px_var(--coral)]",
  unit_matured: "bg-coral",
  unit_ended: "bg-paper shadow-[inset_0_0_0_2px_var(--edge)]",
  policy_ended: "bg-paper shadow-[inset_0_0_0_2px_var(--edge)]",
  refund_succeeded: "bg-ink",
  refund_abnormal: "bg-warn",
  refund_closed: "bg-warn",
};

/** A cell of the grid where the yuan moved, a small dot where it was only written down. */
function Mark({ kind }: { kind: PayerEventKind }) {
  const move = MOVES[kind];
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "absolute ring-4 ring-paper",
        move
          ? `top-[0.1875rem] left-0 size-5 rounded-[32%] ${move}`
          : "top-2 left-1.5 size-2 rounded-full bg-edge",
      )}
    />
  );
}
