import { Section } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { formatDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { OwnerPolicy } from "@/lib/policies/views";
import { listNextMoments, type NextMoment } from "./moments";

/** What is still to come, by date and without a clock that ticks. The next change stands on top already. */
export function NextMoments({ policy, locale }: { policy: OwnerPolicy; locale: Locale }) {
  const words = ownerMessages(locale).moments;
  const moments = listNextMoments(policy);
  if (moments.length === 0) return null;
  const sentenceOf = (moment: NextMoment) =>
    moment.kind === "all_matured"
      ? words.all_matured(moment.units, formatYuan(moment.payableYuan))
      : words[moment.kind];
  return (
    <Section title={words.title}>
      <Rows
        rows={moments.map((moment) => ({
          label: formatDay(moment.on, policy.today, locale),
          value: sentenceOf(moment),
        }))}
      />
    </Section>
  );
}
