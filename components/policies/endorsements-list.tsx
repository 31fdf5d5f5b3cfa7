import { Section } from "@/components/ui/page";
import { formatFullDay, formatTime } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { Endorsement } from "@/lib/policies/views";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

/** The paper behind each change of the policy (R20), folded: it is proof, not news. */
export function EndorsementsList({
  endorsements,
  locale,
}: {
  endorsements: readonly Endorsement[];
  locale: Locale;
}) {
  const words = ownerMessages(locale).endorsements;
  return (
    <Section title={words.title}>
      <details className="group">
        <summary className="flex min-h-12 items-center justify-between border-y border-line text-small">
          {words.lead(endorsements.length)}
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
                {words.what}
              </th>
              <th scope="col" className="py-2 text-right font-normal">
                {words.cover}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-y border-line align-top">
            {endorsements.map(({ number, kind, coverDeltaYuan, createdAt }) => (
              <tr key={number}>
                <td className="py-2 pr-2">
                  {number}
                  <time dateTime={createdAt} className="block text-soft">
                    {formatFullDay(shanghaiDateOf(new Date(createdAt)), locale)}{" "}
                    {formatTime(createdAt)}
                  </time>
                </td>
                <td className="py-2 pr-2">{words.kinds[kind]}</td>
                <td className="py-2 text-right whitespace-nowrap">
                  {coverDeltaYuan > 0 && "+"}
                  {formatYuan(coverDeltaYuan)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}
