import { HundredCells } from "@/components/policies/hundred-cells";
import { cellsFromCounts } from "@/lib/format/cells";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { orderMessages } from "@/lib/i18n/order";
import type { OrderOut } from "@/lib/payments/contract";
import type { OrderPage } from "@/lib/payments/views";
import { UnitPaper } from "./unit-paper";

/** The cell this yuan lit, and the paper it stands on. */
export function UnitStory({
  page,
  outcome,
  locale,
}: {
  page: OrderPage;
  outcome: Extract<OrderOut["outcome"], { kind: "unit" }>;
  locale: Locale;
}) {
  const words = orderMessages(locale).unit;
  const { policy } = page;
  const cells = cellsFromCounts({
    total: policy.unitsMax,
    lit: Math.max(policy.units, outcome.seq),
    matured: policy.maturedUnits,
  });
  return (
    <>
      <HundredCells
        cells={cells}
        newestSeq={outcome.seq}
        meLabel={page.kind === "first" ? commonMessages(locale).cells.me : undefined}
        label={words.gridLabel(outcome.seq)}
        className="mx-auto mt-8 max-w-72"
      />
      <UnitPaper page={page} outcome={outcome} locale={locale} />
    </>
  );
}
