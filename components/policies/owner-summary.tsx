import { cellsFromUnits, countCells } from "@/lib/format/cells";
import { formatDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { OwnerPolicy } from "@/lib/policies/views";
import { daysBetween } from "@/lib/pricing/calendar";
import { CellsLegend } from "./cells-legend";
import { Figure } from "./figure";
import { HundredCells } from "./hundred-cells";
import { PolicySums } from "./policy-sums";

/** What the policy is worth today, what comes next, and the hundred cells. */
export function OwnerSummary({ policy, locale }: { policy: OwnerPolicy; locale: Locale }) {
  const words = ownerMessages(locale);
  const common = commonMessages(locale);
  const cells = cellsFromUnits(policy.units, policy.unitsMax);
  const counts = countCells(cells);
  const newest = policy.supporters[0];
  const isWaiting = newest && cells[newest.seq - 1] === "waiting";
  return (
    <>
      <h1 className="mt-2">
        <Figure {...headline(policy, locale)} />
      </h1>
      <p className="mt-2 text-small text-soft">{outlook(policy, locale)}</p>
      <HundredCells
        cells={cells}
        newestSeq={isWaiting ? newest.seq : null}
        meLabel={common.cells.me}
        label={common.cells.alternative(counts)}
        className="mt-5 mb-4"
      />
      <CellsLegend
        entries={[
          { state: "matured", label: common.cells.matured(counts.matured) },
          { state: "waiting", label: common.cells.waiting(counts.waiting) },
          { state: "empty", label: common.cells.empty(counts.total - counts.lit) },
        ]}
      />
      <PolicySums
        sums={[
          { label: words.sums.today, yuan: policy.payableNowYuan },
          { label: words.sums.waiting, yuan: policy.waitingYuan },
          { label: words.sums.total, yuan: policy.totalYuan },
        ]}
      />
    </>
  );
}

/** During the very first wait a bare ¥0 would say the wrong thing: then the total leads. */
function isInFirstWait(policy: OwnerPolicy): boolean {
  return policy.payableNowYuan === 0 && policy.nextChange !== null;
}

function headline(policy: OwnerPolicy, locale: Locale) {
  const words = ownerMessages(locale);
  return isInFirstWait(policy)
    ? { value: formatYuan(policy.totalYuan), caption: words.inFirstWait }
    : { value: formatYuan(policy.payableNowYuan), caption: words.countsToday };
}

function outlook(policy: OwnerPolicy, locale: Locale): string {
  const words = ownerMessages(locale);
  const { nextChange, today } = policy;
  if (!nextChange || nextChange.unitsMatured <= 0) return words.noChange;
  const days = daysBetween(today, nextChange.on);
  return isInFirstWait(policy)
    ? words.firstWait(days, formatDay(nextChange.on, today, locale))
    : words.nextChange(days, nextChange.unitsMatured, formatYuan(nextChange.payableYuan));
}
