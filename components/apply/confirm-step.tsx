import { Card } from "@/components/ui/card";
import { Rows } from "@/components/ui/rows";
import { formatYuan } from "@/lib/format/money";
import { fill } from "@/lib/i18n/fill";
import type { ApplyFlowProps } from "./apply-props";
import { type ApplyDraft, type ApplyRules, findBand, normaliseField } from "./draft";

/** What the yuan buys, with its dates, before it is paid (R25); one amount and no other (R18). */
export function ConfirmStep({
  rules,
  draft,
  words,
  preview,
  waitingDays,
  price,
  picture,
}: {
  rules: ApplyRules;
  draft: ApplyDraft;
  words: ApplyFlowProps["words"]["confirm"];
} & Pick<ApplyFlowProps, "preview" | "waitingDays" | "price" | "picture">) {
  const band = findBand(rules, draft.who.idNumber);
  return (
    <>
      <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-4">
        <div className="w-28 shrink-0">{picture}</div>
        <p className="min-w-0">
          <span className="block text-small text-soft">{words.cover}</span>
          <strong className="block text-figure font-bold whitespace-nowrap figure-numbers">
            {band ? formatYuan(band.coverPerUnitYuan) : "—"}
          </strong>
          {band && (
            <span className="mt-1 block text-small text-soft">
              {fill(words.band, { from: band.ageFrom, to: band.ageTo })}
            </span>
          )}
        </p>
      </div>
      <Card className="mt-6">
        <Rows
          rows={[
            { label: words.insured, value: normaliseField("name", draft.who.name) },
            {
              label: words.effective,
              value: fill(words.effectiveValue, { date: preview.effective }),
            },
            { label: words.matures, value: preview.matures },
            {
              label: words.covers,
              value: fill(words.coversValue, { count: preview.coverDays, date: preview.lastDay }),
            },
          ]}
        />
        <p className="mt-3 text-fine text-soft">
          {fill(words.dateNote, { days: waitingDays, amount: price })}
        </p>
      </Card>
      <Card className="mt-4">
        <p className="flex items-baseline justify-between gap-4">
          <span>{words.amount}</span>
          <strong className="text-title font-bold figure-numbers">{price}</strong>
        </p>
        <p className="mt-1 text-small text-soft">{words.once}</p>
      </Card>
    </>
  );
}
