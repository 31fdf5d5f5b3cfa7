import type { ReactNode } from "react";
import { FinishPayment } from "@/components/payments/finish-payment";
import { LinkButton } from "@/components/ui/button";
import { BottomBar, FinePrint } from "@/components/ui/page";
import { cellsFromCounts } from "@/lib/format/cells";
import { formatTime } from "@/lib/format/dates";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import { shareMessages } from "@/lib/i18n/share";
import type { OwnerPolicy } from "@/lib/policies/views";
import { HundredCells } from "./hundred-cells";

/** The owner's page before unit 1 is paid: everything is ready but the yuan. */
export function UnpaidPolicy({
  policy,
  insuranceLine,
  locale,
}: {
  policy: OwnerPolicy;
  insuranceLine: ReactNode;
  locale: Locale;
}) {
  const words = ownerMessages(locale);
  const state = words.states.pending_payment;
  const { openOrder } = policy;
  const counts = { total: policy.unitsMax, lit: 0, matured: 0 };
  return (
    <>
      <h1 className="mt-3 text-title font-semibold">{state.title}</h1>
      <p className="mt-1 text-soft">{openOrder ? state.body : state.expired}</p>
      <HundredCells
        className="mt-7 mb-6"
        cells={cellsFromCounts(counts)}
        newestSeq={openOrder ? 1 : null}
        label={commonMessages(locale).cells.alternative({ ...counts, waiting: 0 })}
      />
      <BottomBar>
        {openOrder ? (
          <FinishPayment
            outTradeNo={openOrder.outTradeNo}
            words={{
              label: state.finish,
              busy: words.busy,
              result: shareMessages(locale).result,
            }}
          />
        ) : (
          <LinkButton href="/apply">{state.startAgain}</LinkButton>
        )}
        <FinePrint className="mt-3">
          {openOrder && (
            <>
              {state.kept(formatTime(openOrder.expiresAt))}
              <br />
            </>
          )}
          {insuranceLine}
        </FinePrint>
      </BottomBar>
    </>
  );
}
