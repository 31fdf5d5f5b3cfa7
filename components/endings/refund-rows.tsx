import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Rows } from "@/components/ui/rows";
import { formatFen } from "@/lib/format/money";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { UnitEnding } from "@/lib/policies/contract";
import { UnitsTable } from "./units-table";

/** Who gets what: the insured his own yuan, each friend his; then whatever else is to be known. */
export function RefundRows({
  units,
  rows,
  locale,
}: {
  units: readonly UnitEnding[];
  rows: readonly { label: ReactNode; value: ReactNode }[];
  locale: Locale;
}) {
  const words = endingsMessages(locale).surrender;
  const own = units.filter(({ isOwn }) => isOwn);
  const friends = units.filter(({ isOwn }) => !isOwn);
  return (
    <Card className="mt-5 pb-1!">
      <Rows
        rows={[
          ...(own.length > 0 ? [{ label: words.own, value: words.toYou(sumOf(own)) }] : []),
          ...(friends.length > 0
            ? [{ label: words.friends(friends.length), value: words.toThem(sumOf(friends)) }]
            : []),
          ...rows,
        ]}
        className="border-b border-line pb-3"
      />
      <UnitsTable units={units} locale={locale} />
    </Card>
  );
}

function sumOf(units: readonly UnitEnding[]): string {
  return formatFen(units.reduce((total, { refundFen }) => total + refundFen, 0));
}
