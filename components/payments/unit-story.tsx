import { cellsFromCounts } from "@/components/policies/cells";
import { HundredCells } from "@/components/policies/hundred-cells";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Rows } from "@/components/ui/rows";
import { formatFullDay } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { orderMessages } from "@/lib/i18n/order";
import type { OrderOut } from "@/lib/payments/contract";
import type { OrderPage } from "@/lib/payments/views";

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
      <Card className="mt-8">
        <Rows
          rows={[
            { label: words.endorsement, value: outcome.endorsementNo },
            { label: words.cover, value: formatYuan(outcome.coverYuan) },
            { label: words.matures, value: formatFullDay(outcome.waitingUntil, locale) },
          ]}
        />
        {page.message && (
          <p className="mt-3 border-t border-line pt-3 text-small">
            <span className="text-soft">{words.message}</span>
            <br />
            {page.message}
          </p>
        )}
        {page.isAnonymous && <p className="mt-2 text-fine text-soft">{words.anonymous}</p>}
        {page.kind === "gift" && !page.isAnonymous && page.payerNickname === null && (
          // WeChat asks by itself whether the nickname may be told; nothing is shown without a yes.
          <LinkButton
            variant="text"
            href={`/api/auth/wechat?profile=1&next=${encodeURIComponent(`/orders/${page.order.outTradeNo}`)}`}
          >
            {words.showWhoIAm(page.askerName)}
          </LinkButton>
        )}
      </Card>
    </>
  );
}
