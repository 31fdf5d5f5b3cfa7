import { formatFen, formatYuan } from "@/lib/format/money";
import { fill } from "@/lib/i18n/fill";
import type { Locale } from "@/lib/i18n/locale";
import type { DiagnosisPreview } from "@/lib/policies/contract";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { Points } from "./points";

export interface OutlookWords {
  chosen: string;
  inWaiting: string;
  beforeEffective: string;
  refundAll: string;
  endsPolicy: string;
  privacy: string;
  counted: string;
  claim: string;
  rate: string;
  nothingEnds: string;
}

/** What reporting a diagnosis of that day would do, in plain words. */
export function DiagnosisOutlook({
  diagnosedOn,
  preview,
  words,
  locale,
}: {
  diagnosedOn: CalendarDate;
  preview: DiagnosisPreview;
  words: OutlookWords;
  locale: Locale;
}) {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(diagnosedOn))
    // Between a numeral and a character, as everywhere else.
    .replace(/\d(?=\p{Script=Han})|\p{Script=Han}(?=\d)/gu, "$& ");
  const isRefund = preview.outcome === "refund_all";
  const title = !isRefund
    ? fill(words.counted, { payable: formatYuan(preview.payableYuan) })
    : preview.reason === "diagnosis_before_effective"
      ? words.beforeEffective
      : words.inWaiting;
  return (
    <>
      <p className="text-fine text-soft">{fill(words.chosen, { day })}</p>
      <h2 className="mt-1 text-lead font-semibold">{title}</h2>
      <Points
        points={
          isRefund
            ? [
                fill(words.refundAll, { total: formatFen(preview.totalFen) }),
                words.endsPolicy,
                words.privacy,
              ]
            : [words.nothingEnds, words.claim, words.rate]
        }
      />
    </>
  );
}
