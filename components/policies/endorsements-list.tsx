import { Section } from "@/components/ui/page";
import { formatFullDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { Supporter } from "@/lib/policies/views";

/** The paper behind each cell (R20), folded: it is proof, not news. */
export function EndorsementsList({
  supporters,
  locale,
}: {
  supporters: readonly Supporter[];
  locale: Locale;
}) {
  const words = ownerMessages(locale).endorsements;
  const bySeq = supporters.toSorted((one, other) => one.seq - other.seq);
  return (
    <Section title={words.title}>
      <details className="group">
        <summary className="flex min-h-12 items-center justify-between border-y border-line text-small">
          {words.lead(bySeq.length)}
          <span aria-hidden="true" className="text-soft group-open:rotate-90">
            ›
          </span>
        </summary>
        <table className="w-full text-fine figure-numbers">
          <thead className="text-left text-soft">
            <tr>
              <th scope="col" className="py-2 pr-2 font-normal">
                {words.number}
              </th>
              <th scope="col" className="py-2 pr-2 font-normal">
                {words.cover}
              </th>
              <th scope="col" className="py-2 text-right font-normal">
                {words.matures}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-y border-line">
            {bySeq.map((unit) => (
              <tr key={unit.seq}>
                <td className="py-2 pr-2">{unit.endorsementNo}</td>
                <td className="py-2 pr-2">{formatYuan(unit.coverYuan)}</td>
                <td className="py-2 text-right">{formatFullDay(unit.maturesOn, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}
