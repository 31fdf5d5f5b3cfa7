import { HundredCells } from "@/components/policies/hundred-cells";
import { Card } from "@/components/ui/card";
import { cellsFromCounts } from "@/lib/format/cells";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import type { Locale } from "@/lib/i18n/locale";

/** As large as a policy; who gave more reads the number. */
const DRAWN_MAX = 100;

/** What the person did for others, drawn as what it is: lit cells. */
export function Giving({
  friends,
  cells,
  locale,
}: {
  friends: number;
  cells: number;
  locale: Locale;
}) {
  const words = appraisalMessages(locale).giving;
  const drawn = Math.min(cells, DRAWN_MAX);
  const picture = cellsFromCounts({ total: drawn, lit: drawn, matured: drawn });
  return (
    <Card>
      <p className="text-lead font-semibold">{words.sentence(friends, cells)}</p>
      <p className="mt-1 text-small text-soft">{words.body}</p>
      <HundredCells cells={picture} label={words.picture(drawn)} className="mt-4 max-w-60" />
      {cells > drawn && <p className="mt-2 text-fine text-soft">{words.more(cells - drawn)}</p>}
    </Card>
  );
}
