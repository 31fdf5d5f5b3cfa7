import { HundredCells } from "@/components/policies/hundred-cells";
import { cellsFromCounts } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import type { Messages } from "@/lib/i18n/by-locale";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import type { me } from "@/lib/i18n/messages/zh-CN/me";
import type { MyPolicy } from "@/lib/policies/views";

/** One policy in the list: its cells, what counts today, what still waits. The card is the link. */
export function PolicyCard({
  policy,
  words,
  locale,
}: {
  policy: MyPolicy;
  words: Messages<typeof me>["policies"];
  locale: Locale;
}) {
  const counts = {
    total: policy.unitsMax,
    lit: policy.units,
    matured: policy.maturedUnits,
    waiting: policy.units - policy.maturedUnits,
  };
  const waitingYuan = policy.totalYuan - policy.payableNowYuan;
  return (
    <a
      href={`/me/policies/${policy.code}`}
      className="block rounded-card bg-card p-4 shadow-lift transition-[scale] active:scale-[0.99]"
    >
      <div className="flex flex-wrap items-start gap-x-5 gap-y-3">
        {policy.status !== "pending_payment" && (
          <div className="w-24 shrink-0 pt-1">
            <HundredCells
              cells={cellsFromCounts(counts)}
              label={commonMessages(locale).cells.alternative(counts)}
              isSmall
            />
          </div>
        )}
        <div className="min-w-32 flex-1">
          {policy.status === "pending_payment" ? (
            <>
              <p className="text-lead font-semibold">{words.pending}</p>
              <p className="mt-1 text-small text-soft">{words.pendingNote}</p>
            </>
          ) : (
            <>
              <p className="flex flex-wrap items-baseline gap-x-2">
                <strong className="text-title font-bold figure-numbers">
                  {formatYuan(policy.payableNowYuan)}
                </strong>
                <span className="text-small text-soft">
                  {policy.status === "ended" ? words.ended : words.today}
                </span>
              </p>
              {waitingYuan > 0 && (
                <p className="flex flex-wrap items-baseline gap-x-2 text-small text-soft">
                  <span className="figure-numbers">{formatYuan(waitingYuan)}</span>
                  {words.waiting}
                </p>
              )}
              <p className="mt-2 text-small">{words.lit(policy.units, policy.unitsMax)}</p>
            </>
          )}
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-3 text-small">
        <span className="text-fine text-soft figure-numbers">
          {policy.number && words.number(policy.number)}
        </span>
        <span className="font-medium text-accent-text">
          {policy.status === "pending_payment" ? words.finish : words.open}
        </span>
      </div>
    </a>
  );
}
