import { Figure } from "@/components/policies/figure";
import { Section } from "@/components/ui/page";
import { formatFullDay } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { SurrenderPreview } from "@/lib/policies/contract";
import { ConfirmAct } from "./confirm-act";
import { failureWords } from "./failure-words";
import { Points } from "./points";
import { RefundRows } from "./refund-rows";

/** What ending the policy now returns to whom, and the act itself (R26–R29). */
export function SurrenderQuote({
  code,
  preview,
  totalYuan,
  waitingDays,
  isClaimPending,
  hotline,
  locale,
}: {
  code: string;
  preview: SurrenderPreview;
  /** The cover that would end. */
  totalYuan: number;
  waitingDays: number;
  isClaimPending: boolean;
  hotline: string;
  locale: Locale;
}) {
  const { surrender: words, service, failures } = endingsMessages(locale);
  const { reason, totalFen, units, coverUntil, coolingOffUntil } = preview;
  const until = coverUntil && formatFullDay(coverUntil, locale);
  return (
    <>
      <h1 className="mt-3 text-title font-semibold">{words.title[reason]}</h1>
      <p className="mt-1 text-pretty text-soft">{words.lead[reason]}</p>
      <Figure value={formatFen(totalFen)} caption={words.total} className="mt-6" />
      <RefundRows
        units={units}
        locale={locale}
        rows={[
          { label: words.coverUntil, value: until ? words.until(until) : words.atOnce },
          {
            label: reason === "surrender" ? words.coolingOffOver : words.coolingOff,
            value: words.until(formatFullDay(coolingOffUntil, locale)),
          },
        ]}
      />
      {reason === "surrender" && (
        <p className="mt-3 px-1 text-fine text-pretty text-soft">{words.rounding}</p>
      )}
      <Section title={words.after}>
        <Points points={words.afterItems(formatYuan(totalYuan), waitingDays)} />
      </Section>
      <p className="mt-8 rounded-card bg-sunk px-4 py-3 text-small">
        {isClaimPending ? service.waitingForClaim : words.diagnosed}{" "}
        <a
          href={`/me/policies/${code}/diagnosis`}
          className="inline-flex min-h-11 items-center text-accent-text underline underline-offset-4"
        >
          {service.diagnosisLink}
        </a>
      </p>
      <div className="safe-bottom mt-6">
        <ConfirmAct
          path={`/api/policies/${code}/surrender`}
          body={{ reason, totalFen }}
          words={{
            label: words.begin[reason],
            title: words.sheetTitle(formatFen(totalFen)),
            confirm: words.confirm[reason],
            keep: words.keep,
            busy: words.busy,
            failures: { ...failureWords(failures, hotline), quote_changed: words.quote_changed },
          }}
        >
          <p className="mt-3 text-pretty">{until ? words.sheetUntil(until) : words.sheetAtOnce}</p>
        </ConfirmAct>
        <p className="mt-3 text-center text-fine text-soft">{words.hotline(hotline)}</p>
      </div>
    </>
  );
}
