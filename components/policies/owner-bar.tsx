import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { BottomBar, FinePrint } from "@/components/ui/page";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { OwnerPolicy } from "@/lib/policies/views";

/** Asking friends while that is possible; afterwards one calm sentence. */
export function OwnerBar({
  policy,
  insuranceLine,
  locale,
}: {
  policy: OwnerPolicy;
  insuranceLine: ReactNode;
  locale: Locale;
}) {
  const words = ownerMessages(locale);
  const isFull = policy.units.length >= policy.unitsMax;
  const isCollecting = policy.collectingDaysLeft !== null && !isFull;
  if (isCollecting) {
    return (
      <BottomBar>
        <LinkButton href={`/me/policies/${policy.code}/ask`}>{words.invite.button}</LinkButton>
        <FinePrint className="mt-3">
          {words.daysLeft(policy.collectingDaysLeft ?? 0)}
          <br />
          {insuranceLine}
        </FinePrint>
      </BottomBar>
    );
  }
  const sentence =
    policy.status === "ended"
      ? words.states.ended
      : isFull
        ? words.states.full
        : words.collectingClosed;
  return (
    <p className="mt-8 rounded-card bg-sunk px-4 py-4 text-center text-small">
      {sentence}
      <span className="mt-1 block text-fine text-soft">{insuranceLine}</span>
    </p>
  );
}
