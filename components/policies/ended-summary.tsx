import { cellsFromUnits, countCells } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { EndReason } from "@/lib/policies/contract";
import type { OwnerPolicy } from "@/lib/policies/views";
import { HundredCells } from "./hundred-cells";

/** Why the policy is over. What still counts tonight is still drawn (R28). */
export function EndedSummary({
  policy,
  reason,
  locale,
}: {
  policy: OwnerPolicy;
  reason: EndReason;
  locale: Locale;
}) {
  const words = endingsMessages(locale).ended;
  const cells = cellsFromUnits(policy.units, policy.unitsMax);
  return (
    <>
      <h1 className="mt-3 text-title font-semibold">{words.title[reason]}</h1>
      <p className="mt-1 text-pretty text-soft">{words.body[reason]}</p>
      {policy.payableNowYuan > 0 && (
        <>
          <p className="mt-4 rounded-card bg-sunk px-4 py-3 text-small">
            {words.stillCounts(formatYuan(policy.payableNowYuan))}
          </p>
          <HundredCells
            cells={cells}
            newestSeq={null}
            label={commonMessages(locale).cells.alternative(countCells(cells))}
            className="mt-6"
          />
        </>
      )}
    </>
  );
}
