import { HundredCells } from "@/components/policies/hundred-cells";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cellsFromCounts } from "@/lib/format/cells";
import type { Friend } from "@/lib/friends/contract";
import { friendsMessages } from "@/lib/i18n/friends";
import type { Locale } from "@/lib/i18n/locale";

/** Somebody who asks: who, how far, and the way there. Where there is nothing to ask, no button. */
export function FriendRow({
  friend,
  line,
  isAsking,
  locale,
}: {
  friend: Friend;
  line: string;
  isAsking: boolean;
  locale: Locale;
}) {
  const words = friendsMessages(locale);
  const { units, unitsMax, name, code } = friend;
  return (
    <Card className="relative">
      <div className="flex items-center gap-4">
        <div className="w-14 shrink-0" aria-hidden="true">
          <HundredCells
            cells={cellsFromCounts({ total: unitsMax, lit: units, matured: units })}
            label=""
            isSmall
          />
        </div>
        <p className="min-w-0 flex-1">
          <a
            href={`/p/${code}`}
            className="block text-lead font-semibold after:absolute after:inset-0 after:rounded-card"
          >
            {name}
          </a>
          <span className="block text-small text-soft">{line}</span>
          <span className="block text-small text-balance figure-numbers">
            {words.lit(units, unitsMax)}
          </span>
        </p>
        {!isAsking && (
          <span aria-hidden="true" className="text-soft">
            ›
          </span>
        )}
      </div>
      {isAsking && (
        <LinkButton
          variant="quiet"
          href={`/p/${code}`}
          aria-label={words.visitOf(name)}
          className="relative z-1 mt-4"
        >
          {words.visit}
        </LinkButton>
      )}
    </Card>
  );
}
