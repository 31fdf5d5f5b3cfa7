import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { askingMessages } from "@/lib/i18n/asking";
import type { Locale } from "@/lib/i18n/locale";

/** The code for a lost link, large enough to read aloud. `shown` is in two groups of four. */
export function ShortCodeCard({
  shown,
  address,
  locale,
}: {
  shown: string;
  /** Where it is typed, as people say it: without the scheme. */
  address: string;
  locale: Locale;
}) {
  const { lead, ...words } = askingMessages(locale).code;
  return (
    <Card>
      <p className="text-center text-title font-bold tracking-widest tabular-nums select-all">
        {shown}
      </p>
      <p className="mt-2 mb-4 text-center text-small text-balance text-soft">{lead(address)}</p>
      <CopyButton variant="quiet" text={shown} words={words} />
    </Card>
  );
}
