import { formatFen } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { UnitEnding } from "@/lib/policies/contract";

/** What each unit returns and to whom, folded: the sum says it first. */
export function UnitsTable({ units, locale }: { units: readonly UnitEnding[]; locale: Locale }) {
  const words = endingsMessages(locale).surrender;
  return (
    <details className="group">
      <summary className="flex min-h-12 items-center justify-between text-small">
        {words.perUnit}
        <span aria-hidden="true" className="text-soft group-open:rotate-90">
          ›
        </span>
      </summary>
      <table className="w-full text-small figure-numbers">
        <thead className="text-left text-fine text-soft">
          <tr>
            <th scope="col" className="py-2 pr-2 font-normal">
              {words.cell}
            </th>
            <th scope="col" className="py-2 pr-2 font-normal">
              {words.payer}
            </th>
            <th scope="col" className="py-2 text-right font-normal">
              {words.refund}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {units.map((unit) => (
            <tr key={unit.seq}>
              <td className="py-2 pr-2">{unit.seq}</td>
              <td className="py-2 pr-2">{unit.isOwn ? words.you : words.friend}</td>
              <td className="py-2 text-right">{formatFen(unit.refundFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
